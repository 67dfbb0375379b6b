package dev.rocket.bootstrap.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes one full round trip on a running server. */
@Command(
        name = "smoke",
        description = "Make one full round trip on a running server.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Creates a task, sees it on the WebSocket, changes, completes and deletes it,",
            "and says of each step whether it passed. Shows the token in ROCKET_TOKEN,",
            "which needs the scope write. Exit code 0 when all passed, 1 otherwise.",
            "",
            "With --ready it only asks whether the server should get traffic; no token.",
            "",
            "Example: ROCKET_TOKEN=... rocket smoke https://tasks.example.org"
        })
public final class Smoke implements Callable<Integer> {

    private static final long PATIENCE_SECONDS = 15;

    @Parameters(paramLabel = "URL", description = "The server, such as http://127.0.0.1:9000")
    private String url = "";

    @Option(names = "--ready", description = "Only ask whether it is ready, and change nothing.")
    private boolean onlyReady;

    @Spec private CommandSpec spec = CommandSpec.create();

    private interface Step {
        void run() throws IOException;
    }

    @Override
    public Integer call() {
        String token = Optional.ofNullable(System.getenv("ROCKET_TOKEN")).orElse("");
        try (Remote server = new Remote(url, token)) {
            Trip trip = new Trip(server);
            boolean passed = step("the server is ready", trip::ready) && (onlyReady || round(trip));
            print(passed ? "PASS" : "FAIL");
            return passed ? 0 : 1;
        }
    }

    private boolean round(Trip trip) {
        return step("a WebSocket opens and subscribes", trip::listen)
                && step("a task is created", trip::create)
                && step("the WebSocket shows it", trip::seeCreation)
                && step("it is changed", () -> trip.edit("{\"priority\":\"high\"}"))
                && step("it is completed", () -> trip.edit("{\"status\":\"done\"}"))
                && step("the WebSocket shows that", trip::seeCompletion)
                && step("it is deleted", trip::delete);
    }

    private boolean step(String name, Step step) {
        try {
            step.run();
            print("  ok    " + name);
            return true;
        } catch (IOException e) {
            print("  FAIL  " + name + ": " + e.getMessage());
            return false;
        }
    }

    private void print(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }

    private static final class Trip {

        private final Remote server;
        private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>(10_000);
        private String id = "";

        Trip(Remote server) {
            this.server = server;
        }

        void ready() throws IOException {
            server.ask("GET", "/readyz", Optional.empty());
        }

        void listen() throws IOException {
            String address = server.uri("/v1/live").toString().replaceFirst("^http", "ws");
            WebSocket.Builder builder = server.client().newWebSocketBuilder();
            if (!server.token().isEmpty()) {
                builder.header("Authorization", "Bearer " + server.token());
            }
            WebSocket socket = await(builder.buildAsync(URI.create(address), new Ear(heard)));
            await(socket.sendText("{\"type\":\"subscribe\",\"id\":\"smoke\"}", true));
            hear("\"subscribed\"");
        }

        void create() throws IOException {
            String body = "{\"title\":\"Smoke test, may be deleted\"}";
            String answer = server.ask("POST", "/v1/tasks", Optional.of(body));
            id = Remote.find(answer, "id").orElseThrow(() -> new IOException("no id in " + answer));
        }

        void seeCreation() throws IOException {
            hear(id);
        }

        void edit(String body) throws IOException {
            server.ask("PATCH", "/v1/tasks/" + id, Optional.of(body));
        }

        void seeCompletion() throws IOException {
            hear("\"status\":\"done\"");
        }

        void delete() throws IOException {
            server.ask("DELETE", "/v1/tasks/" + id, Optional.empty());
        }

        private void hear(String text) throws IOException {
            try {
                long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
                while (System.nanoTime() < deadline) {
                    String message = heard.poll(1, TimeUnit.SECONDS);
                    if (message != null && message.contains(text)) {
                        return;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("nothing was heard of it in " + PATIENCE_SECONDS + " s");
        }

        private static <T> T await(CompletableFuture<T> future) throws IOException {
            try {
                return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new IOException(String.valueOf(e.getMessage()), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }

    private record Ear(LinkedBlockingQueue<String> heard, StringBuilder part)
            implements WebSocket.Listener {

        Ear(LinkedBlockingQueue<String> heard) {
            this(heard, new StringBuilder());
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                heard.offer(part.toString());
                part.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }
}
