package dev.rocket.http;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.operation.Operations;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.usecase.UseCases;
import dev.rocket.http.observe.Metrics;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** A server on a free port whose store fails when it is told to. */
final class FaultyServer implements AutoCloseable {

    /** Long enough for everything to be asked of the store again. */
    private static final Duration FORGETTING = Duration.ofSeconds(11);

    final UseCases useCases;
    final HttpAdapter adapter;
    final int port;

    /** The secret of an admin token; empty when the server is not set up. */
    final String admin;

    private final Operations operations;
    private final FaultyStore store = new FaultyStore(new MemoryStore());
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    private FaultyServer(HttpConfig config, boolean isSetUp) {
        InstantSource clock = () -> Instant.now().plus(ahead.get());
        Metrics metrics = new Metrics();
        SecureRandom chance = new SecureRandom();
        useCases = UseCases.over(store, clock, chance, metrics);
        admin = isSetUp ? useCases.tokens().setUp("test").secret() : "";
        operations = TestMaintenance.over(store, clock, metrics);
        HttpAdapter.Parts parts =
                new HttpAdapter.Parts(useCases, operations, store.probe(), metrics, clock, chance);
        adapter = new HttpAdapter(config, parts, Optional.of(TestServer.SETUP));
        port = adapter.start();
    }

    /** A server with an admin token. */
    static FaultyServer of(HttpConfig config) {
        return new FaultyServer(config, true);
    }

    /** A server that nobody has set up. */
    static FaultyServer virgin() {
        return new FaultyServer(HttpConfig.loopback(0), false);
    }

    /** What comes of something while the store fails so. */
    <T> T failing(RuntimeException fault, Supplier<T> something) {
        store.fault.set(Optional.of(fault));
        try {
            return something.get();
        } finally {
            store.fault.set(Optional.empty());
        }
    }

    /** A failure of the store. */
    static StoreException failure(StoreException.Kind kind) {
        return new StoreException(kind, "planted");
    }

    /** Ends a move that was asked for, by doing all maintenance. */
    void endMove() {
        operations.migration().end();
        operations.maintenance().tick();
    }

    /** Makes it forget which tokens it knows and how the store was. */
    void forget() {
        ahead.updateAndGet(FORGETTING::plus);
    }

    @Override
    public void close() {
        adapter.close();
        store.close();
    }
}
