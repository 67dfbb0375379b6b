package dev.rocket.core.operation;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Comparing a copy with its source while the source is written to.
 *
 * <p>First the whole of both at one place, by digests of ranges. From then on each entity that a
 * change touched is compared with what the feed says that the change made of it. What is left when
 * the source is frozen is what changed in the last moments alone. For one thread.
 */
final class MoveCheck {

    /** Entities that are looked up by one read. */
    private static final int STEP = 100;

    private final Store from;
    private final Store copy;
    private final Map<Image.Id<?>, Change> touched = new LinkedHashMap<>();
    private boolean follows;

    MoveCheck(Store from, Store copy) {
        this.from = from;
        this.copy = copy;
    }

    /** A change was applied to the copy. */
    void touch(Change change) {
        if (follows) {
            touched.put(change.image().id(), change);
        }
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
     * Compares what was touched since with what its last change made of it.
     *
     * @return how they differ; empty when nothing does
     */
    Optional<String> touched() {
        List<Change> all = List.copyOf(touched.values());
        for (int i = 0; i < all.size(); i += STEP) {
            List<Change> some = all.subList(i, Math.min(all.size(), i + STEP));
            Optional<Change> unlike =
                    copy.read(s -> some.stream().filter(last -> differs(last, s)).findFirst());
            if (unlike.isPresent()) {
                return Optional.of(unlike(unlike.get().image().id(), unlike.get().seq()));
            }
            some.forEach(last -> touched.remove(last.image().id()));
        }
        return Optional.empty();
    }

    private static boolean differs(Change last, Snapshot snapshot) {
        Image image = last.image();
        Optional<Image> made = snapshot.find(image.id()).map(Image.class::cast);
        return image instanceof Image.Gone ? made.isPresent() : !made.equals(Optional.of(image));
    }
}
