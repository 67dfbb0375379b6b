package dev.rocket.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A real WebSocket client that remembers what it is told. */
final class Socket implements WebSocket.Listener, AutoCloseable {

    /** How a socket ended. */
    record End(int code, String reason) {}

    private static final long PATIENCE_SECONDS = 30;

    private final HttpClient client = HttpClient.newHttpClient();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final StringBuilder part = new StringBuilder();
    private final CompletableFuture<End> end = new CompletableFuture<>();
    private final WebSocket socket;

    private Socket(TestServer server, String query, String token) {
        WebSocket.Builder builder = client.newWebSocketBuilder();
        if (!token.isEmpty()) {
            builder.header("Authorization", "Bearer " + token);
        }
        URI address = URI.create("ws://127.0.0.1:" + server.port + "/v1/live" + query);
        socket = builder.buildAsync(address, this).join();
    }

    /** A socket proven by the admin token. */
    static Socket open(TestServer server) {
        return new Socket(server, "", server.admin);
    }

    /** A socket proven by a token, or by what the query says. */
    static Socket open(TestServer server, String query, String token) {
        return new Socket(server, query, token);
    }

    /** Says something. */
    Socket say(String message) {
        socket.sendText(message, true).join();
        return this;
    }

    /** Subscribes and waits until the server says so. */
    Map<String, Object> subscribe(String members) {
        say("{\"type\":\"subscribe\",\"id\":\"s\"" + members + "}");
        return next("subscribed");
    }

    /** The next message of a type; others before it are dropped. */
    Map<String, Object> next(String type) {
        while (true) {
            Map<String, Object> message = next();
            if (type.equals(message.get("type"))) {
                return message;
            }
        }
    }

    /** The next message but for signs of life. */
    Map<String, Object> next() {
        Map<String, Object> message = any();
        while ("heartbeat".equals(message.get("type"))) {
            message = any();
        }
        return message;
    }

    /** The place in the next sign of life; other messages before it are dropped. */
    long heartbeat() {
        Map<String, Object> message = any();
        while (!"heartbeat".equals(message.get("type"))) {
            message = any();
        }
        return ((Number) message.getOrDefault("seq", -1L)).longValue();
    }

    private Map<String, Object> any() {
        try {
            String text = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (text == null) {
                throw new AssertionError("nothing was heard in " + PATIENCE_SECONDS + " s");
            }
            return Json.object(text);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How the server ended it. */
    End end() {
        return end.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** The client side, for what this class does not do. */
    WebSocket raw() {
        return socket;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            heard.add(part.toString());
            part.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        end.complete(new End(code, reason));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        end.complete(new End(1006, String.valueOf(error)));
    }

    /** Drops the connection without a word. */
    void drop() {
        socket.abort();
        client.shutdownNow();
    }

    @Override
    public void close() {
        drop();
    }
}
