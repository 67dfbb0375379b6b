package dev.rocket.postgres;

import java.time.Duration;

/**
 * How far apart small questions to the database are, from the beginning of one to the next.
 *
 * <p>Eight times as long as they take, within bounds: a database that has much to do answers later
 * and is asked less, so that this takes a small and steady share of it. A single slow answer counts
 * half. For one thread that asks; others may look.
 */
final class Pace {

    private static final long TIMES = 8;

    private final long leastNanos;
    private final long mostNanos;
    private volatile long nanos;

    /** Begins with the shortest distance. */
    Pace(Duration least, Duration most) {
        this.leastNanos = least.toNanos();
        this.mostNanos = most.toNanos();
        this.nanos = leastNanos;
    }

    /** The distance now, in nanoseconds. */
    long nanos() {
        return nanos;
    }

    /** A question took so long. */
    void took(long tookNanos) {
        long wanted = TIMES * Math.min(tookNanos, mostNanos);
        nanos = Math.clamp((nanos + wanted) / 2, leastNanos, mostNanos);
    }
}
