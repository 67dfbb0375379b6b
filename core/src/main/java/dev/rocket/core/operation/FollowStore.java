package dev.rocket.core.operation;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Receipt;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Bringing a copy forward along the feed of the store that it was made of.
 *
 * <p>Changes go through the write door and keep their places; receipts are looked up by the keys
 * that were noted. A step that failed is begun anew behind what the copy holds, so it does not
 * matter whether it was made. For one thread.
 */
final class FollowStore {

    /** Changes, or receipts, of one step. */
    static final int PAGE = 200;

    private final Store from;
    private final Store copy;
    private final NotedReceipts noted;
    private final Consumer<Change> touched;
    private Optional<Seq> at = Optional.empty();

    /**
     * Follows a store.
     *
     * @param touched hears which changes were applied
     */
    FollowStore(Store from, Store copy, NotedReceipts noted, Consumer<Change> touched) {
        this.from = from;
        this.copy = copy;
        this.noted = noted;
        this.touched = touched;
    }

    /** The place up to which the copy has come. */
    Seq at() {
        if (at.isEmpty()) {
            at = Optional.of(copy.read(Snapshot::seq));
        }
        return at.get();
    }

    /**
     * Applies the next changes, up to a place.
     *
     * @return how many
     * @throws StoreException with CORRUPT when the copy was changed by somebody else
     */
    int step(Seq until) {
        Seq after = at();
        List<Change> page =
                from.read(s -> s.changes(after, PAGE)).stream()
                        .filter(change -> !change.seq().isAfter(until))
                        .toList();
        if (page.isEmpty()) {
            return 0;
        }
        at = Optional.empty();
        try {
            copy.write(
                    tx -> {
                        page.forEach(change -> check(change, tx.apply(change)));
                        return true;
                    });
        } catch (Refused | IllegalArgumentException e) {
            throw foreign(page.get(0), e);
        }
        page.forEach(touched);
        at = Optional.of(page.get(page.size() - 1).seq());
        return page.size();
    }

    private static void check(Change change, Change applied) {
        if (!applied.equals(change)) {
            throw new IllegalArgumentException("it became " + applied.seq().value());
        }
    }

    private static StoreException foreign(Change change, RuntimeException e) {
        return new StoreException(
                StoreException.Kind.CORRUPT,
                "The copy does not take the change at Seq "
                        + change.seq().value()
                        + ": somebody else has written to it, or it is damaged; begin the move"
                        + " again with an empty place.",
                e);
    }

    /** Applies all changes up to a place. */
    void to(Seq until) {
        while (until.isAfter(at()) && step(until) > 0) {
            Thread.onSpinWait();
        }
    }

    /** Brings the receipts forward of all changes that the copy has. */
    void receipts() {
        if (noted.takeOverflow()) {
            boolean done = false;
            try {
                all();
                done = true;
            } finally {
                if (!done) {
                    noted.overflow();
                }
            }
        }
        // What is noted meanwhile is for the next time: writers may note as fast as this takes.
        int left = noted.size();
        List<Receipt.Key> later = new ArrayList<>();
        try {
            while (left > 0) {
                List<Receipt.Key> keys = noted.take(Math.min(PAGE, left));
                later.addAll(some(keys));
                left -= keys.size();
            }
        } finally {
            noted.note(later);
        }
    }

    /** Brings some forward; the keys of those whose changes the copy does not have yet. */
    private List<Receipt.Key> some(List<Receipt.Key> keys) {
        boolean done = false;
        try {
            List<Receipt> found =
                    from.read(
                            s -> keys.stream().map(s::receipt).flatMap(Optional::stream).toList());
            List<Receipt> known = found.stream().filter(this::isKnown).toList();
            if (!known.isEmpty()) {
                copy.write(
                        tx -> {
                            known.forEach(tx::remember);
                            return true;
                        });
            }
            done = true;
            return found.stream().filter(receipt -> !isKnown(receipt)).map(Receipt::key).toList();
        } finally {
            if (!done) {
                noted.note(keys);
            }
        }
    }

    private void all() {
        Instant since = Instant.EPOCH;
        Receipt.Key after = Receipt.Key.START;
        boolean more = true;
        while (more) {
            Instant given = since;
            Receipt.Key key = after;
            List<Receipt> page = from.read(s -> s.receipts(given, key, PAGE));
            add(page.stream().filter(this::isKnown).toList());
            noted.note(
                    page.stream().filter(receipt -> !isKnown(receipt)).map(Receipt::key).toList());
            more = page.size() == PAGE;
            if (more) {
                since = page.get(PAGE - 1).at();
                after = page.get(PAGE - 1).key();
            }
        }
    }

    private boolean isKnown(Receipt receipt) {
        return receipt.changes().stream().noneMatch(change -> change.isAfter(at()));
    }

    /** Writes those that the copy does not hold; of all there are, most are there. */
    private void add(List<Receipt> receipts) {
        if (receipts.isEmpty()) {
            return;
        }
        copy.write(
                tx -> {
                    for (Receipt receipt : receipts) {
                        if (!tx.receipt(receipt.key()).equals(Optional.of(receipt))) {
                            tx.remember(receipt);
                        }
                    }
                    return true;
                });
    }
}
