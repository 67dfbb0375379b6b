package dev.rocket.core.port;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Page;
import dev.rocket.core.model.Printed;
import dev.rocket.core.model.Receipt;
import dev.rocket.core.model.Seq;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A consistent read at one place in the feed.
 *
 * <p>It is good only inside the work that it was lent to.
 */
public interface Snapshot {

    /** The place of the last change it sees. */
    Seq seq();

    /** The entity of that id; empty when it never was or was deleted. */
    <I extends Image> Optional<I> find(Image.Id<I> id);

    /** The entity of a kind that holds a {@link Image#uniqueKey}. */
    Optional<Image> keyed(Image.Kind kind, String uniqueKey);

    /** One page of a list; takes time in proportion to the page, not to the store. */
    <I extends Image> Page<I> page(Listing<I> listing);

    /** What {@link #page} gives, in print. */
    default Printed printed(Listing.Tasks listing) {
        return Printed.of(page(listing));
    }

    /**
     * Changes of every kind in ascending order.
     *
     * @param after exclusive
     * @param limit at most that many, 1 to {@link dev.rocket.core.model.Limits#CHANGES_PAGE}
     */
    List<Change> changes(Seq after, int limit);

    /** The place of an entity's last change, deletions included; START when it never was. */
    Seq lastChange(Image.Id<?> id);

    /** The remembered answer to an idempotency key. */
    Optional<Receipt> receipt(Receipt.Key key);

    /**
     * Remembered answers, ascending by when they were given, then by their key's caller and word.
     *
     * @param since inclusive
     * @param after of those given at that very instant, only keys behind this one
     * @param limit at most that many
     */
    List<Receipt> receipts(Instant since, Receipt.Key after, int limit);

    /** Whether another store is in charge; empty when this one was never moved. */
    Optional<Custody> custody();
}
