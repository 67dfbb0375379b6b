package dev.rocket.bootstrap.page;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A headless Chromium, driven over its DevTools protocol.
 *
 * <p>All tabs share one WebSocket; each message of a tab carries the tab's session.
 */
public final class Browser implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;
    private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "chrome");

    private final Process process;
    private final HttpClient client;
    private final WebSocket socket;
    private final AtomicLong calls = new AtomicLong();
    private final Map<Long, CompletableFuture<Map<String, Object>>> open;
    private final Map<String, Tab> tabs;

    private Browser(Process process, HttpClient client, Ear ear, WebSocket socket) {
        this.process = process;
        this.client = client;
        this.socket = socket;
        this.open = ear.open;
        this.tabs = ear.tabs;
    }

    /** Hears what the browser says. */
    private static final class Ear implements WebSocket.Listener {
        private final Map<Long, CompletableFuture<Map<String, Object>>> open =
                new ConcurrentHashMap<>();
        private final Map<String, Tab> tabs = new ConcurrentHashMap<>();
        private final StringBuilder begun = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            begun.append(text);
            if (last) {
                heed(JsonTree.parse(begun.toString()));
                begun.setLength(0);
            }
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        private void heed(Map<String, Object> message) {
            if (message.get("id") instanceof Long id) {
                CompletableFuture<Map<String, Object>> answer = open.remove(id);
                if (answer != null) {
                    answer.complete(message);
                }
                return;
            }
            Tab tab = tabs.get(JsonTree.text(message, "sessionId"));
            if (tab != null) {
                tab.heed(JsonTree.text(message, "method"), JsonTree.object(message, "params"));
            }
        }
    }

    /** Starts one whose profile is in a folder. */
    public static Browser start(Path folder) throws IOException, InterruptedException {
        Path profile = Files.createDirectories(folder.resolve("profile"));
        Process process =
                new ProcessBuilder(
                                program(),
                                "--headless=new",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-background-timer-throttling",
                                "--disable-backgrounding-occluded-windows",
                                "--disable-renderer-backgrounding",
                                "--lang=en-GB",
                                "--no-first-run",
                                "--remote-debugging-port=0",
                                "--user-data-dir=" + profile,
                                "about:blank")
                        .redirectErrorStream(true)
                        .start();
        CompletableFuture<URI> address = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("chromium").start(() -> listen(process, address));
        HttpClient client = HttpClient.newHttpClient();
        Ear ear = new Ear();
        try {
            URI uri = address.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            WebSocket socket = client.newWebSocketBuilder().buildAsync(uri, ear).get();
            return new Browser(process, client, ear, socket);
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new IOException("Chromium did not come up", e);
        }
    }

    private static String program() {
        Optional<Path> found =
                Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                        .filter(Files::isExecutable)
                        .findFirst();
        return found.map(Path::toString)
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "no Chromium on the PATH; get it with"
                                                + " 'apt-get install -y chromium'"));
    }

    /** Reads on to the end, so that the browser never waits for its output to be taken. */
    private static void listen(Process process, CompletableFuture<URI> address) {
        StringBuilder said = new StringBuilder();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher listening = LISTENING.matcher(line);
                if (listening.find()) {
                    address.complete(URI.create(listening.group(1)));
                }
                if (!address.isDone()) {
                    said.append(line).append('\n');
                }
            }
        } catch (IOException e) {
            said.append(e.getMessage());
        }
        address.completeExceptionally(new IOException("it ended and said:\n" + said));
    }

    /** Opens an empty tab, 1000 by 800 pixels, that reports every error from now on. */
    public Tab tab() {
        Map<String, Object> made = call("", "Target.createTarget", Map.of("url", "about:blank"));
        Map<String, Object> attached =
                call(
                        "",
                        "Target.attachToTarget",
                        Map.of("targetId", JsonTree.text(made, "targetId"), "flatten", true));
        String session = JsonTree.text(attached, "sessionId");
        Tab tab = new Tab(this, session);
        tabs.put(session, tab);
        tab.begin();
        return tab;
    }

    /** Calls a method of the protocol; its result. Fails when the browser says no. */
    Map<String, Object> call(String session, String method, Map<String, Object> parameters) {
        long id = calls.incrementAndGet();
        CompletableFuture<Map<String, Object>> answer = new CompletableFuture<>();
        open.put(id, answer);
        Map<String, Object> message =
                session.isEmpty()
                        ? Map.of("id", id, "method", method, "params", parameters)
                        : Map.of(
                                "id",
                                id,
                                "method",
                                method,
                                "params",
                                parameters,
                                "sessionId",
                                session);
        try {
            socket.sendText(JsonTree.print(message), true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            Map<String, Object> told = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (told.containsKey("error")) {
                throw new IllegalStateException(method + " failed: " + told.get("error"));
            }
            return JsonTree.object(told, "result");
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(method + " was not answered", e);
        }
    }

    @Override
    public void close() {
        socket.abort();
        client.shutdownNow();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
