package dev.rocket.core.operation;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import java.util.Optional;
import java.util.function.LongConsumer;

/** The feeds of two stores, followed side by side up to where each ends at the beginning. */
final class Feeds {

    private final Store oneStore;
    private final Store otherStore;
    private final Feed one;
    private final Feed other;
    private final Seq oneEnd;
    private final Seq otherEnd;
    private final CompareStores.Places numbering;
    private long places;
    private long looked;
    private long forgotten;
    private long oneAhead;
    private long otherAhead;
    private Optional<CompareStores.Place> difference = Optional.empty();

    Feeds(Store one, Store other, CompareStores.Places numbering) {
        this.oneStore = one;
        this.otherStore = other;
        this.oneEnd = one.read(Snapshot::seq);
        this.otherEnd = other.read(Snapshot::seq);
        this.one = Feed.of(one, oneEnd);
        this.other = Feed.of(other, otherEnd);
        this.numbering = numbering;
    }

    /**
     * Goes to the first difference; where there is none, counts what only one has. What one store
     * may have forgotten and the other still has is no difference.
     */
    void follow(LongConsumer progress) {
        Optional<Change> left = next(one);
        Optional<Change> right = next(other);
        while (difference.isEmpty() && left.isPresent() && right.isPresent()) {
            Change mine = left.get();
            Change theirs = right.get();
            if (isForgotten(mine, theirs, otherStore)) {
                forgotten++;
                left = next(one);
            } else if (isForgotten(theirs, mine, oneStore)) {
                forgotten++;
                right = next(other);
            } else {
                places++;
                if (!alike(mine, theirs)) {
                    difference = Optional.of(place(mine, theirs));
                }
                left = next(one);
                right = next(other);
            }
            progress.accept(looked);
        }
        if (difference.isEmpty()) {
            oneAhead = left.map(first -> 1 + rest(one, progress)).orElse(0L);
            otherAhead = right.map(first -> 1 + rest(other, progress)).orElse(0L);
        }
    }

    private Optional<Change> next(Feed feed) {
        if (!feed.hasNext()) {
            return Optional.empty();
        }
        looked++;
        return Optional.of(feed.next());
    }

    /** Whether a store lacks a change that lies before its next one, and may have forgotten it. */
    private boolean isForgotten(Change change, Change next, Store store) {
        return numbering == CompareStores.Places.KEPT
                && next.seq().isAfter(change.seq())
                && Forgotten.mayBe(store, change);
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

    /** How many changes only one of them has, since the other has forgotten them. */
    long forgotten() {
        return forgotten;
    }

    /** How many places were compared. */
    long places() {
        return places;
    }

    /** The first place that differs. */
    Optional<CompareStores.Place> difference() {
        return difference;
    }

    /** The place up to which both can be compared, where one of them ends at the given one. */
    Seq end(Seq own) {
        boolean kept = numbering == CompareStores.Places.KEPT;
        return kept && own.isAfter(lower()) ? lower() : own;
    }

    private Seq lower() {
        return oneEnd.isAfter(otherEnd) ? otherEnd : oneEnd;
    }

    /** Whether both say the same as far as both reach. */
    boolean agree() {
        return difference.isEmpty() && (numbering == CompareStores.Places.KEPT || level());
    }

    /** Where the one feed is. */
    Store oneStore() {
        return oneStore;
    }

    /** Where the other is. */
    Store otherStore() {
        return otherStore;
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
