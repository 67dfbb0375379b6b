package dev.rocket.postgres;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The last place that readers may see, and those who wait for it to move. */
final class Head {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private volatile long place;
    private volatile boolean closed;

    /** The place; never blocks. */
    long place() {
        return place;
    }

    /** Moves it on and wakes who waits. */
    void move(long to) {
        if (to <= place) {
            return;
        }
        lock.lock();
        try {
            place = Math.max(place, to);
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends all waits. */
    void close() {
        lock.lock();
        try {
            closed = true;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until it lies behind a place.
     *
     * @throws dev.rocket.core.port.StoreException with CLOSED
     */
    boolean await(long after, Duration atMost) throws InterruptedException {
        long nanos = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (!closed && place <= after && nanos > 0) {
                nanos = moved.awaitNanos(nanos);
            }
            if (closed) {
                throw PostgresConnections.closed();
            }
            return place > after;
        } finally {
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
        try {
            long nanos = atMost.toNanos();
            while (!closed && place < to && nanos > 0) {
                try {
                    moved.awaitNanos(nanos);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                nanos = end - System.nanoTime();
            }
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
