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
 * The bound on how long a begun request may take to arrive.
 *
 * <p>The server library closes connections that are silent between requests, but waits for ever for
 * the rest of headers or of a body. Here every thread that reads one is on a list with its
 * deadline; a sweep takes late ones off and interrupts them, which closes the connection. Whoever
 * has read to the end takes itself off; finding itself gone, it knows that the interrupt is under
 * way, and ends. So an interrupt never hits a thread that does something else.
 */
public final class Patience implements Http1ConnectionListener {

    /** For the headers, once the request line has come. */
    public static final Duration HEADERS = Duration.ofSeconds(30);

    /** How often late ones are looked for. */
    static final Duration SWEEP = Duration.ofSeconds(1);

    private final long headerNanos;
    private final long bodyNanos;
    private final Map<Thread, Long> deadlines = new ConcurrentHashMap<>();

    /**
     * Bounds requests.
     *
     * @param body for a body that is not there yet; for headers it is {@link #HEADERS} at most
     */
    public Patience(Duration body) {
        bodyNanos = body.toNanos();
        headerNanos = Math.min(bodyNanos, HEADERS.toNanos());
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

    /**
     * This thread has read what it began.
     *
     * @throws CloseConnectionException when it took too long
     */
    void end() {
        if (deadlines.remove(Thread.currentThread()) == null) {
            throw new CloseConnectionException("the client took too long to send its request");
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
