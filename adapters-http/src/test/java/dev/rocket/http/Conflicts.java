package dev.rocket.http;

import dev.rocket.core.model.CatalogEdit;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Links;
import dev.rocket.core.model.Member;
import dev.rocket.core.model.Project;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskEdit;
import dev.rocket.core.usecase.Caller;
import dev.rocket.core.usecase.UseCases;
import java.net.http.HttpClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests that are refused for what is there already. */
final class Conflicts {

    private static final Caller CALLER = Caller.system("test");

    private final HttpClient client;
    private final GoodShots good;
    private final FaultyServer server;
    private final Map<String, String> crowded = new HashMap<>();

    Conflicts(HttpClient client, GoodShots good, FaultyServer server) {
        this.client = client;
        this.good = good;
        this.server = server;
    }

    /** What is answered to a request that should lead to a status. */
    List<Exchange> answers(Shot shot, int status) {
        boolean isBatch = shot.target().equals("/v1/batch");
        return switch (status) {
            case 405 -> List.of(batch(shot, "PUT", "/v1/tasks", ""));
            case 409 -> isBatch ? List.of(takenInBatch(shot)) : List.of(conflict(shot));
            case 412 -> isBatch ? List.of(staleInBatch(shot)) : stale(shot);
            case 422 -> List.of(reused(shot));
            default -> throw new AssertionError("no conflict leads to " + status);
        };
    }

    /** What is answered to an atomic batch of one item. */
    Exchange batch(Shot shot, String method, String path, String more) {
        String item = "{\"method\":\"" + method + "\",\"path\":\"" + path + "\"" + more + "}";
        return shot.saying("{\"atomic\":true,\"items\":[" + item + "]}").send(client);
    }

    private Exchange takenInBatch(Shot shot) {
        return batch(
                shot, "POST", "/v1/labels", ",\"body\":{\"name\":\"" + taken("labels") + "\"}");
    }

    private Exchange staleInBatch(Shot shot) {
        String path = "/v1/tasks/" + good.made("tasks");
        return batch(shot, "DELETE", path, ",\"ifMatch\":\"\\\"99\\\"\"");
    }

    private List<Exchange> stale(Shot shot) {
        return List.of(
                shot.with("If-Match", "\"99\"").send(client),
                shot.with("If-Match", "W/\"1\"").send(client));
    }

    private Exchange reused(Shot shot) {
        String key = "\"" + good.freshName() + "\"";
        good.create("/v1/tasks", "{\"title\":\"other\"}").with("Idempotency-Key", key).send(client);
        return shot.with("Idempotency-Key", key).send(client);
    }

    private Exchange conflict(Shot shot) {
        boolean isMove = shot.target().startsWith("/v1/migration");
        if (isMove && !shot.body().isPresent()) {
            server.endMove();
            return shot.send(client);
        }
        if (isMove || shot.target().equals("/v1/setup")) {
            shot.send(client);
            return shot.send(client);
        }
        String collection = shot.operation().path().split("/", -1)[2];
        if (shot.operation().method().equals("DELETE")) {
            return shot.to("/v1/" + collection + "/" + crowded(collection)).send(client);
        }
        return shot.saying("{\"name\":\"" + taken(collection) + "\"}").send(client);
    }

    /** A name that something of a collection has. */
    private String taken(String collection) {
        String name = good.freshName();
        good.create("/v1/" + collection, "{\"name\":\"" + name + "\"}").send(client);
        return name;
    }

    /** Something whose deletion would change too much. */
    private String crowded(String collection) {
        if (crowded.isEmpty()) {
            crowd();
        }
        return crowded.getOrDefault(collection, "");
    }

    private void crowd() {
        UseCases all = server.useCases;
        Project.Id project = new Project.Id(entry(all, Image.Kind.PROJECT).value());
        Label.Id label = new Label.Id(entry(all, Image.Kind.LABEL).value());
        Member.Id member = new Member.Id(entry(all, Image.Kind.MEMBER).value());
        TaskEdit mentions =
                TaskEdit.of(
                        new TaskEdit.Title("one of many"),
                        new TaskEdit.InProject(Optional.of(project)),
                        new TaskEdit.Labels(Links.sorted(List.of(label))),
                        new TaskEdit.GivenTo(Optional.of(member)));
        Image.Id<?> last = project;
        for (int i = 0; i <= Limits.CASCADE; i++) {
            last = all.tasks().create(CALLER, mentions).image().id();
        }
        Task.Id task = new Task.Id(last.value());
        for (int i = 0; i <= Limits.CASCADE; i++) {
            all.comments().create(CALLER, task, "one of many");
        }
        crowded.put("projects", project.text());
        crowded.put("labels", label.text());
        crowded.put("members", member.text());
        crowded.put("tasks", task.text());
    }

    private Image.Id<?> entry(UseCases all, Image.Kind kind) {
        CatalogEdit named = CatalogEdit.of(new CatalogEdit.Name(good.freshName()));
        return all.catalog().create(CALLER, kind, named).image().id();
    }
}
