package dev.rocket.bootstrap.wiring;

import dev.rocket.core.operation.MigrateStore;
import dev.rocket.core.port.Probe;
import dev.rocket.core.port.Store;
import dev.rocket.http.HttpAdapter;
import dev.rocket.http.observe.Health;
import java.time.Duration;
import java.util.Optional;

/** A server that runs, until it is stopped. */
public final class Server {

    /** How long maintenance may take to end its step when all requests are done. */
    private static final Duration LAST_STEP = Duration.ofSeconds(3);

    private final Parts parts;
    private final HttpAdapter http;
    private final Start start;

    Server(Parts parts, HttpAdapter http, Start start) {
        this.parts = parts;
        this.http = http;
        this.start = start;
    }

    /**
     * What runs beside HTTP, closed in the order in which it is needed.
     *
     * @param store that all work on
     * @param migrate has the store that it came from follow
     */
    record Parts(
            Store store,
            MigrateStore migrate,
            Clockwork clockwork,
            Optional<Archivist> archivist) {}

    /**
     * What its start came to.
     *
     * @param port it listens on
     * @param setup the one-time set-up token, while nobody has set the store up
     */
    record Start(int port, Optional<String> setup) {}

    /** The port it listens on. */
    public int port() {
        return start.port();
    }

    /** The one-time set-up token, while nobody has set the store up. */
    public Optional<String> setup() {
        return start.setup();
    }

    /**
     * What a restart may mend: the store takes no writes though there is space for them; empty when
     * nothing is the matter. Blocks for a second at most.
     */
    public Optional<String> trouble() {
        Probe probe = parts.store().probe();
        long free = probe.reading().freeBytes();
        return free != Probe.Reading.UNTOLD && free < Health.LEAST_FREE_BYTES
                ? Optional.empty()
                : probe.trouble(Health.PATIENCE);
    }

    /**
     * Stops gracefully: no new requests, sockets told where to resume, what was accepted finished
     * and committed, the feed archived, the store closed.
     *
     * @param atMost about how long the requests under way may take
     */
    public void stop(Duration atMost) {
        parts.clockwork().close();
        http.drain(atMost);
        parts.clockwork().await(LAST_STEP);
        parts.archivist().ifPresent(Archivist::close);
        parts.migrate().close();
        parts.store().close();
    }
}
