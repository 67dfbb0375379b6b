import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * One run of the packaged server under real requests, for its JVM to remember.
 *
 * <p>The JVM writes what it loaded, linked and profiled into an archive as it exits; later starts
 * begin from there. A server that does not come up, answers wrongly or does not stop fails the
 * build here.
 */
final class Training {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(120);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
    private static final int ROUNDS = 60;
    private static final String TOKEN = "training-0123456789abcdef0123456789abcdef";
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s/]+:\\d+");
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]+)\"");

    private final List<String> output = new ArrayList<>();
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(ANSWER_LIMIT)
                    .build();
    private final Path home;
    private final String archive;
    private final String recording;

    private Training(Path home, int feature) {
        this.home = home;
        this.archive = feature >= 25 ? "rocket.aot" : "rocket.jsa";
        this.recording =
                "-Xlog:disable -Xlog:all=error:stderr "
                        + (feature >= 25 ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=")
                        + archive;
    }

    /** Trains the distribution in the first argument on the JDK release in the second. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("rocket-training");
        var training = new Training(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        try {
            training.run(folder);
        } catch (IOException | RuntimeException e) {
            System.err.println("rocket: the training run failed: " + e.getMessage());
            training.printOutput();
            System.exit(1);
        } finally {
            delete(folder);
        }
    }

    private void run(Path folder) throws IOException, InterruptedException {
        var server = start(folder);
        try {
            exercise(address(server));
            // Through its handle: destroying the process object would also close the pipe that
            // the JVM still writes to while it makes the archive.
            server.toHandle().destroy();
            if (!server.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("the server did not stop within " + STOP_LIMIT);
            }
        } finally {
            server.destroyForcibly();
        }
        var written = folder.resolve(archive);
        if (!Files.isRegularFile(written)) {
            throw new IllegalStateException("no " + archive + " was written");
        }
        Files.move(written, home.resolve(archive));
    }

    private Process start(Path folder) throws IOException {
        var builder = new ProcessBuilder(home.resolve("bin/rocket").toString(), "serve");
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("ROCKET_"));
        environment.keySet().removeAll(List.of("NODE_ENV", "DATABASE_URL", "JAVA_TOOL_OPTIONS"));
        environment.putAll(
                Map.of(
                        "PORT", "0",
                        "ROCKET_HOST", "127.0.0.1",
                        "ROCKET_DB_PATH", folder.resolve("training.db").toString(),
                        "ROCKET_ADMIN_TOKEN", TOKEN,
                        "ROCKET_RATE_LIMIT", "1000000/15m",
                        "ROCKET_JAVA_OPTS", recording));
        return builder.directory(folder.toFile()).redirectErrorStream(true).start();
    }

    /** Waits for the line in which the server says where it listens. */
    private URI address(Process server) throws InterruptedException {
        var lines = new LinkedBlockingQueue<String>();
        Thread.ofVirtual().start(() -> read(server, lines));
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < end && (server.isAlive() || !lines.isEmpty())) {
            var line = lines.poll(100, TimeUnit.MILLISECONDS);
            var found = ADDRESS.matcher(line == null ? "" : line);
            if (found.find()) {
                return URI.create(found.group());
            }
        }
        throw new IllegalStateException(
                server.isAlive()
                        ? "the server named no address within " + START_LIMIT
                        : "the server ended by itself with status " + server.exitValue());
    }

    private void read(Process server, LinkedBlockingQueue<String> lines) {
        try (BufferedReader reader = server.inputReader()) {
            for (String line; (line = reader.readLine()) != null; ) {
                synchronized (output) {
                    output.add(line);
                }
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("the server's output broke off: " + e.getMessage());
        }
    }

    private void exercise(URI server) throws IOException, InterruptedException {
        var socket = listen(server);
        for (int round = 0; round < ROUNDS; round++) {
            var title = "{\"title\":\"Train the server, round " + round + "\"}";
            var created = send(server, "POST", "/v1/tasks", title, 201);
            var id = ID.matcher(created);
            if (!id.find()) {
                throw new IllegalStateException("a created task has no id: " + created);
            }
            var task = "/v1/tasks/" + id.group(1);
            send(server, "GET", task, "", 200);
            send(server, "PATCH", task, "{\"notes\":\"Round and *round*\"}", 200);
            send(server, "GET", "/v1/tasks?limit=50", "", 200);
            send(server, "GET", "/v1/changes?after=0&limit=50", "", 200);
            if (round % 10 == 0) {
                send(server, "PATCH", task, "{\"status\":\"done\"}", 200);
                send(server, "DELETE", task, "", 204);
                send(server, "GET", "/healthz", "", 200);
                send(server, "GET", "/readyz", "", 200);
                send(server, "GET", "/metrics", "", 200);
            }
        }
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    private WebSocket listen(URI server) {
        var live = URI.create("ws" + server.toString().substring("http".length()) + "/v1/live");
        var socket =
                client.newWebSocketBuilder()
                        .header("Authorization", "Bearer " + TOKEN)
                        .connectTimeout(ANSWER_LIMIT)
                        .buildAsync(live, new WebSocket.Listener() {})
                        .orTimeout(ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS);
        return socket.thenCompose(this::subscribe).join();
    }

    private CompletableFuture<WebSocket> subscribe(WebSocket socket) {
        return socket.sendText("{\"type\":\"subscribe\",\"after\":0}", true);
    }

    private String send(URI server, String method, String path, String body, int expected)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(server.resolve(path))
                        .timeout(ANSWER_LIMIT)
                        .header("Authorization", "Bearer " + TOKEN)
                        .method(method, BodyPublishers.ofString(body));
        if (method.equals("PATCH")) {
            request.header("Content-Type", "application/merge-patch+json");
        } else if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() != expected) {
            throw new IllegalStateException(
                    method + " " + path + " answered " + answer.statusCode() + " and not "
                            + expected + ": " + answer.body());
        }
        return answer.body();
    }

    private void printOutput() {
        synchronized (output) {
            int from = Math.max(0, output.size() - 30);
            output.subList(from, output.size()).forEach(line -> System.err.println("  " + line));
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
