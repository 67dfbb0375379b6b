package dev.rocket.bootstrap.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One full round trip on a running server, step by step. */
final class RoundTrip {

    private static final long PATIENCE_SECONDS = 15;

    private final Remote server;
    private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>(10_000);
    private String id = "";

    private RoundTrip(Remote server) {
        this.server = server;
    }

    private interface Step {
        void run() throws IOException;
    }

    /**
     * Makes it, up to the first step that fails.
     *
     * @param told hears of each step, and why it failed when it did
     * @return whether all passed
     */
    static boolean make(Remote server, BiConsumer<String, Optional<String>> told) {
        RoundTrip trip = new RoundTrip(server);
        return ready(server, told)
                && step(told, "a WebSocket opens and subscribes", trip::listen)
                && step(told, "a task is created", trip::create)
                && step(told, "the WebSocket shows it", trip::seeCreation)
                && step(told, "it is changed", () -> trip.edit("{\"priority\":\"high\"}"))
                && step(told, "it is completed", () -> trip.edit("{\"status\":\"done\"}"))
                && step(told, "the WebSocket shows that", trip::seeCompletion)
                && step(told, "it is deleted", trip::delete);
    }

    /** Asks only whether the server is ready. */
    static boolean ready(Remote server, BiConsumer<String, Optional<String>> told) {
        return step(
                told, "the server is ready", () -> server.ask("GET", "/readyz", Optional.empty()));
    }

    private static boolean step(BiConsumer<String, Optional<String>> told, String name, Step step) {
        try {
            step.run();
            told.accept(name, Optional.empty());
            return true;
        } catch (IOException e) {
            told.accept(name, Optional.of(String.valueOf(e.getMessage())));
            return false;
        }
    }

    private void listen() throws IOException {
        String address = server.uri("/v1/live").toString().replaceFirst("^http", "ws");
        WebSocket.Builder builder = server.client().newWebSocketBuilder();
        if (!server.token().isEmpty()) {
            builder.header("Authorization", "Bearer " + server.token());
        }
        WebSocket socket = await(builder.buildAsync(URI.create(address), new Ear(heard)));
        await(socket.sendText("{\"type\":\"subscribe\",\"id\":\"smoke\"}", true));
        hear("\"subscribed\"");
    }

    private void create() throws IOException {
        String body = "{\"title\":\"Smoke test, may be deleted\"}";
        String answer = server.ask("POST", "/v1/tasks", Optional.of(body));
        id = Remote.find(answer, "id").orElseThrow(() -> new IOException("no id in " + answer));
    }

    private void seeCreation() throws IOException {
        hear(id);
    }

    private void edit(String body) throws IOException {
        server.ask("PATCH", "/v1/tasks/" + id, Optional.of(body));
    }

    private void seeCompletion() throws IOException {
        hear("\"status\":\"done\"");
    }

    private void delete() throws IOException {
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
