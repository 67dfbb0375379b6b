package dev.rocket.core.contract;

import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Loader;
import dev.rocket.core.port.Probe;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.Transaction;
import dev.rocket.core.port.Upkeep;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The reference store: all in memory, as simple as the contract allows.
 *
 * <p>Its whole content is one immutable {@link MemoryState}. A write makes the next one under the
 * lock and publishes it; a read looks at the one it found and takes no lock. Durable for as long as
 * the process lives, unbounded, for tests alone.
 */
public final class MemoryStore implements Store {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private volatile MemoryState state = MemoryState.EMPTY;
    private volatile boolean closed;

    /** Begins empty. */
    public MemoryStore() {}

    /** A store that holds what this one does, as after a restart. */
    public MemoryStore reopened() {
        MemoryStore fresh = new MemoryStore();
        fresh.state = state;
        return fresh;
    }

    /**
     * A way into this store in bulk.
     *
     * @throws StoreException with FOREIGN when it holds anything
     */
    public Loader loader() {
        if (head().isAfter(Seq.START)) {
            throw new StoreException(StoreException.Kind.FOREIGN, "The store holds something.");
        }
        return new MemoryLoader(loaded -> state = loaded);
    }

    @Override
    public <T> T read(Function<? super Snapshot, ? extends T> work) {
        checkOpen();
        return work.apply(new MemorySnapshot(state));
    }

    @Override
    public <T> T write(Function<? super Transaction, ? extends T> work) {
        lock.lock();
        try {
            checkOpen();
            MemoryTransaction transaction = new MemoryTransaction(state);
            T result = work.apply(transaction);
            state = transaction.state();
            grown.signalAll();
            return result;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Seq head() {
        return state.seq();
    }

    @Override
    public boolean await(Seq after, Duration atMost) throws InterruptedException {
        long nanos = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (!closed && !head().isAfter(after) && nanos > 0) {
                nanos = grown.awaitNanos(nanos);
            }
            checkOpen();
            return head().isAfter(after);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Probe probe() {
        return new Probe() {
            @Override
            public Optional<String> trouble(Duration atMost) {
                return closed ? Optional.of("The store is closed.") : Optional.empty();
            }

            @Override
            public Reading reading() {
                return new Reading("memory", 1, lock.getQueueLength(), Integer.MAX_VALUE, 0, 0, 0);
            }
        };
    }

    @Override
    public Upkeep upkeep() {
        return Upkeep.NONE;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new StoreException(StoreException.Kind.CLOSED, "The store is closed.");
        }
    }
}
