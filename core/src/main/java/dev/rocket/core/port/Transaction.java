package dev.rocket.core.port;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Receipt;
import dev.rocket.core.model.Seq;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * The one write door.
 *
 * <p>It is a snapshot that sees its own changes and may apply more. {@link #apply} writes the
 * entity, checks its revision and appends to the feed; nothing writes state beside it.
 */
public interface Transaction extends Snapshot {

    /**
     * Applies a change.
     *
     * <p>The revision must be one more than the current one. An entity that does not exist may
     * begin at any revision above that of its deletion, if it was deleted. A draft gets the next
     * place in the feed; a numbered change (replay) keeps its place, which must lie after the last.
     * The store names the predecessor itself.
     *
     * @return the change at its place
     * @throws dev.rocket.core.model.Refused with Stale (another revision is current), NotFound (a
     *     deletion of what is not there, or a revision not above that of its deletion), Exists (a
     *     first revision of what is there) or Taken (the unique key belongs to another entity);
     *     nothing was written then, and the transaction may go on
     * @throws IllegalArgumentException for a numbered change whose place is not after the last
     */
    Change apply(Change change);

    /**
     * Remembers an answer; a receipt under the same key is replaced.
     *
     * <p>Only changes applied in this transaction may be named.
     */
    void remember(Receipt receipt);

    /**
     * Forgets what is old.
     *
     * @return how much was forgotten
     */
    int forget(Old old);

    /** What may be forgotten. */
    sealed interface Old {

        /**
         * The receipts given before an instant.
         *
         * @param limit at most that many
         */
        record Receipts(Instant before, int limit) implements Old {}

        /**
         * Changes that a later one of the same entity follows.
         *
         * <p>Each goes that a change behind one place and up to another names as its predecessor.
         * So the newest change of each entity is never forgotten, deletions included, and what is
         * left stays as it was: a {@link Change#prev} may name what is forgotten.
         *
         * @param after exclusive
         * @param upTo inclusive; not many changes may lie between
         */
        record Superseded(Seq after, Seq upTo) implements Old {}
    }

    /**
     * Writes down which store is in charge, over what was there.
     *
     * <p>When it has returned, no write beside this transaction is under way, and {@link #changes}
     * shows all there were. In a store that is marked as moved, nobody but replay may apply a
     * change.
     */
    void custody(Custody custody);

    /**
     * Runs work in a savepoint: what it throws is thrown on, and takes back only what it did.
     *
     * @throws dev.rocket.core.model.Refused what the work threw
     */
    <T> T attempt(Supplier<? extends T> work);
}
