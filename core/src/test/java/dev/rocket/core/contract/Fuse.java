package dev.rocket.core.contract;

import dev.rocket.core.operation.Destination;
import dev.rocket.core.port.Loader;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.Transaction;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The end of a process at one call to a store.
 *
 * <p>Calls of the thread that moves the store count. Once it has burnt down, no call is let through
 * any more, until it is put out: then a new process begins.
 */
final class Fuse {

    private final AtomicInteger left;
    private final boolean after;
    private volatile boolean lit;
    private volatile boolean dead;

    /**
     * One that ends the process.
     *
     * @param calls the number of the last call
     * @param after whether that call is still done
     */
    Fuse(int calls, boolean after) {
        this.left = new AtomicInteger(calls);
        this.after = after;
    }

    /** What is thrown in place of an answer. */
    static final class Death extends RuntimeException {

        private static final long serialVersionUID = 1;

        Death() {
            super("the process has ended");
        }
    }

    /** Counts calls from now on. */
    void light() {
        lit = true;
    }

    /** Lets everything through again. */
    void putOut() {
        lit = false;
        dead = false;
    }

    /** Whether it has burnt down. */
    boolean isDead() {
        return dead;
    }

    private boolean isLast() {
        if (dead) {
            throw new Death();
        }
        boolean counts = lit && Thread.currentThread().getName().equals(MovingServer.MOVER);
        boolean last = counts && left.decrementAndGet() == 0;
        if (last && !after) {
            dead = true;
            throw new Death();
        }
        return last;
    }

    private <T> T done(boolean last, T result) {
        if (last) {
            dead = true;
            throw new Death();
        }
        return result;
    }

    /** What the last call opened ends with the process, and its locks with it. */
    private <T extends AutoCloseable> T opened(boolean last, T result) {
        if (last) {
            try {
                result.close();
            } catch (Exception e) {
                throw new AssertionError("what a crash opened does not close", e);
            }
        }
        return done(last, result);
    }

    /** A place whose stores burn. */
    Destination on(Destination real) {
        return new BurningPlace(real);
    }

    private final class BurningPlace extends ForwardingPlace {

        BurningPlace(Destination real) {
            super(real);
        }

        @Override
        public Optional<Store> found() {
            boolean last = isLast();
            Optional<Store> found = super.found().map(store -> opened(last, store));
            return done(last, found).map(Fuse.this::on);
        }

        @Override
        public Loader loader() {
            boolean last = isLast();
            return opened(last, super.loader());
        }

        @Override
        public void discard(String source) {
            boolean last = isLast();
            super.discard(source);
            done(last, source);
        }
    }

    /** A store that burns. */
    Store on(Store real) {
        return new ForwardingStore() {
            @Override
            protected Store real() {
                return real;
            }

            @Override
            public <T> T read(Function<? super Snapshot, ? extends T> work) {
                boolean last = isLast();
                return done(last, real.<T>read(work));
            }

            @Override
            public <T> T write(Function<? super Transaction, ? extends T> work) {
                boolean last = isLast();
                return done(last, real.<T>write(work));
            }
        };
    }
}
