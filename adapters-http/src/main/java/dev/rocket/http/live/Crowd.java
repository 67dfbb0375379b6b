package dev.rocket.http.live;

import dev.rocket.core.usecase.Authenticate;
import dev.rocket.core.usecase.Caller;
import dev.rocket.http.guard.Guards;
import dev.rocket.http.guard.Patience;
import dev.rocket.http.websocket.Handshake;
import dev.rocket.http.wire.Declined;
import dev.rocket.http.wire.ProblemType;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The sockets that are open.
 *
 * <p>Rounds are made among them: those whose token is gone are ended, and each gets a sign of life.
 * Thread-safe.
 */
final class Crowd {

    /** How often revocations are looked for. */
    static final Duration ROUND = Duration.ofSeconds(5);

    /**
     * How often signs of life are sent and tokens are looked at, in rounds; sooner after one was
     * revoked.
     */
    private static final int BEAT = 4;

    private static final System.Logger LOG = System.getLogger("dev.rocket.http");

    private final Guards guards;
    private final Authenticate authenticate;
    private final Patience patience;
    private final Set<LiveSocket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean watched = new AtomicBoolean();
    private volatile boolean draining;

    Crowd(Guards guards, Authenticate authenticate, Patience patience) {
        this.guards = guards;
        this.authenticate = authenticate;
        this.patience = patience;
    }

    /**
     * Who opens a socket.
     *
     * @throws io.helidon.http.RequestException with the status of the refusal
     */
    Caller admit(Handshake handshake) {
        if (draining) {
            throw Guards.refusal(
                    new Declined(
                            ProblemType.UNAVAILABLE,
                            "The server is stopping.",
                            HeaderValues.create(HeaderNames.RETRY_AFTER, 1)));
        }
        return guards.handshake(handshake);
    }

    /** Takes in a socket that has just been opened; false when the server is stopping. */
    boolean enter(LiveSocket socket) {
        sockets.add(socket);
        if (watched.compareAndSet(false, true)) {
            Thread.ofVirtual().name("rocket-rounds").start(this::watch);
        }
        return !draining;
    }

    /** Lets a socket go. */
    void leave(LiveSocket socket) {
        sockets.remove(socket);
    }

    /** How many are open. */
    int size() {
        return sockets.size();
    }

    /** What cuts off those that wait for ever. */
    Patience patience() {
        return patience;
    }

    /** Says goodbye to all, and blocks until they have been told, or the time is over. */
    void drain(Duration atMost) {
        draining = true;
        long deadline = System.nanoTime() + atMost.toNanos();
        sockets.forEach(LiveSocket::bye);
        try {
            for (LiveSocket socket : sockets) {
                socket.outbox().awaitEmpty(Duration.ofNanos(deadline - System.nanoTime()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        long revoked = authenticate.revocations();
        try {
            for (int round = 1; !draining; round++) {
                Thread.sleep(ROUND);
                boolean beats = round % BEAT == 0;
                boolean checks = beats || revoked != authenticate.revocations();
                revoked = authenticate.revocations();
                try {
                    round(checks, beats);
                } catch (RuntimeException e) {
                    LOG.log(System.Logger.Level.WARNING, "the sockets were not looked after", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void round(boolean checks, boolean beats) {
        Map<Caller, Boolean> known = new HashMap<>();
        for (LiveSocket socket : sockets) {
            if (checks && !known.computeIfAbsent(socket.caller(), authenticate::holds)) {
                socket.expel();
            } else if (beats) {
                socket.beat();
            }
        }
    }
}
