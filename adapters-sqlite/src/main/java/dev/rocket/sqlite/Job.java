package dev.rocket.sqlite;

import dev.rocket.core.model.Refused;
import dev.rocket.core.port.StoreException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Work that waits for a SQLite thread, and its outcome.
 *
 * <p>The caller parks until {@link #answer} is called; an interrupt does not end the wait, since
 * the outcome would be lost, but is kept for the caller.
 *
 * @param <C> what the work is lent
 * @param <T> what it gives
 */
final class Job<C, T> {

    private final Function<? super C, ? extends T> work;
    private final Thread caller = Thread.currentThread();
    private final long queuedAt = System.nanoTime();
    private @Nullable T result;
    private @Nullable Throwable failure;
    private volatile boolean answered;

    Job(Function<? super C, ? extends T> work) {
        this.work = work;
    }

    /** When it was queued, by the nanosecond clock. */
    long queuedAt() {
        return queuedAt;
    }

    /** Does the work, perhaps once more, and keeps its result; what it throws is thrown on. */
    void run(C lent) {
        failure = null;
        result = work.apply(lent);
    }

    /** Gives up the work for a reason. */
    void fail(Throwable why) {
        failure = why;
    }

    /** Whether it was given up. */
    boolean hasFailed() {
        return failure != null;
    }

    /** Whether it was given up for another reason than a refusal. */
    boolean hasBroken() {
        return failure != null && !(failure instanceof Refused);
    }

    /** Lets the caller go on with what it got. */
    void answer() {
        answered = true;
        LockSupport.unpark(caller);
    }

    /** Waits for the answer. */
    @Nullable T await() {
        boolean interrupted = false;
        while (!answered) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure instanceof StoreException e) {
            throw new StoreException(e.kind(), String.valueOf(e.getMessage()), e);
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        return result;
    }
}
