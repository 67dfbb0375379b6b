package dev.rocket.postgres;

import java.time.Duration;
import java.util.Comparator;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The last place that readers may see, and those who wait for it to move.
 *
 * <p>Each of them names a place and is woken when that is reached, not before: many writers wait at
 * a time, and the head moves often.
 */
final class Head {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition never = lock.newCondition();
    private final TreeSet<Waiter> waiters =
            new TreeSet<>(
                    Comparator.comparingLong(Waiter::place).thenComparingLong(Waiter::number));
    private long number;
    private volatile long place;
    private volatile boolean closed;

    /** One who waits for a place; the number tells those of one place apart. */
    private record Waiter(long place, long number, Condition reached) {}

    /** The place; never blocks. */
    long place() {
        return place;
    }

    /** Moves it on and wakes who waited for that. */
    void move(long to) {
        if (to <= place) {
            return;
        }
        lock.lock();
        try {
            place = Math.max(place, to);
            SortedSet<Waiter> due = waiters.headSet(new Waiter(place + 1, -1, never));
            due.forEach(waiter -> waiter.reached().signal());
            due.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Ends all waits. */
    void close() {
        lock.lock();
        try {
            closed = true;
            waiters.forEach(waiter -> waiter.reached().signal());
        } finally {
            lock.unlock();
        }
    }

    private Waiter enter(long to) {
        Waiter mine = new Waiter(to, number++, lock.newCondition());
        waiters.add(mine);
        return mine;
    }

    /**
     * Waits until it lies behind a place.
     *
     * @throws dev.rocket.core.port.StoreException with CLOSED
     */
    boolean await(long after, Duration atMost) throws InterruptedException {
        long nanos = atMost.toNanos();
        lock.lockInterruptibly();
        Waiter mine = enter(after + 1);
        try {
            while (!closed && place <= after && nanos > 0) {
                nanos = mine.reached().awaitNanos(nanos);
            }
            if (closed) {
                throw PostgresConnections.closed();
            }
            return place > after;
        } finally {
            waiters.remove(mine);
            lock.unlock();
        }
    }

    /** Waits until it has reached a place, or time or the store has ended; heeds no interrupt. */
    void reach(long to, Duration atMost) {
        if (place >= to) {
            return;
        }
        boolean interrupted = false;
        long end = System.nanoTime() + atMost.toNanos();
        lock.lock();
        Waiter mine = enter(to);
        try {
            long nanos = atMost.toNanos();
            while (!closed && place < to && nanos > 0) {
                try {
                    mine.reached().awaitNanos(nanos);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                nanos = end - System.nanoTime();
            }
        } finally {
            waiters.remove(mine);
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
