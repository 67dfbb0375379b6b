package dev.rocket.http.api;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Revision;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskEdit;
import dev.rocket.core.usecase.Caller;
import dev.rocket.core.usecase.FindTasks;
import dev.rocket.core.usecase.UseCases;
import dev.rocket.core.usecase.WriteTasks;
import dev.rocket.http.guard.Ask;
import dev.rocket.http.wire.Answer;
import dev.rocket.http.wire.Bodies;
import dev.rocket.http.wire.Encoded;
import dev.rocket.http.wire.TaskJson;
import io.helidon.http.Status;
import java.util.Optional;

/** Tasks at {@code /v1/tasks}. */
public final class TaskRoutes {

    static final String PATH = "/v1/tasks";

    private final WriteTasks tasks;
    private final FindTasks find;
    private final Tally tally;

    /** Answers from these use cases. */
    public TaskRoutes(UseCases useCases, Tally tally) {
        this.tasks = useCases.tasks();
        this.find = useCases.find();
        this.tally = tally;
    }

    /**
     * {@code POST /v1/tasks}: 201 with the task, {@code ETag}, {@code Location}; 400 for a body
     * that cannot be read or breaks a rule, 413, 415, 422 for a reused key.
     */
    public Answer create(Ask ask) {
        TaskEdit fields = TaskJson.edit(Bodies.Part.whole(ask.body()));
        Caller caller = ask.writer();
        Change change = tally.count(caller, () -> tasks.create(caller, fields));
        return Encoded.created(PATH + "/" + change.image().id().text(), change.image());
    }

    /**
     * {@code GET /v1/tasks}: 200 with {@code items} and, unless it is the last page, {@code next};
     * 400 for a parameter that is not known or breaks a rule.
     */
    public Answer list(Ask ask) {
        Listing.Tasks listing = TaskQuery.listing(ask.query(TaskQuery.KNOWN));
        return Encoded.page(find.printed(ask.caller(), listing));
    }

    /** {@code GET /v1/tasks/{id}}: 200 with the task and {@code ETag}, or 304; 404. */
    public Answer one(Ask ask) {
        return Conditions.answer(ask, find.one(ask.caller(), new Task.Id(ask.id())));
    }

    /**
     * {@code PATCH /v1/tasks/{id}}, a merge patch: 200 with the task and {@code ETag}; 400, 404,
     * 412 when {@code If-Match} is stale, 413, 415, 422.
     */
    public Answer edit(Ask ask) {
        Task.Id id = new Task.Id(ask.id());
        TaskEdit edit = TaskJson.edit(Bodies.Part.whole(ask.body()));
        Caller caller = ask.writer();
        Optional<Revision> expected = Conditions.expected(ask, find, id);
        Change change = tally.count(caller, () -> tasks.edit(caller, id, expected, edit));
        return Encoded.one(Status.OK_200, change.image()).with(Answer.NO_STORE);
    }

    /**
     * {@code DELETE /v1/tasks/{id}}, with its subtasks and comments: 204; 404, 409 when there are
     * too many, 412 when {@code If-Match} is stale, 422.
     */
    public Answer delete(Ask ask) {
        Task.Id id = new Task.Id(ask.id());
        tasks.delete(ask.writer(), id, Conditions.expected(ask, find, id));
        return Answer.empty(Status.NO_CONTENT_204);
    }
}
