package dev.rocket.bootstrap.vault;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A real HTTP proxy before a store, which passes on, lies, breaks off or falls silent. */
final class LyingProxy implements AutoCloseable {

    /** What it does with a request. */
    enum Act {
        /** Passes it on. */
        PASS,
        /** Passes it on with one bit of the body turned. */
        FLIP,
        /** Says that it was done, and does nothing. */
        SWALLOW,
        /** Closes the connection. */
        CUT,
        /** Passes half of the answer on, and closes the connection. */
        HALVE,
        /** Answers that it is too busy. */
        BUSY,
        /** Says nothing until it is closed. */
        SILENT
    }

    /** Decides what to do with a request: its method, a blank, its path and query. */
    interface Mood {
        /** What to do. */
        Act act(String request);
    }

    private static final Set<String> OF_THE_WAY =
            Set.of(
                    "host",
                    "content-length",
                    "connection",
                    "expect",
                    "upgrade",
                    "transfer-encoding");
    private static final Set<String> OF_THE_BODY = Set.of("content-md5", "x-amz-content-sha256");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
    private final HttpServer server;
    private final URI behind;
    private volatile Mood mood = request -> Act.PASS;

    /** Stands before a server. */
    LyingProxy(URI behind) throws IOException {
        this.behind = behind;
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Where it listens. */
    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on it does that. */
    void mood(Mood other) {
        mood = other;
    }

    /** The requests that it heard since the last time it was asked. */
    List<String> heard() {
        List<String> heard = List.copyOf(requests);
        requests.clear();
        return heard;
    }

    /** Takes the next request that it heard, if one comes; whether that holds a text. */
    boolean hears(String text) throws InterruptedException {
        String heard = arrived.poll(1, TimeUnit.SECONDS);
        return heard != null && heard.contains(text);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            requests.add(request);
            arrived.add(request);
            Act act = mood.act(request);
            switch (act) {
                case PASS, FLIP, HALVE -> pass(exchange, body, act);
                case SWALLOW -> {
                    exchange.getResponseHeaders().set("ETag", "\"0123456789abcdef\"");
                    exchange.sendResponseHeaders(200, -1);
                }
                case BUSY -> exchange.sendResponseHeaders(503, -1);
                case SILENT -> closed.await();
                case CUT -> {}
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(HttpExchange exchange, byte[] body, Act act)
            throws IOException, InterruptedException {
        boolean flip = act == Act.FLIP && body.length > 0;
        if (flip) {
            body[body.length / 2] ^= 1;
        }
        HttpRequest.Builder request =
                HttpRequest.newBuilder(behind.resolve(exchange.getRequestURI().toString()))
                        .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
        for (Map.Entry<String, List<String>> header : exchange.getRequestHeaders().entrySet()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!OF_THE_WAY.contains(name) && !(flip && OF_THE_BODY.contains(name))) {
                header.getValue().forEach(value -> request.header(name, value));
            }
        }
        back(exchange, client.send(request.build(), BodyHandlers.ofByteArray()), act);
    }

    private static void back(HttpExchange exchange, HttpResponse<byte[]> answer, Act act)
            throws IOException {
        for (Map.Entry<String, List<String>> header : answer.headers().map().entrySet()) {
            if (!OF_THE_WAY.contains(header.getKey())) {
                exchange.getResponseHeaders().put(header.getKey(), header.getValue());
            }
        }
        byte[] body = answer.body();
        exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            int count = act == Act.HALVE ? body.length / 2 : body.length;
            exchange.getResponseBody().write(body, 0, count);
            exchange.getResponseBody().flush();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
        client.shutdownNow();
    }
}
