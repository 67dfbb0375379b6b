package dev.rocket.bootstrap.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the benchmark asks of a server.
 *
 * <p>Each workload supplies ready bytes. Ids are chosen at random over all seeded tasks, by a
 * generator with a fixed seed, so two runs ask the same.
 */
final class Workloads {

    private static final int BATCH = 500;
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
    private static final String NOTES =
            "Check the figures of the last quarter, then write two paragraphs on what changed and"
                    + " why; ask the others before it goes out.";

    private final Target server;
    private final Request request;
    private final Random random = new Random(42);
    private final List<String> ids = new ArrayList<>();
    private long count;

    Workloads(Target server) {
        this.server = server;
        this.request = server.requests();
    }

    /**
     * Fills the server with new tasks.
     *
     * @param progress hears how many there are so far
     * @throws IOException when the server refuses
     */
    void seed(int tasks, LongConsumer progress) throws IOException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (ids.size() < tasks) {
                HttpRequest batch =
                        HttpRequest.newBuilder(server.uri("/v1/batch"))
                                .header("Authorization", "Bearer " + server.token())
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(batch(tasks)))
                                .build();
                HttpResponse<String> answer =
                        client.send(batch, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() / 100 != 2) {
                    throw new IOException("seeding was answered " + answer.body());
                }
                learn(answer.body());
                progress.accept(ids.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while seeding", e);
        }
    }

    private String batch(int tasks) {
        StringBuilder body = new StringBuilder("{\"atomic\":true,\"items\":[");
        int size = Math.min(BATCH, tasks - ids.size());
        for (int i = 0; i < size; i++) {
            body.append(i == 0 ? "" : ",");
            body.append("{\"method\":\"POST\",\"path\":\"/v1/tasks\",\"body\":");
            body.append(task()).append('}');
        }
        return body.append("]}").toString();
    }

    private void learn(String answer) throws IOException {
        int before = ids.size();
        Matcher id = ID.matcher(answer);
        while (id.find()) {
            ids.add(id.group(1));
        }
        if (ids.size() == before) {
            throw new IOException("a batch named no id: " + answer);
        }
    }

    private String task() {
        count++;
        int day = 1 + random.nextInt(28);
        return "{\"title\":\"Prepare report "
                + count
                + "\",\"notes\":\""
                + NOTES
                + "\",\"priority\":\""
                + List.of("none", "low", "medium", "high", "urgent").get(random.nextInt(5))
                + "\",\"due\":\"2027-03-"
                + (day < 10 ? "0" : "")
                + day
                + "\"}";
    }

    /** The path of a task at random. */
    String path() {
        return "/v1/tasks/" + ids.get(random.nextInt(ids.size()));
    }

    /** The server's empty answer to a GET. */
    Supplier<byte[]> emptyGet() {
        byte[] bytes = request.get("/bench/empty");
        return () -> bytes;
    }

    /** The server's empty answer to a POST of a task's size. */
    Supplier<byte[]> emptyPost() {
        return () -> request.json("POST", "/bench/empty", task());
    }

    /** A task at random. */
    Supplier<byte[]> one() {
        return () -> request.get(path());
    }

    /** The first fifty open tasks by due date. */
    Supplier<byte[]> page() {
        byte[] bytes = request.get("/v1/tasks?limit=50&status=open&order=due");
        return () -> bytes;
    }

    /** A new task. */
    Supplier<byte[]> create() {
        return () -> request.json("POST", "/v1/tasks", task());
    }

    /** A new title for a task at random. */
    Supplier<byte[]> update() {
        return () -> {
            String body = "{\"title\":\"Prepare report again " + ++count + "\"}";
            return request.json("PATCH", path(), body);
        };
    }

    /** Of twenty: fourteen reads, two pages, three updates, one new task. */
    Supplier<byte[]> mixed() {
        Supplier<byte[]> page = page();
        Supplier<byte[]> one = one();
        Supplier<byte[]> update = update();
        Supplier<byte[]> create = create();
        return () -> {
            int dice = random.nextInt(20);
            Supplier<byte[]> next =
                    dice < 14 ? one : dice < 16 ? page : dice < 19 ? update : create;
            return next.get();
        };
    }

    /** A new task of that title. */
    byte[] titled(String title) {
        return request.json("POST", "/v1/tasks", "{\"title\":\"" + title + "\"}");
    }
}
