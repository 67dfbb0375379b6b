package dev.rocket.http;

import dev.rocket.http.OpenApiDocument.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Answers that say much: full entities, further pages, mixed batches, streams. */
final class Stories {

    private final OpenApiDocument document;
    private final Exercise exercise;

    Stories(OpenApiDocument document, Exercise exercise) {
        this.document = document;
        this.exercise = exercise;
    }

    /** Tells them all to the exercise. */
    void tell() {
        try (FaultyServer server = FaultyServer.of(HttpConfig.loopback(0));
                HttpClient client = HttpClient.newHttpClient()) {
            Teller teller = new Teller(server, client);
            String task = teller.fullTask();
            teller.pages(task);
            teller.batch(task);
            teller.put("GET", "/v1/changes", "/v1/changes", "");
            teller.put("GET", "/v1/changes", "/v1/changes?limit=2&wait=1", "");
            teller.stream();
        }
    }

    private final class Teller {

        private final FaultyServer server;
        private final HttpClient client;

        Teller(FaultyServer server, HttpClient client) {
            this.server = server;
            this.client = client;
        }

        /** The answer to a request that must succeed; single quotes stand for double ones. */
        Exchange put(String method, String template, String target, String body) {
            Operation operation = document.operation(method, template);
            Optional<String> said =
                    body.isEmpty() ? Optional.empty() : Optional.of(body.replace('\'', '"'));
            Exchange answer =
                    new Shot(server, operation, target, Map.of(), said)
                            .as(server.admin)
                            .send(client);
            if (answer.status() >= 300) {
                throw new AssertionError(operation + " " + body + " " + answer);
            }
            exercise.judge(operation, answer);
            return answer;
        }

        private String made(String path, String body) {
            return OpenApiDocument.json(put("POST", path, path, body).body()).get("id").asText();
        }

        String fullTask() {
            String project =
                    made(
                            "/v1/projects",
                            "{'name':'p','notes':'n','color':'#00ff00','archived':true}");
            String label = made("/v1/labels", "{'name':'l','color':null}");
            String member = made("/v1/members", "{'name':'m','email':'m@example.org'}");
            String parent = made("/v1/tasks", "{'title':'parent'}");
            String task =
                    made(
                            "/v1/tasks",
                            "{'title':'t','notes':'n','status':'done','priority':'low',"
                                    + "'start':'2026-03-28T08:00:00','due':"
                                    + "'2026-03-29T09:30:00+02:00[Europe/Berlin]',"
                                    + ids(project, label, member, parent)
                                    + "}");
            for (String due : List.of("2026-03-29T07:30:00Z", "2026-03-29T09:30:00.5+05:30")) {
                String patch = "{'due':'" + due + "','status':'in_progress'}";
                put("PATCH", "/v1/tasks/{id}", "/v1/tasks/" + task, patch);
            }
            return task;
        }

        private String ids(String project, String label, String member, String parent) {
            String labels = "'labels':['" + label.toUpperCase(Locale.ROOT) + "'],";
            return labels
                    + String.format(
                            "'project':'%s','assignee':'%s','parent':'%s'",
                            project, member, parent);
        }

        void pages(String task) {
            String comments = "/v1/tasks/" + task + "/comments";
            for (String text : List.of("one", "two")) {
                String body = "{'text':'" + text + "'}";
                put("POST", "/v1/tasks/{id}/comments", comments, body);
            }
            put("GET", "/v1/tasks/{id}/comments", comments + "?limit=1", "");
            for (String order : List.of("due", "priority", "position", "updated", "created")) {
                put("GET", "/v1/tasks", "/v1/tasks?limit=1&order=" + order, "");
            }
            for (String list : List.of("projects", "labels", "members", "tokens")) {
                put("GET", "/v1/" + list, "/v1/" + list, "");
            }
        }

        void batch(String task) {
            String path = "'path':'/v1/tasks/" + task + "'";
            List<String> items =
                    List.of(
                            "{'method':'POST','path':'/v1/labels','body':{'name':'L'}}",
                            "{'method':'POST','path':'/v1/members','body':{'name':'b'}}",
                            "{'method':'POST','path':'/v1/projects','body':{}}",
                            "{'method':'PUT','path':'/v1/tasks'}",
                            "{'method':'POST','path':'/v1/tokens'}",
                            "{'method':'PATCH'," + path + ",'body':{'title':'u'}}",
                            "{'method':'DELETE'," + path + ",'ifMatch':'\\\"1\\\"'}",
                            "{'method':'DELETE'," + path + "}");
            String body = "{'items':[" + String.join(",", items) + "]}";
            put("POST", "/v1/batch", "/v1/batch", body);
        }

        /** Follows the feed until the server stops, which ends it. */
        void stream() {
            URI uri = URI.create("http://127.0.0.1:" + server.port + "/v1/changes?after=0");
            HttpRequest request =
                    HttpRequest.newBuilder(uri)
                            .header("Accept", "text/event-stream")
                            .header("Authorization", "Bearer " + server.admin)
                            .build();
            try {
                HttpResponse<InputStream> answer =
                        client.send(request, BodyHandlers.ofInputStream());
                server.adapter.drain(Duration.ofSeconds(10));
                String body = new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
                exercise.judge(document.operation("GET", "/v1/changes"), Exchange.of(answer, body));
                exercise.events(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
