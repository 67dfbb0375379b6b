package dev.rocket.http.guard;

import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The bound on how long a thread may wait for its client.
 *
 * <p>The server library closes connections that are silent between requests, but waits for ever for
 * the rest of headers or of a body, and for whoever does not read what is sent. Here every thread
 * that waits so is on a list with its deadline; a sweep takes late ones off and interrupts them,
 * which closes the connection. Whoever is through takes itself off; finding itself gone, it knows
 * that the interrupt is under way, and ends. So an interrupt never hits a thread that does
 * something else.
 */
public final class Patience implements Http1ConnectionListener {

    /** For the headers, once the request line has come. */
    public static final Duration HEADERS = Duration.ofSeconds(30);

    /** For what a client must take off the wire before more is sent to it. */
    public static final Duration TAKING = Duration.ofSeconds(30);

    /** The least that a client must take in a second beyond that, in bytes. */
    static final int BYTES_A_SECOND = 64 * 1024;

    /** How often late ones are looked for. */
    static final Duration SWEEP = Duration.ofSeconds(1);

    private final long headerNanos;
    private final long bodyNanos;
    private final long takingNanos;
    private final Map<Thread, Long> deadlines = new ConcurrentHashMap<>();

    /**
     * Bounds requests.
     *
     * @param body for a body that is not there yet; for headers it is {@link #HEADERS} at most, for
     *     taking what is sent {@link #TAKING}
     */
    public Patience(Duration body) {
        bodyNanos = body.toNanos();
        headerNanos = Math.min(bodyNanos, HEADERS.toNanos());
        takingNanos = Math.min(bodyNanos, TAKING.toNanos());
    }

    /** Sweeps until it is interrupted; runs on a thread of its own. */
    public void watch() {
        try {
            while (true) {
                Thread.sleep(SWEEP);
                sweep(System.nanoTime());
            }
        } catch (InterruptedException e) {
            deadlines.clear();
        }
    }

    @Override
    public void prologue(ConnectionContext connection, HttpPrologue prologue) {
        begin(headerNanos);
    }

    @Override
    public void headers(ConnectionContext connection, Headers headers) {
        end();
    }

    /** This thread begins to read a body. */
    void beginBody() {
        begin(bodyNanos);
    }

    /** This thread begins to send; it has {@link #TAKING} until {@link #end}. */
    public void beginSending() {
        begin(takingNanos);
    }

    /** This thread begins to send that much; it has as long as a slow client needs. */
    void beginSending(int bytes) {
        begin(takingNanos + Duration.ofSeconds(bytes / BYTES_A_SECOND).toNanos());
    }

    /** From now on the connection that a thread reads ends after a while, whatever comes. */
    public void endWithin(Duration atMost, Thread reader) {
        deadlines.put(reader, System.nanoTime() + atMost.toNanos());
    }

    /** A thread that reads a connection is through with it. */
    public void ended(Thread reader) {
        deadlines.remove(reader);
    }

    /**
     * This thread is through with what it began.
     *
     * @throws CloseConnectionException when it took too long
     */
    public void end() {
        if (deadlines.remove(Thread.currentThread()) == null) {
            throw new CloseConnectionException("the client took too long to send or take");
        }
    }

    private void begin(long nanos) {
        deadlines.put(Thread.currentThread(), System.nanoTime() + nanos);
    }

    private void sweep(long now) {
        deadlines.forEach(
                (thread, deadline) -> {
                    if (now - deadline > 0 && deadlines.remove(thread, deadline)) {
                        thread.interrupt();
                    }
                });
    }
}
