package dev.rocket.core.operation;

import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Digest;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Page;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The digests of a snapshot's entities, range by range.
 *
 * <p>A range is what one page held: about 100 bytes stand for {@link
 * dev.rocket.core.model.Limits#PAGE} entities.
 *
 * @param seq the place at which they were taken
 * @param ranges each kind's, ascending by id; together they hold every id there can be
 */
record RangeDigests(Seq seq, List<Range> ranges) {

    /**
     * The entities of a kind behind one id, up to and with another.
     *
     * @param after exclusive
     * @param end inclusive; empty for whatever follows
     * @param digest of what is in it
     */
    record Range(Image.Kind kind, Cursor after, Optional<Cursor> end, Digest digest) {

        /** Whether an entity of that kind, not before it, is in it. */
        boolean reaches(Image image) {
            return end.isEmpty() || Image.Id.ORDER.compare(image.id().value(), end.get().id()) <= 0;
        }

        /** The first entities of a snapshot that are in it, at most so many. */
        List<Image> images(Snapshot snapshot, int limit) {
            List<Image> images = new ArrayList<>();
            Pages pages = new Pages(snapshot, kind, after);
            while (pages.hasNext() && images.size() < limit) {
                for (Image image : pages.next().items()) {
                    if (!reaches(image) || images.size() == limit) {
                        return images;
                    }
                    images.add(image);
                }
            }
            return images;
        }

        private Range with(Digest other) {
            return new Range(kind, after, end, other);
        }
    }

    /**
     * Takes the digests of all entities, and the ranges as its pages fall.
     *
     * @param progress hears how many entities were looked at so far
     */
    static RangeDigests of(Snapshot snapshot, LongConsumer progress) {
        List<Range> ranges = new ArrayList<>();
        long looked = 0;
        for (Image.Kind kind : Image.Kind.values()) {
            Cursor after = Cursor.START;
            Pages pages = new Pages(snapshot, kind);
            while (pages.hasNext()) {
                Page<Image> page = pages.next();
                Digest digest = Digest.EMPTY;
                for (Image image : page.items()) {
                    digest = digest.plus(Digest.of(image));
                }
                ranges.add(new Range(kind, after, page.next(), digest));
                after = page.next().orElse(after);
                looked += page.items().size();
                progress.accept(looked);
            }
        }
        return new RangeDigests(snapshot.seq(), List.copyOf(ranges));
    }

    /**
     * Takes the digests of another snapshot's entities in the same ranges.
     *
     * @param progress hears how many entities were looked at so far
     */
    RangeDigests along(Snapshot snapshot, LongConsumer progress) {
        List<Range> taken = new ArrayList<>();
        long looked = 0;
        for (Image.Kind kind : Image.Kind.values()) {
            List<Range> own = ranges.stream().filter(range -> range.kind() == kind).toList();
            Digest digest = Digest.EMPTY;
            int at = 0;
            Pages pages = new Pages(snapshot, kind);
            while (pages.hasNext()) {
                Page<Image> page = pages.next();
                for (Image image : page.items()) {
                    while (!own.get(at).reaches(image)) {
                        taken.add(own.get(at).with(digest));
                        digest = Digest.EMPTY;
                        at++;
                    }
                    digest = digest.plus(Digest.of(image));
                }
                looked += page.items().size();
                progress.accept(looked);
            }
            for (; at < own.size(); at++) {
                taken.add(own.get(at).with(digest));
                digest = Digest.EMPTY;
            }
        }
        return new RangeDigests(snapshot.seq(), List.copyOf(taken));
    }

    /** The digest of all. */
    Digest total() {
        return ranges.stream().map(Range::digest).reduce(Digest.EMPTY, Digest::plus);
    }

    /** The first range whose digest another does not share; both have the same ranges. */
    Optional<Range> firstUnlike(RangeDigests other) {
        for (int i = 0; i < ranges.size(); i++) {
            if (!ranges.get(i).digest().equals(other.ranges.get(i).digest())) {
                return Optional.of(ranges.get(i));
            }
        }
        return Optional.empty();
    }
}
