package dev.rocket.core.usecase;

import dev.rocket.core.model.Position;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * The giver of ids and places to new entities.
 *
 * <p>Both ascend in the order they are asked for. Ids are UUIDs of version 7. Source: RFC 9562,
 * section 5.7, with the counter of section 6.2 method 1 in the twelve bits after the version. Safe
 * from any thread.
 */
public final class Births {

    private static final int COUNTER_BITS = 12;

    private final InstantSource clock;
    private final RandomGenerator chance;
    private final AtomicLong last = new AtomicLong();

    /** Takes time from a clock and the random bits from {@code chance}. */
    public Births(InstantSource clock, RandomGenerator chance) {
        this.clock = clock;
        this.chance = chance;
    }

    /** The next number: milliseconds since 1970 and a counter; more than the one before. */
    long next() {
        long now = clock.millis() << COUNTER_BITS;
        return last.updateAndGet(before -> Math.max(before + 1, now));
    }

    /** The id of a birth. */
    UUID id(long birth) {
        long millis = birth >>> COUNTER_BITS;
        long counter = birth & ((1L << COUNTER_BITS) - 1);
        long high = (millis << 16) | 0x7000 | counter;
        long low = (chance.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** An id alone. */
    UUID id() {
        return id(next());
    }

    /** The place of a birth, behind every earlier one. */
    static Position position(long birth) {
        return Position.ofBirth(birth);
    }
}
