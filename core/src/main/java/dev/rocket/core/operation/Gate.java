package dev.rocket.core.operation;

import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What new writes wait at while a store is frozen.
 *
 * <p>A writer that has waited for as long as a freeze may last opens it by itself, unless the
 * freeze is committed: then the other store is about to be in charge, and there is no way back.
 */
final class Gate {

    /** How long a writer waits at most, whatever is committed. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private enum State {
        SHUT,
        COMMITTED,
        OPEN
    }

    private final Duration bound;
    private final AtomicReference<State> state = new AtomicReference<>(State.SHUT);
    private final CountDownLatch opened = new CountDownLatch(1);

    /** Shut, for no longer than that. */
    Gate(Duration bound) {
        this.bound = bound;
    }

    /**
     * Waits until it is open.
     *
     * @throws StoreException with OVERLOADED after {@link #PATIENCE}
     */
    void pass() {
        try {
            if (opened.await(bound.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
            if (state.compareAndSet(State.SHUT, State.OPEN)) {
                opened.countDown();
            }
            if (!opened.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new StoreException(
                        Kind.OVERLOADED,
                        "The store is being moved and its new place does not answer; try again.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(
                    Kind.UNAVAILABLE, "It was interrupted while the store was being moved.", e);
        }
    }

    /** Whether nobody has opened it. */
    boolean isShut() {
        return state.get() != State.OPEN;
    }

    /** Keeps it shut until it is opened from this side; false when a writer has opened it. */
    boolean commit() {
        return state.compareAndSet(State.SHUT, State.COMMITTED);
    }

    /** Lets all writers go on; idempotent. */
    void open() {
        state.set(State.OPEN);
        opened.countDown();
    }
}
