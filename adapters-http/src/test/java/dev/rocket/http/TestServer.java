package dev.rocket.http;

import dev.rocket.core.contract.MemoryPlace;
import dev.rocket.core.operation.Operations;
import dev.rocket.core.operation.SwitchableStore;
import dev.rocket.core.usecase.UseCases;
import dev.rocket.http.observe.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A server on a free port over the reference store, with a client that speaks to it. */
final class TestServer implements AutoCloseable {

    static final String SETUP = "one-time-setup-token";

    final MemoryPlace here = new MemoryPlace("here");
    final SwitchableStore store = new SwitchableStore(here.open());
    final Metrics metrics = new Metrics();
    final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    final InstantSource clock = () -> Instant.now().plus(ahead.get());
    final UseCases useCases = UseCases.over(store, clock, new SecureRandom(), metrics);
    final Operations operations = TestMaintenance.over(store, here, clock, metrics);
    final HttpAdapter adapter;
    final String admin;
    final int port;
    private final HttpClient client = HttpClient.newHttpClient();

    TestServer(HttpConfig config) {
        admin = useCases.tokens().setUp("test").secret();
        HttpAdapter.Parts parts =
                new HttpAdapter.Parts(
                        useCases, operations, store.probe(), metrics, clock, new SecureRandom());
        adapter = new HttpAdapter(config, parts, Optional.of(SETUP));
        port = adapter.start();
    }

    /** A server that asks for tokens and counts nothing. */
    static TestServer plain() {
        return new TestServer(HttpConfig.loopback(0));
    }

    /** A request with the admin token, to be completed. */
    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + admin);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> get(String path) {
        return send(to(path));
    }

    HttpResponse<String> call(String method, String path, String body) {
        return send(to(path).method(method, BodyPublishers.ofString(body)));
    }

    HttpResponse<String> delete(String path) {
        return send(to(path).DELETE());
    }

    @Override
    public void close() {
        client.close();
        adapter.close();
    }
}
