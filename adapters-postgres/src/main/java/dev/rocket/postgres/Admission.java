package dev.rocket.postgres;

import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.util.concurrent.Semaphore;

/** How many may be under way at a time; more are refused at once. */
final class Admission {

    private final int capacity;
    private final Semaphore free;
    private volatile boolean closed;

    Admission(int capacity) {
        this.capacity = capacity;
        this.free = new Semaphore(capacity);
    }

    /**
     * Lets one in, who must {@link #leave}.
     *
     * @throws StoreException with OVERLOADED or CLOSED
     */
    void enter() {
        if (closed) {
            throw PostgresConnections.closed();
        }
        if (!free.tryAcquire()) {
            if (closed) {
                throw PostgresConnections.closed();
            }
            throw new StoreException(
                    Kind.OVERLOADED, capacity + " commands are under way or wait; try again.");
        }
    }

    /** Lets one out. */
    void leave() {
        free.release();
    }

    /** How many are in. */
    int inside() {
        return closed ? 0 : capacity - free.availablePermits();
    }

    int capacity() {
        return capacity;
    }

    /** Lets nobody in any more, and waits until all have left. */
    void close() {
        closed = true;
        free.acquireUninterruptibly(capacity);
    }
}
