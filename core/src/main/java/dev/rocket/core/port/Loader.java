package dev.rocket.core.port;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Receipt;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * The way in bulk into a store that holds nothing.
 *
 * <p>It is given the other's feed from the first change on, each at its place and with its
 * predecessor, and the receipts. {@link #finish} makes the entities out of the feed: an entity
 * stands as the change says that no other names as its predecessor. Only then there is a store, and
 * all of it is durable. A load that was closed before, or whose process or machine ended, left
 * nothing that a server would open, and the next loader begins anew at the same place.
 *
 * <p>Memory is bounded by what one call is given. For one thread; every method may throw {@link
 * StoreException} when the machine failed, and is of no more use then but to be closed.
 */
public interface Loader extends AutoCloseable {

    /**
     * Takes changes that follow those before.
     *
     * @param changes numbered, in ascending order
     * @throws IllegalArgumentException for a place that is not after the last
     */
    void changes(List<Change> changes);

    /**
     * Takes receipts, in any order.
     *
     * @param receipts of keys that were not given before
     */
    void receipts(List<Receipt> receipts);

    /** Marks the store that comes of it; called at most once. */
    void custody(Custody custody);

    /**
     * Makes the entities and what finds them; then everything is durable and may be opened.
     *
     * @param entities hears how many entities were made so far, deleted ones among them
     * @throws StoreException with CORRUPT when two changes claim to be the newest of one entity
     */
    void finish(LongConsumer entities);

    /** Lets go, and throws away what is not finished; idempotent. */
    @Override
    void close();
}
