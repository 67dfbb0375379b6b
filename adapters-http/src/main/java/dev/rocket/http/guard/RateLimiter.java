package dev.rocket.http.guard;

import dev.rocket.http.wire.Answer;
import dev.rocket.http.wire.Declined;
import dev.rocket.http.wire.ProblemType;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A quota of requests for each client address, in fixed windows.
 *
 * <p>A window begins with a client's first request. IPv6 clients count by /64, the least that one
 * subscriber gets. At most {@link #CLIENTS} windows are remembered; beyond that ended ones are
 * dropped, then any, so a flood of addresses costs memory nothing and others a fresh window at
 * worst. Thread-safe. Source: draft-ietf-httpapi-ratelimit-headers-10.
 */
public final class RateLimiter {

    /** How many clients are remembered. */
    public static final int CLIENTS = 50_000;

    private static final HeaderName LIMIT = HeaderNames.create("RateLimit");
    private static final HeaderName POLICY = HeaderNames.create("RateLimit-Policy");

    private final int requests;
    private final long windowMillis;
    private final InstantSource clock;
    private final Header policy;
    private final Map<Long, Window> windows = new ConcurrentHashMap<>();

    private static final class Window {
        private final long began;
        private int used;

        Window(long began) {
            this.began = began;
        }

        synchronized int take() {
            return used == Integer.MAX_VALUE ? used : ++used;
        }
    }

    /**
     * What is left after a request.
     *
     * @param remaining requests in this window
     * @param resetSeconds until the next window
     * @param isOver whether this request was one too many
     */
    public record Left(int remaining, long resetSeconds, boolean isOver) {}

    /** Allows {@code requests} in each {@code window}. */
    public RateLimiter(int requests, Duration window, InstantSource clock) {
        this.requests = requests;
        this.windowMillis = window.toMillis();
        this.clock = clock;
        this.policy =
                Answer.constant(POLICY, "\"default\";q=" + requests + ";w=" + window.toSeconds());
    }

    /** Counts a request of a client. */
    public Left take(InetAddress client) {
        long now = clock.millis();
        Long key = key(client);
        Window window = windows.get(key);
        if (window == null || isOver(window, now)) {
            window =
                    windows.compute(
                            key,
                            (k, old) -> old == null || isOver(old, now) ? new Window(now) : old);
            if (windows.size() > CLIENTS) {
                shrink(now);
            }
        }
        int used = window.take();
        long reset = Math.max(1, (window.began + windowMillis - now + 999) / 1000);
        return new Left(Math.max(0, requests - used), reset, used > requests);
    }

    /** Tells the client what is left. */
    public void tell(Answer answer, Left left) {
        answer.with(policy)
                .with(LIMIT, "\"default\";r=" + left.remaining() + ";t=" + left.resetSeconds());
    }

    /** The no to a request that was one too many. */
    public Declined over(Left left) {
        String wait = Long.toString(left.resetSeconds());
        return new Declined(
                ProblemType.RATE_LIMITED,
                "The quota of "
                        + requests
                        + " requests is used up; the next begins in "
                        + wait
                        + " s.",
                HeaderValues.create(HeaderNames.RETRY_AFTER, wait));
    }

    /** How many clients are remembered now. */
    int size() {
        return windows.size();
    }

    private boolean isOver(Window window, long now) {
        return now - window.began >= windowMillis || now < window.began;
    }

    private void shrink(long now) {
        windows.values().removeIf(window -> isOver(window, now));
        Iterator<Long> keys = windows.keySet().iterator();
        for (int more = windows.size() - CLIENTS * 7 / 8; more > 0 && keys.hasNext(); more--) {
            keys.next();
            keys.remove();
        }
    }

    /** IPv4 addresses below 2^32, IPv6 networks above: 2000::/3 and the like never collide. */
    private static Long key(InetAddress client) {
        byte[] bytes = client.getAddress();
        long key = 0;
        for (int i = 0; i < Math.min(8, bytes.length); i++) {
            key = (key << 8) | (bytes[i] & 0xff);
        }
        return key;
    }
}
