package dev.rocket.http.api;

import dev.rocket.core.model.Catalogued;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Member;
import dev.rocket.core.model.Project;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Revision;
import dev.rocket.core.model.Task;
import dev.rocket.core.usecase.Caller;
import dev.rocket.core.usecase.FindTasks;
import dev.rocket.core.usecase.ManageCatalog;
import dev.rocket.core.usecase.Plan;
import dev.rocket.core.usecase.UseCases;
import dev.rocket.core.usecase.WriteTasks;
import dev.rocket.http.wire.BatchJson;
import dev.rocket.http.wire.Bodies;
import dev.rocket.http.wire.CatalogJson;
import dev.rocket.http.wire.Declined;
import dev.rocket.http.wire.Etags;
import dev.rocket.http.wire.ProblemType;
import dev.rocket.http.wire.TaskJson;
import dev.rocket.http.wire.Uuids;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What the items of a batch ask, as plans that are not carried out yet. */
final class BatchPlans {

    private static final Map<String, Image.Kind> KINDS =
            Map.of(
                    "tasks", Image.Kind.TASK,
                    "projects", Image.Kind.PROJECT,
                    "labels", Image.Kind.LABEL,
                    "members", Image.Kind.MEMBER);

    private static final String ROOT = "/v1/";

    private final WriteTasks tasks;
    private final ManageCatalog catalog;
    private final FindTasks find;

    BatchPlans(UseCases useCases) {
        this.tasks = useCases.tasks();
        this.catalog = useCases.catalog();
        this.find = useCases.find();
    }

    /** Where a path leads: a collection, or one entity of it. */
    private record Target(Image.Kind kind, Optional<UUID> id) {}

    /**
     * The plan of one item.
     *
     * @throws Refused what the use case refuses
     * @throws Declined with NOT_FOUND, METHOD_NOT_ALLOWED or MALFORMED (the condition)
     * @throws dev.rocket.http.wire.Malformed when the item's body cannot be read
     */
    Plan plan(Caller caller, BatchJson.Item item) {
        Target target = target(item.path());
        if (target.id().isEmpty()) {
            require(item, "POST");
            return creation(caller, target.kind(), body(item));
        }
        Image.Id<?> id = target.kind().id(target.id().get());
        if (item.method().equals("PATCH")) {
            return edition(caller, id, item);
        }
        require(item, "DELETE");
        Optional<Revision> expected = expected(caller, item, id);
        return id instanceof Task.Id task
                ? tasks.deletion(caller, task, expected)
                : catalog.deletion(caller, entry(id), expected);
    }

    private Plan creation(Caller caller, Image.Kind kind, Bodies.Part body) {
        return kind == Image.Kind.TASK
                ? tasks.creation(caller, TaskJson.edit(body))
                : catalog.creation(caller, kind, CatalogJson.edit(body));
    }

    private Plan edition(Caller caller, Image.Id<?> id, BatchJson.Item item) {
        Bodies.Part body = body(item);
        Optional<Revision> expected = expected(caller, item, id);
        return id instanceof Task.Id task
                ? tasks.edition(caller, task, expected, TaskJson.edit(body))
                : catalog.edition(caller, entry(id), expected, CatalogJson.edit(body));
    }

    private Optional<Revision> expected(Caller caller, BatchJson.Item item, Image.Id<?> id) {
        if (item.ifMatch().isEmpty()) {
            return Optional.empty();
        }
        Etags.Condition condition = Etags.parse("ifMatch", List.of(item.ifMatch().get()));
        return Conditions.expected(condition, find, caller, id);
    }

    private static Image.Id<? extends Catalogued> entry(Image.Id<?> id) {
        return switch (id.kind()) {
            case PROJECT -> new Project.Id(id.value());
            case LABEL -> new Label.Id(id.value());
            case MEMBER -> new Member.Id(id.value());
            case TASK, COMMENT, TOKEN, JOB ->
                    throw new IllegalArgumentException(id.kind() + " is not in the catalog");
        };
    }

    private static Target target(String path) {
        String rest = path.startsWith(ROOT) ? path.substring(ROOT.length()) : "";
        int slash = rest.indexOf('/');
        Image.Kind kind = KINDS.get(slash < 0 ? rest : rest.substring(0, slash));
        if (kind == null) {
            throw new Declined(
                    ProblemType.NOT_FOUND,
                    "A batch knows /v1/tasks, /v1/projects, /v1/labels and /v1/members.");
        }
        if (slash < 0) {
            return new Target(kind, Optional.empty());
        }
        UUID id = Uuids.parse(rest.substring(slash + 1));
        if (id == null) {
            throw new Declined(ProblemType.NOT_FOUND, "Nothing has an id that is no UUID.");
        }
        return new Target(kind, Optional.of(id));
    }

    private static void require(BatchJson.Item item, String method) {
        if (!item.method().equals(method)) {
            String allowed = method.equals("POST") ? method : "PATCH and DELETE";
            throw new Declined(
                    ProblemType.METHOD_NOT_ALLOWED, "This path knows " + allowed + " in a batch.");
        }
    }

    private static Bodies.Part body(BatchJson.Item item) {
        return item.body().orElseThrow(() -> Refused.invalid("body", "must be given"));
    }
}
