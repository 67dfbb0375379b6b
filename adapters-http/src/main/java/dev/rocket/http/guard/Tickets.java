package dev.rocket.http.guard;

import dev.rocket.core.usecase.Caller;
import dev.rocket.http.wire.Declined;
import dev.rocket.http.wire.ProblemType;
import dev.rocket.http.wire.Problems;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Short-lived proofs for browsers' WebSockets.
 *
 * <p>Browsers cannot send a token in a WebSocket's headers. A ticket is good once, for {@link
 * #GOOD_FOR}; it stands in a URL, so it must be worthless when a log shows it. At most {@link
 * #OPEN} are open. They live in memory alone. Thread-safe.
 */
public final class Tickets {

    /** How long a ticket is good. */
    public static final Duration GOOD_FOR = Duration.ofSeconds(30);

    /** How many may be open. */
    public static final int OPEN = 10_000;

    private static final int BYTES = 24;

    private record Held(Caller caller, Instant until) {}

    private final InstantSource clock;
    private final RandomGenerator chance;
    private final Map<String, Held> open = new ConcurrentHashMap<>();

    /** Gives out tickets; {@code chance} must be cryptographically strong. */
    public Tickets(InstantSource clock, RandomGenerator chance) {
        this.clock = clock;
        this.chance = chance;
    }

    /**
     * A ticket that proves a caller once.
     *
     * @throws Declined with OVERLOADED when too many are open
     */
    public String issue(Caller caller) {
        Instant now = clock.instant();
        if (open.size() >= OPEN) {
            open.values().removeIf(held -> !now.isBefore(held.until()));
            if (open.size() >= OPEN) {
                throw new Declined(
                        ProblemType.OVERLOADED,
                        "Too many tickets are open.",
                        HeaderValues.create(HeaderNames.RETRY_AFTER, 1));
            }
        }
        byte[] bytes = new byte[BYTES];
        chance.nextBytes(bytes);
        String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        open.put(ticket, new Held(caller, now.plus(GOOD_FOR)));
        return ticket;
    }

    /**
     * The caller that a ticket proves; it proves nobody from then on.
     *
     * @throws dev.rocket.core.model.Refused with Unauthenticated when it proves nobody
     */
    public Caller redeem(String ticket) {
        Held held = open.remove(ticket);
        if (held == null || !clock.instant().isBefore(held.until())) {
            throw Problems.unauthenticated("The ticket is not known, was used, or has expired.");
        }
        return held.caller();
    }
}
