package dev.rocket.http.live;

import dev.rocket.core.usecase.Authenticate;
import dev.rocket.core.usecase.Caller;
import java.time.Duration;

/**
 * The watch over one caller who stays connected.
 *
 * <p>A caller was let in once; the token may be revoked or expire while answers still flow. The
 * store is asked after each revocation, and every {@link #PERIOD} for those that expire. Used by
 * one thread.
 */
final class Vigil {

    /** How long a caller is believed while no token is revoked. */
    static final Duration PERIOD = Duration.ofSeconds(15);

    private final Authenticate authenticate;
    private final Caller caller;
    private long revocations;
    private long asked;

    /** Begins now, with a caller who was just let in. */
    Vigil(Authenticate authenticate, Caller caller) {
        this.authenticate = authenticate;
        this.caller = caller;
        revocations = authenticate.revocations();
        asked = System.nanoTime();
    }

    /** Whether the caller may still hear. */
    boolean holds() {
        long revoked = authenticate.revocations();
        long now = System.nanoTime();
        if (revoked == revocations && now - asked < PERIOD.toNanos()) {
            return true;
        }
        revocations = revoked;
        asked = now;
        return authenticate.holds(caller);
    }
}
