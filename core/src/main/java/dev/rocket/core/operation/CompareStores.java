package dev.rocket.core.operation;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Digest;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Receipt;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Comparing two stores, feed with feed and entities with entities.
 *
 * <p>First the feeds, change by change, up to where each ended when the comparison began; what was
 * written since is left out. A feed below a place that a reader was given never changes, so each
 * page is a read of its own and holds nobody up. Then, when both feeds end at the same place, the
 * entities, tokens among them: each store's are read in one consistent snapshot, one store after
 * the other, as digests of ranges; the first range that differs is read again to name the entity.
 * Where the feeds end at different places the entities must differ, so they are not looked at. At
 * last the remembered answers, as far as both feeds reach and agree.
 *
 * <p>Memory is bounded by a page of each feed, and about 100 bytes for each {@link Limits#PAGE}
 * entities.
 */
public final class CompareStores {

    private final Store one;
    private final Store other;

    /** Compares these two. */
    public CompareStores(Store one, Store other) {
        this.one = one;
        this.other = other;
    }

    /** What the places in two feeds have in common. */
    public enum Places {
        /** One store is a copy of the other: a change has the same place in both. */
        KEPT,
        /**
         * Each was written by itself: changes come in the same order, but an engine may have
         * skipped numbers, so neither {@link Change#seq} nor {@link Change#prev} is compared.
         */
        COUNTED
    }

    /**
     * What a comparison found.
     *
     * @param one the one store's end
     * @param other the other's
     * @param places how many places in the feeds were compared
     * @param forgotten how many changes only one has, since the other may have forgotten them
     * @param feed the first place at which they differ; what follows it was not compared
     * @param state of the entities; empty when they were not compared, since the feeds do not end
     *     at the same place or a store was written to meanwhile
     * @param receipts of the remembered answers; empty when they were not compared, since the feeds
     *     differ
     */
    public record Report(
            End one,
            End other,
            long places,
            long forgotten,
            Optional<Place> feed,
            Optional<State> state,
            Optional<Receipts> receipts) {

        /** Whether both hold the same, as far as can be asked. */
        public boolean equal() {
            return feed.isEmpty()
                    && state.map(State::equal).orElse(false)
                    && receipts.map(Receipts::equal).orElse(false);
        }
    }

    /**
     * How the remembered answers compare.
     *
     * @param compared how many both have
     * @param forgotten how many only one has, and the other may have forgotten
     * @param first the first that differs, by when it was given; what follows was not compared
     */
    public record Receipts(long compared, long forgotten, Optional<Answer> first) {

        /** Whether they are the same. */
        public boolean equal() {
            return first.isEmpty();
        }
    }

    /**
     * A remembered answer that differs.
     *
     * @param one what the one store has; empty when it has none
     * @param other what the other has
     */
    public record Answer(Optional<Receipt> one, Optional<Receipt> other) {}

    /**
     * Where a store's feed ended.
     *
     * @param seq the place of its last change
     * @param ahead how many changes follow the last that both have; 0 when the feeds differ before
     */
    public record End(Seq seq, long ahead) {}

    /**
     * A place at which the feeds differ.
     *
     * @param number of the place, counted from 1
     * @param one what the one store has there; empty when it has nothing there
     * @param other what the other has there
     */
    public record Place(long number, Optional<Change> one, Optional<Change> other) {}

    /**
     * How the entities compare.
     *
     * @param one the digest of the one store's
     * @param other the digest of the other's
     * @param first the first that differs, by kind and id; empty when none does, or when a store
     *     was written to before it was found
     */
    public record State(Digest one, Digest other, Optional<Entity> first) {

        /** Whether they are the same. */
        public boolean equal() {
            return one.equals(other);
        }
    }

    /**
     * An entity that differs.
     *
     * @param id whose
     * @param one what the one store has; empty when it has none
     * @param other what the other has
     */
    public record Entity(Image.Id<?> id, Optional<Image> one, Optional<Image> other) {}

    /**
     * Compares, and takes it that no answer was forgotten.
     *
     * @param progress hears how many changes and entities were looked at so far, in both together
     * @throws dev.rocket.core.port.StoreException when the machine below either failed
     */
    public Report run(Places places, LongConsumer progress) {
        return run(places, Instant.EPOCH, progress);
    }

    /**
     * Compares.
     *
     * @param kept answers given before it may be forgotten by one; {@link
     *     ForgetReceipts#REMEMBERED} before now where stores were served
     * @param progress hears how many changes, entities and answers were looked at so far
     * @throws dev.rocket.core.port.StoreException when the machine below either failed
     */
    public Report run(Places places, Instant kept, LongConsumer progress) {
        Feeds feeds = new Feeds(one, other, places);
        feeds.follow(progress);
        Optional<State> state =
                feeds.level()
                        ? state(feeds, looked -> progress.accept(feeds.looked() + looked))
                        : Optional.empty();
        long entities = state.map(both -> both.one().count() + both.other().count()).orElse(0L);
        long before = feeds.looked() + entities;
        Optional<Receipts> receipts =
                feeds.agree()
                        ? Optional.of(
                                new CompareReceipts(feeds, places, kept)
                                        .run(looked -> progress.accept(before + looked)))
                        : Optional.empty();
        return new Report(
                feeds.one(),
                feeds.other(),
                feeds.places(),
                feeds.forgotten(),
                feeds.difference(),
                state,
                receipts);
    }

    private Optional<State> state(Feeds feeds, LongConsumer progress) {
        RangeDigests mine = one.read(snapshot -> RangeDigests.of(snapshot, progress));
        long before = mine.total().count();
        RangeDigests theirs =
                other.read(
                        snapshot ->
                                mine.along(snapshot, looked -> progress.accept(before + looked)));
        if (!mine.seq().equals(feeds.one().seq()) || !theirs.seq().equals(feeds.other().seq())) {
            return Optional.empty();
        }
        Optional<Entity> first = mine.firstUnlike(theirs).flatMap(range -> first(range, feeds));
        return Optional.of(new State(mine.total(), theirs.total(), first));
    }

    private Optional<Entity> first(RangeDigests.Range range, Feeds feeds) {
        Optional<List<Image>> mine = one.read(s -> part(s, feeds.one(), range, Limits.PAGE));
        int most = mine.map(List::size).orElse(0) + 1;
        Optional<List<Image>> theirs = other.read(s -> part(s, feeds.other(), range, most));
        return mine.flatMap(left -> theirs.flatMap(right -> first(left, right)));
    }

    /** What is in a range; empty when the store was written to since it was digested. */
    private static Optional<List<Image>> part(
            Snapshot snapshot, End end, RangeDigests.Range range, int limit) {
        return snapshot.seq().equals(end.seq())
                ? Optional.of(range.images(snapshot, limit))
                : Optional.empty();
    }

    private static Optional<Entity> first(List<Image> mine, List<Image> theirs) {
        int at = 0;
        while (at < Math.min(mine.size(), theirs.size()) && mine.get(at).equals(theirs.get(at))) {
            at++;
        }
        Optional<Image> left = mine.stream().skip(at).findFirst();
        Optional<Image> right = theirs.stream().skip(at).findFirst();
        if (left.isEmpty() || right.isEmpty()) {
            return left.or(() -> right).map(image -> new Entity(image.id(), left, right));
        }
        Image.Id<?> id = left.get().id();
        int order = Image.Id.ORDER.compare(id.value(), right.get().id().value());
        return Optional.of(
                new Entity(
                        order <= 0 ? id : right.get().id(),
                        left.filter(image -> order <= 0),
                        right.filter(image -> order >= 0)));
    }
}
