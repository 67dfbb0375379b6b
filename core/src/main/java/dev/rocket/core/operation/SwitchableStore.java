package dev.rocket.core.operation;

import dev.rocket.core.model.Receipt;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Probe;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import dev.rocket.core.port.Transaction;
import dev.rocket.core.port.Upkeep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * A store that can be exchanged for its copy under its callers.
 *
 * <p>While it is frozen new writes wait and none is under way; reads go on. After {@link
 * Freeze#cutOver} every call that begins goes to the other store. Calls that were on their way into
 * the former one end there, or, when it is closed first, are begun anew: reads alone, since writes
 * are kept out. Nobody who waits for the feed is left waiting at the former store, once it is
 * closed.
 *
 * <p>A write enters by a counter and then looks for the gate; whoever freezes shuts the gate and
 * then looks at the counter. So one of the two sees the other. A lock was rejected: it would keep a
 * list of its readers for each virtual thread.
 */
public final class SwitchableStore implements Store {

    private static final long LOOK_NANOS = 50_000;

    private final AtomicInteger writing = new AtomicInteger();
    private volatile Store current;
    private volatile Optional<Gate> gate = Optional.empty();
    private volatile Optional<NotedReceipts> noted = Optional.empty();

    /** Begins with a store, which it closes. */
    public SwitchableStore(Store first) {
        this.current = first;
    }

    /** The store that is in charge now. */
    Store current() {
        return current;
    }

    @Override
    public <T> T read(Function<? super Snapshot, ? extends T> work) {
        while (true) {
            Store store = current;
            try {
                return store.read(work);
            } catch (StoreException e) {
                checkFormer(e, store);
            }
        }
    }

    private void checkFormer(StoreException e, Store store) {
        if (e.kind() != Kind.CLOSED || store.equals(current)) {
            throw e;
        }
    }

    @Override
    public <T> T write(Function<? super Transaction, ? extends T> work) {
        enter();
        try {
            Optional<NotedReceipts> follower = noted;
            return follower.isPresent() ? noting(work, follower.get()) : current.write(work);
        } finally {
            writing.decrementAndGet();
        }
    }

    private void enter() {
        writing.incrementAndGet();
        Optional<Gate> shut = gate;
        while (shut.isPresent()) {
            writing.decrementAndGet();
            shut.get().pass();
            writing.incrementAndGet();
            // A gate that was passed is open, and may not have been taken away yet.
            shut = gate.filter(Gate::isShut);
        }
    }

    private <T> T noting(Function<? super Transaction, ? extends T> work, NotedReceipts follower) {
        List<Receipt.Key> named = new ArrayList<>();
        try {
            return current.write(tx -> work.apply(new NotingTransaction(tx, named::add)));
        } finally {
            // Also when it failed: whether it was made may not be known.
            follower.note(named);
        }
    }

    /**
     * Notes receipts from now on; every write that is not noted has ended when this returns.
     *
     * @throws StoreException with OVERLOADED when one does not end
     */
    NotedReceipts note() throws InterruptedException {
        NotedReceipts fresh = new NotedReceipts();
        noted = Optional.of(fresh);
        Gate brief = new Gate(Gate.PATIENCE);
        shut(brief);
        try {
            if (!settle(brief)) {
                throw new StoreException(
                        Kind.OVERLOADED, "Writes under way do not end; move the store later.");
            }
        } finally {
            open(brief);
        }
        return fresh;
    }

    /** Notes no more receipts. */
    void noteNoMore() {
        noted = Optional.empty();
    }

    /**
     * Has new writes wait, and waits for those under way.
     *
     * @param bound how long any write may wait, unless the freeze is committed
     * @return empty when writes under way took longer than others may wait
     */
    Optional<Freeze> freeze(Duration bound) throws InterruptedException {
        Gate shut = new Gate(bound);
        shut(shut);
        boolean settled = false;
        try {
            settled = settle(shut);
        } finally {
            if (!settled) {
                open(shut);
            }
        }
        return settled ? Optional.of(new Freeze(shut)) : Optional.empty();
    }

    private void shut(Gate shut) {
        if (gate.isPresent()) {
            throw new IllegalStateException("it is frozen already");
        }
        gate = Optional.of(shut);
    }

    private boolean settle(Gate shut) throws InterruptedException {
        while (writing.get() > 0 && shut.isShut()) {
            LockSupport.parkNanos(LOOK_NANOS);
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while writes were waited for");
            }
        }
        return shut.isShut();
    }

    private void open(Gate shut) {
        gate = Optional.empty();
        shut.open();
    }

    /** A time in which nothing is written. */
    final class Freeze implements AutoCloseable {

        private final Gate shut;

        private Freeze(Gate shut) {
            this.shut = shut;
        }

        /** Whether no writer has ended it. */
        boolean lasts() {
            return shut.isShut();
        }

        /** Has it last until it is closed, however long writers wait; false when one ended it. */
        boolean commit() {
            return shut.commit();
        }

        /** Puts another store in charge of all calls that begin from now on; the former one. */
        Store cutOver(Store target) {
            Store former = current;
            current = target;
            return former;
        }

        /** Lets writes go on. */
        @Override
        public void close() {
            open(shut);
        }
    }

    @Override
    public Seq head() {
        return current.head();
    }

    @Override
    public boolean await(Seq after, Duration atMost) throws InterruptedException {
        while (true) {
            Store store = current;
            try {
                return store.await(after, atMost);
            } catch (StoreException e) {
                checkFormer(e, store);
            }
        }
    }

    @Override
    public Probe probe() {
        return new Probe() {
            @Override
            public Optional<String> trouble(Duration atMost) {
                return current.probe().trouble(atMost);
            }

            @Override
            public List<Flaw> flaws(int most, LongConsumer looked) {
                return current.probe().flaws(most, looked);
            }

            @Override
            public List<Remark> remarks() {
                return current.probe().remarks();
            }

            @Override
            public Reading reading() {
                return current.probe().reading();
            }
        };
    }

    @Override
    public Upkeep upkeep() {
        return new Upkeep() {
            @Override
            public Sizes sizes() {
                return current.upkeep().sizes();
            }

            @Override
            public boolean giveBack(int step) {
                return current.upkeep().giveBack(step);
            }

            @Override
            public void refresh() {
                current.upkeep().refresh();
            }

            @Override
            public void merge() {
                current.upkeep().merge();
            }
        };
    }

    @Override
    public void close() {
        current.close();
    }
}
