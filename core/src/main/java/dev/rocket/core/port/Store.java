package dev.rocket.core.port;

import dev.rocket.core.model.Seq;
import java.time.Duration;
import java.util.function.Function;

/**
 * Durable state and its feed, together.
 *
 * <p>Consistency. A write is atomic and, once {@link #write} has returned, durable: it survives the
 * end of the process and of the machine. Writes are serialisable in the order of their {@link Seq}.
 * A read sees one instant: every change up to its {@link Snapshot#seq} and none after. A reader
 * that was given a place in the feed never sees a change appear behind it. Whoever wrote sees the
 * write in every read begun afterwards. All methods may be called from any thread; both kinds of
 * work run on a thread of the store's choice, must not call the store again, and may be run more
 * than once when the engine asks for it, so they have no other effects.
 */
public interface Store extends AutoCloseable {

    /**
     * Runs work on a consistent snapshot; blocks until it is done.
     *
     * @throws dev.rocket.core.model.Refused what the work threw
     * @throws StoreException when the machine failed
     */
    <T> T read(Function<? super Snapshot, ? extends T> work);

    /**
     * Runs work that may apply changes; blocks until they are durable. When it throws, nothing of
     * it remains.
     *
     * @throws dev.rocket.core.model.Refused what the work threw
     * @throws StoreException when the machine failed; {@link StoreException.Kind#OVERLOADED} when
     *     the bounded queue of writers is full
     */
    <T> T write(Function<? super Transaction, ? extends T> work);

    /** The place of the last change that a reader may see; never blocks. */
    Seq head();

    /**
     * Waits for the feed to grow.
     *
     * @param after the last place seen
     * @param atMost how long to wait
     * @return whether {@link #head} is after that place
     * @throws InterruptedException when the waiting thread is interrupted
     */
    boolean await(Seq after, Duration atMost) throws InterruptedException;

    /** What can be measured of it. */
    Probe probe();

    /** Its own housekeeping. */
    Upkeep upkeep();

    /** Finishes what was accepted, then lets everything go; idempotent. */
    @Override
    void close();
}
