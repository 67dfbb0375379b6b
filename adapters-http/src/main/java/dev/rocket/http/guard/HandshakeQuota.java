package dev.rocket.http.guard;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.RequestException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;

/**
 * Counts WebSocket handshakes against the client's quota.
 *
 * <p>The server library upgrades a connection before any handler is asked, and tells the endpoint
 * nothing of the client's address; only here are both known.
 */
public final class HandshakeQuota implements Http1ConnectionListener {

    private final Guards guards;

    /** Counts with the guards' limiter. */
    public HandshakeQuota(Guards guards) {
        this.guards = guards;
    }

    /**
     * Lets a handshake pass, or not.
     *
     * @throws RequestException with 429 and {@code Retry-After} when it is one too many
     */
    @Override
    public void headers(ConnectionContext connection, Headers headers) {
        RateLimiter limiter = guards.limiter();
        if (limiter == null || !headers.contains(HeaderNames.UPGRADE)) {
            return;
        }
        RateLimiter.Left left = limiter.take(guards.client(connection.remotePeer(), headers));
        if (left.isOver()) {
            throw Guards.refusal(limiter.over(left));
        }
    }
}
