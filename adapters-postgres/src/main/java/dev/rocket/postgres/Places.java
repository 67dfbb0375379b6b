package dev.rocket.postgres;

import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongPredicate;

/**
 * How far the feed may be shown, as far as one server knows.
 *
 * <p>It learns from looks at the database and from the ends of its own transactions, and moves the
 * {@link Head} at once. Safe from any thread.
 */
final class Places {

    private final ReentrantLock lock = new ReentrantLock();
    private final Gaps gaps;
    private final Head head;
    private volatile long openedAt = System.nanoTime();

    /** Begins with what is known of the places; the head is moved to their mark. */
    Places(Gaps gaps, Head head) {
        this.gaps = gaps;
        this.head = head;
        head.move(gaps.mark());
    }

    /** Own transactions have ended: these places were filled, and those were given up. */
    void ended(List<Long> filled, List<Long> givenUp) {
        lock.lock();
        try {
            long before = gaps.mark();
            filled.forEach(place -> gaps.ended(place, true));
            givenUp.forEach(place -> gaps.ended(place, false));
            moved(before);
        } finally {
            lock.unlock();
        }
    }

    /** Whether a look saw an open place before a filled one. */
    boolean isBlocked() {
        lock.lock();
        try {
            return gaps.isBlocked();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a filled place is known that may not be shown yet. */
    boolean isWaiting() {
        lock.lock();
        try {
            return gaps.isWaiting();
        } finally {
            lock.unlock();
        }
    }

    /** For how long, in nanoseconds, nothing has moved while something waited. */
    long openNanos() {
        return System.nanoTime() - openedAt;
    }

    /** The same in milliseconds. */
    long openMillis() {
        return openNanos() / 1_000_000;
    }

    /** Learns from a look, as {@link Gaps#observe}; whether the head has moved. */
    boolean observe(Set<Long> running, List<Long> filled, long bound) {
        lock.lock();
        try {
            long before = gaps.mark();
            gaps.observe(running, filled, bound);
            return moved(before);
        } finally {
            lock.unlock();
        }
    }

    /** As {@link Gaps#clear}. */
    void clear(LongPredicate mayOwn) {
        lock.lock();
        try {
            gaps.clear(mayOwn);
        } finally {
            lock.unlock();
        }
    }

    private boolean moved(long before) {
        head.move(gaps.mark());
        boolean moved = gaps.mark() > before;
        if (moved || !gaps.isWaiting()) {
            openedAt = System.nanoTime();
        }
        return moved;
    }
}
