package dev.rocket.core.operation;

import dev.rocket.core.model.Image;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Comparing a copy with its source while the source is written to.
 *
 * <p>First the whole of both at one place, by digests of ranges. From then on an entity that a
 * change touched is compared once more, as soon as the source has not gone beyond the copy for it.
 * What is left when the source is frozen is what changed in the last moments alone. For one thread.
 */
final class MoveCheck {

    /** Entities that are compared by one read of each. */
    private static final int STEP = 100;

    private final Store from;
    private final Store copy;
    private final Set<Image.Id<?>> touched = new LinkedHashSet<>();
    private boolean follows;

    MoveCheck(Store from, Store copy) {
        this.from = from;
        this.copy = copy;
    }

    /** An entity as it was found, and the place of its last change. */
    private record Found(Optional<Image> image, Seq last) {

        static Found in(Snapshot snapshot, Image.Id<?> id) {
            return new Found(snapshot.find(id).map(Image.class::cast), snapshot.lastChange(id));
        }
    }

    /** A change of that entity was applied to the copy. */
    void touch(Image.Id<?> id) {
        if (follows) {
            touched.add(id);
        }
    }

    /** How many entities are still to be compared. */
    int left() {
        return touched.size();
    }

    /**
     * Compares all entities.
     *
     * @param follow brings the copy forward to a place
     * @param progress hears how many entities were looked at, in both together
     * @return how they differ; empty when they do not
     */
    Optional<String> all(Following follow, LongConsumer progress) {
        RangeDigests mine = from.read(s -> RangeDigests.of(s, progress));
        follows = true;
        follow.to(mine.seq());
        long before = mine.total().count();
        RangeDigests theirs =
                copy.read(s -> mine.along(s, looked -> progress.accept(before + looked)));
        if (!mine.seq().equals(theirs.seq())) {
            return Optional.of(
                    "the copy is at Seq "
                            + theirs.seq().value()
                            + ", not "
                            + mine.seq().value()
                            + "; somebody else has written to it");
        }
        return mine.firstUnlike(theirs).map(range -> name(range, mine.seq()));
    }

    /** Brings the copy forward. */
    @FunctionalInterface
    interface Following {
        /** Applies all changes up to a place. */
        void to(Seq until);
    }

    /** The first entity of a range that differs and was not changed since. */
    private String name(RangeDigests.Range range, Seq at) {
        Map<Image.Id<?>, Image> mine = from.read(s -> images(s, range));
        Map<Image.Id<?>, Image> theirs = copy.read(s -> images(s, range));
        Set<Image.Id<?>> ids = new LinkedHashSet<>(mine.keySet());
        ids.addAll(theirs.keySet());
        for (Image.Id<?> id : ids) {
            boolean differs =
                    !Optional.ofNullable(mine.get(id)).equals(Optional.ofNullable(theirs.get(id)));
            if (differs && !from.read(s -> s.lastChange(id)).isAfter(at)) {
                return unlike(id, at);
            }
        }
        return "a " + range.kind().wire() + " differs at Seq " + at.value();
    }

    private static Map<Image.Id<?>, Image> images(Snapshot snapshot, RangeDigests.Range range) {
        Map<Image.Id<?>, Image> images = new HashMap<>();
        range.images(snapshot, Integer.MAX_VALUE).forEach(image -> images.put(image.id(), image));
        return images;
    }

    private static String unlike(Image.Id<?> id, Seq at) {
        return "the " + id.kind().wire() + " " + id.value() + " differs at Seq " + at.value();
    }

    /**
     * Compares what was touched since, as far as that is possible now.
     *
     * @return how they differ; empty when nothing that was compared does
     */
    Optional<String> touched() {
        List<Image.Id<?>> all = new ArrayList<>(touched);
        Optional<String> difference = Optional.empty();
        for (int i = 0; i < all.size() && difference.isEmpty(); i += STEP) {
            difference = some(all.subList(i, Math.min(all.size(), i + STEP)));
        }
        return difference;
    }

    private Optional<String> some(List<Image.Id<?>> ids) {
        List<Found> theirs = copy.read(s -> ids.stream().map(id -> Found.in(s, id)).toList());
        List<Found> mine = from.read(s -> ids.stream().map(id -> Found.in(s, id)).toList());
        Iterator<Found> copies = theirs.iterator();
        Iterator<Found> sources = mine.iterator();
        for (Image.Id<?> id : ids) {
            Found copied = copies.next();
            Found source = sources.next();
            if (source.last().isAfter(copied.last())) {
                continue;
            }
            if (!source.equals(copied)) {
                return Optional.of(unlike(id, copied.last()));
            }
            touched.remove(id);
        }
        return Optional.empty();
    }
}
