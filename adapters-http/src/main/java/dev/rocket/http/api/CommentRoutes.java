package dev.rocket.http.api;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Comment;
import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Task;
import dev.rocket.core.usecase.FindTasks;
import dev.rocket.core.usecase.UseCases;
import dev.rocket.core.usecase.WriteComments;
import dev.rocket.http.guard.Ask;
import dev.rocket.http.wire.Answer;
import dev.rocket.http.wire.Bodies;
import dev.rocket.http.wire.CatalogJson;
import dev.rocket.http.wire.Encoded;
import dev.rocket.http.wire.Query;
import io.helidon.http.Status;

/** Comments at {@code /v1/tasks/{id}/comments} and {@code /v1/comments/{id}}. */
public final class CommentRoutes {

    private final WriteComments comments;
    private final FindTasks find;

    /** Answers from these use cases. */
    public CommentRoutes(UseCases useCases) {
        this.comments = useCases.comments();
        this.find = useCases.find();
    }

    /**
     * {@code POST} to a task's: 201 with the comment, {@code ETag}, {@code Location}; 400, 404 when
     * there is no such task, 413, 415, 422.
     */
    public Answer create(Ask ask) {
        Task.Id task = new Task.Id(ask.id());
        String text = CatalogJson.comment(Bodies.Part.whole(ask.body()));
        Change change = comments.create(ask.writer(), task, text);
        return Encoded.created("/v1/comments/" + change.image().id().text(), change.image());
    }

    /** {@code GET} of a task's, oldest first: 200 with {@code items} and {@code next}; 400, 404. */
    public Answer list(Ask ask) {
        Query query = ask.query(CatalogRoutes.KNOWN);
        Task.Id task = find.one(ask.caller(), new Task.Id(ask.id())).id();
        return Encoded.page(
                find.list(
                        ask.caller(),
                        new Listing.Comments(
                                task, Pages.after(query, Cursor.BY_ID), Pages.limit(query))));
    }

    /** {@code GET} of one: 200 with the comment and {@code ETag}, or 304; 404. */
    public Answer one(Ask ask) {
        return Conditions.answer(ask, find.one(ask.caller(), new Comment.Id(ask.id())));
    }

    /** {@code PATCH}: 200 with the comment; 400, 404, 412, 413, 415, 422. */
    public Answer edit(Ask ask) {
        Comment.Id id = new Comment.Id(ask.id());
        String text = CatalogJson.comment(Bodies.Part.whole(ask.body()));
        Change change = comments.edit(ask.writer(), id, Conditions.expected(ask, find, id), text);
        return Encoded.one(Status.OK_200, change.image()).with(Answer.NO_STORE);
    }

    /** {@code DELETE}: 204; 404, 412, 422. */
    public Answer delete(Ask ask) {
        Comment.Id id = new Comment.Id(ask.id());
        comments.delete(ask.writer(), id, Conditions.expected(ask, find, id));
        return Answer.empty(Status.NO_CONTENT_204);
    }
}
