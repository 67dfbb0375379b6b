package dev.rocket.bootstrap.page;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged server as a process, and another client of it. */
final class Served implements AutoCloseable {

    /** The admin token of a server that {@link #start} set up. */
    static final String TOKEN = "a-token-for-the-page-under-test";

    private static final long PATIENCE_SECONDS = 60;
    private static final Pattern READY = Pattern.compile("Ready: (http://\\S+)");
    private static final Pattern LINK = Pattern.compile("(http://\\S+/#setup=setup_[0-9a-f]+)");

    private final Process process;
    private final Queue<String> said;
    private final String url;
    private final HttpClient client = HttpClient.newHttpClient();

    private Served(Process process, Queue<String> said, String url) {
        this.process = process;
        this.said = said;
        this.url = url;
    }

    /** Starts a server that knows {@link #TOKEN}. */
    static Served start(Path folder) throws IOException, InterruptedException {
        return start(folder, 0, Map.of("ROCKET_ADMIN_TOKEN", TOKEN));
    }

    /** Starts a server on a database in a folder; port 0 is any free one. */
    static Served start(Path folder, int port, Map<String, String> settings)
            throws IOException, InterruptedException {
        Path program = Path.of(System.getProperty("rocket.distribution"), "bin", "rocket");
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "serve");
        builder.directory(folder.toFile()).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("ROCKET_"));
        environment.put("PORT", Integer.toString(port));
        environment.put("ROCKET_DB_PATH", folder.resolve("page.db").toString());
        environment.put("ROCKET_RATE_LIMIT", "off");
        environment.putAll(settings);
        Process process = builder.start();
        Queue<String> said = new ConcurrentLinkedQueue<>();
        CompletableFuture<String> url = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("server").start(() -> listen(process, said, url));
        try {
            return new Served(process, said, url.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new IOException("the server did not come up; it said:\n" + said, e);
        }
    }

    private static void listen(Process process, Queue<String> said, CompletableFuture<String> url) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
                Matcher ready = READY.matcher(line);
                if (ready.find()) {
                    url.complete(ready.group(1));
                }
            }
        } catch (IOException e) {
            said.add(String.valueOf(e.getMessage()));
        }
        url.completeExceptionally(new IOException("it ended"));
    }

    /** Its address, without a path. */
    String url() {
        return url;
    }

    /** Its port. */
    int port() {
        return URI.create(url).getPort();
    }

    /** The link that it printed for whoever sets it up. */
    String setupLink() {
        Matcher link = LINK.matcher(String.join("\n", said));
        if (!link.find()) {
            throw new IllegalStateException("no link in: " + said);
        }
        return link.group(1);
    }

    /** Asks it as another client, with a token; an empty body is none. */
    Map<String, Object> ask(String token, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + path))
                        .header("Authorization", "Bearer " + token)
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body))
                        .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(method + " " + path + ": " + answer.body());
        }
        return answer.body().isEmpty() ? Map.of() : JsonTree.parse(answer.body());
    }

    /** Makes a task; its id. */
    String task(String body) throws IOException, InterruptedException {
        return JsonTree.text(ask(TOKEN, "POST", "/v1/tasks", body), "id");
    }

    /** Stops it as a service manager would, and waits for that. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("it did not stop; it said:\n" + said);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        client.shutdownNow();
    }
}
