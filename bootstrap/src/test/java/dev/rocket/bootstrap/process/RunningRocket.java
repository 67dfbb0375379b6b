package dev.rocket.bootstrap.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A packaged server that runs as a process of its own. */
public final class RunningRocket implements AutoCloseable {

    /** An admin token that {@link #start} gives a new database. */
    public static final String TOKEN = "a-token-for-tests-that-nobody-else-uses";

    private static final Pattern READY = Pattern.compile("Ready: (http://[^\\s\"]+)");
    private static final Pattern SETUP = Pattern.compile("/#setup=(setup_[0-9a-f]+)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Queue<String> said;
    private final Thread ear;
    private final URI url;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private RunningRocket(Process process, Queue<String> said, Thread ear, URI url) {
        this.process = process;
        this.said = said;
        this.ear = ear;
        this.url = url;
    }

    /** Starts a server on {@code rocket.db} in a folder, with {@link #TOKEN}. */
    public static RunningRocket start(Path folder) throws IOException, InterruptedException {
        return start(folder, Map.of("ROCKET_ADMIN_TOKEN", TOKEN, "ROCKET_RATE_LIMIT", "off"));
    }

    /** Starts a server on {@code rocket.db} in a folder, with these settings, on any free port. */
    public static RunningRocket start(Path folder, Map<String, String> settings)
            throws IOException, InterruptedException {
        return start(folder, settings, 0);
    }

    /** Starts a server on {@code rocket.db} in a folder, with these settings, on a port. */
    public static RunningRocket start(Path folder, Map<String, String> settings, int port)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                Distribution.command(folder, settings, "serve", "--port", Integer.toString(port));
        Process process = builder.redirectErrorStream(true).start();
        Queue<String> said = new ConcurrentLinkedQueue<>();
        CompletableFuture<URI> url = new CompletableFuture<>();
        Thread ear =
                Thread.ofPlatform().daemon().name("ear").start(() -> listen(process, said, url));
        try {
            URI address = url.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return new RunningRocket(process, said, ear, address);
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new IOException(
                    "the server did not come up; it said:\n" + String.join("\n", said), e);
        }
    }

    private static void listen(Process process, Queue<String> said, CompletableFuture<URI> url) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
                Matcher ready = READY.matcher(line);
                if (ready.find()) {
                    url.complete(URI.create(ready.group(1)));
                }
            }
        } catch (IOException e) {
            said.add(String.valueOf(e.getMessage()));
        }
        url.completeExceptionally(new IOException("it ended"));
    }

    /** Where it listens, without a path. */
    public URI url() {
        return url;
    }

    /** The process. */
    public Process process() {
        return process;
    }

    /** The client that asks it. */
    public HttpClient client() {
        return client;
    }

    /** What it has printed so far. */
    public String said() {
        return String.join("\n", said);
    }

    /** The one-time token in the set-up link that it printed; empty when it printed none. */
    public Optional<String> setup() {
        Matcher link = SETUP.matcher(said());
        return link.find() ? Optional.of(link.group(1)) : Optional.empty();
    }

    /** Asks with {@link #TOKEN}; an empty body is none. */
    public HttpResponse<String> ask(String method, String path, String body)
            throws IOException, InterruptedException {
        return ask(method, path, body, TOKEN);
    }

    /** Asks with a token; an empty body is none. */
    public HttpResponse<String> ask(String method, String path, String body, String token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url.resolve(path))
                        .timeout(PATIENCE)
                        .header("Authorization", "Bearer " + token)
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The first member of that name in a JSON text, unquoted. */
    public static String member(String json, String name) {
        Matcher member = Pattern.compile("\"" + name + "\":(?:\"([^\"]*)\"|(\\d+))").matcher(json);
        if (!member.find()) {
            throw new IllegalArgumentException("no " + name + " in " + json);
        }
        return member.group(1) != null ? member.group(1) : member.group(2);
    }

    /** Asks it to stop, as a service manager does, and waits; its exit code. */
    public int stop() throws IOException, InterruptedException {
        // Process.destroy would close what it says as well.
        process.toHandle().destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("it did not stop; it said:\n" + said());
        }
        ear.join(PATIENCE);
        return process.exitValue();
    }

    /** Ends it in the middle of whatever it does, as {@code kill -9}. */
    public void kill() {
        process.destroyForcibly().onExit().join();
        client.shutdownNow();
    }

    @Override
    public void close() {
        kill();
    }
}
