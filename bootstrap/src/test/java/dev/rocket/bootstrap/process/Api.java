package dev.rocket.bootstrap.process;

import dev.rocket.bootstrap.page.JsonTree;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a client asks a running server, and reads of its answers. */
record Api(HttpClient client, URI url) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A task as a listing shows it. */
    record Found(String id, String title, String priority, long revision) {

        static Found of(Map<String, Object> task) {
            return new Found(
                    JsonTree.text(task, "id"),
                    JsonTree.text(task, "title"),
                    JsonTree.text(task, "priority"),
                    Long.parseLong(JsonTree.text(task, "revision")));
        }
    }

    static Api of(RunningRocket rocket) {
        return new Api(rocket.client(), rocket.url());
    }

    /** Asks with a body, or none when it is empty; headers are names and values in turn. */
    HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url.resolve(path))
                        .version(HttpClient.Version.HTTP_1_1)
                        .timeout(PATIENCE)
                        .header("Authorization", "Bearer " + RunningRocket.TOKEN)
                        .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Every task, page by page. */
    List<Found> tasks() throws IOException, InterruptedException {
        List<Found> found = new ArrayList<>();
        String after = "";
        do {
            Map<String, Object> page = get("/v1/tasks?limit=200" + after);
            objects(page, "items").forEach(task -> found.add(Found.of(task)));
            String next = JsonTree.text(page, "next");
            after = next.isEmpty() || next.equals("null") ? "" : "&after=" + next;
        } while (!after.isEmpty());
        return found;
    }

    /** The feed behind a place, to its end. */
    List<Place> changes(long after) throws IOException, InterruptedException {
        List<Place> places = new ArrayList<>();
        String at = Long.toString(after);
        boolean more = true;
        while (more) {
            Map<String, Object> page = get("/v1/changes?limit=1000&after=" + at);
            objects(page, "changes").forEach(change -> places.add(Place.of(change)));
            at = JsonTree.text(page, "next");
            more = JsonTree.text(page, "more").equals("true");
        }
        return places;
    }

    private Map<String, Object> get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = send("GET", path, "");
        if (answer.statusCode() != 200) {
            throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return JsonTree.parse(answer.body());
    }

    /** The objects in a list inside an object. */
    static List<Map<String, Object>> objects(Map<String, Object> outer, String name) {
        return outer.getOrDefault(name, List.of()) instanceof List<?> list
                ? list.stream().map(item -> JsonTree.object((Object) item)).toList()
                : List.of();
    }
}
