package dev.rocket.core.operation;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import java.util.Optional;
import java.util.function.LongConsumer;

/** The feeds of two stores, followed side by side up to where each ends at the beginning. */
final class Feeds {

    private final Feed one;
    private final Feed other;
    private final Seq oneEnd;
    private final Seq otherEnd;
    private final CompareStores.Places numbering;
    private long places;
    private long looked;
    private long oneAhead;
    private long otherAhead;
    private Optional<CompareStores.Place> difference = Optional.empty();

    Feeds(Store one, Store other, CompareStores.Places numbering) {
        this.oneEnd = one.read(Snapshot::seq);
        this.otherEnd = other.read(Snapshot::seq);
        this.one = Feed.of(one, oneEnd);
        this.other = Feed.of(other, otherEnd);
        this.numbering = numbering;
    }

    /** Goes to the first difference; where there is none, counts what only one has. */
    void follow(LongConsumer progress) {
        while (difference.isEmpty() && one.hasNext() && other.hasNext()) {
            Change left = one.next();
            Change right = other.next();
            places++;
            looked += 2;
            progress.accept(looked);
            if (!alike(left, right)) {
                difference = Optional.of(place(left, right));
            }
        }
        if (difference.isEmpty()) {
            oneAhead = rest(one, progress);
            otherAhead = rest(other, progress);
        }
    }

    private boolean alike(Change left, Change right) {
        return switch (numbering) {
            case KEPT -> left.equals(right);
            case COUNTED -> left.equals(right.placed(left.seq(), left.prev()));
        };
    }

    /** What each has at the lower of the two places; counted ones are always the same. */
    private CompareStores.Place place(Change left, Change right) {
        boolean kept = numbering == CompareStores.Places.KEPT;
        boolean onlyOne = kept && right.seq().isAfter(left.seq());
        boolean onlyOther = kept && left.seq().isAfter(right.seq());
        return new CompareStores.Place(
                places,
                onlyOther ? Optional.empty() : Optional.of(left),
                onlyOne ? Optional.empty() : Optional.of(right));
    }

    private long rest(Feed feed, LongConsumer progress) {
        long count = 0;
        while (feed.hasNext()) {
            feed.next();
            count++;
            progress.accept(++looked);
        }
        return count;
    }

    /** Whether both end at the same place, so that their stores must hold the same. */
    boolean level() {
        return switch (numbering) {
            case KEPT -> oneEnd.equals(otherEnd);
            case COUNTED -> difference.isEmpty() && oneAhead == 0 && otherAhead == 0;
        };
    }

    /** How many changes were looked at, in both together. */
    long looked() {
        return looked;
    }

    /** How many places were compared. */
    long places() {
        return places;
    }

    /** The first place that differs. */
    Optional<CompareStores.Place> difference() {
        return difference;
    }

    /** The end of the one. */
    CompareStores.End one() {
        return new CompareStores.End(oneEnd, oneAhead);
    }

    /** The end of the other. */
    CompareStores.End other() {
        return new CompareStores.End(otherEnd, otherAhead);
    }
}
