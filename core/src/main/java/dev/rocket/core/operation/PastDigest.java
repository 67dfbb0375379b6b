package dev.rocket.core.operation;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Digest;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Page;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.LongConsumer;

/**
 * The digest that a store had at an earlier place, while it is written to.
 *
 * <p>Each page of entities is a read of its own, at whatever place the store is by then, so nothing
 * is held up and no snapshot is held open. Then the feed is followed from the earlier place on:
 * each change that a page had seen already is taken out, and what the entity was before it is put
 * back. Changes cancel out along an entity's chain, down to what it was at the earlier place.
 * Memory: about 100 bytes for each {@link Limits#PAGE} entities, and a page of the feed.
 */
final class PastDigest {

    private final Store store;
    private final Seq at;
    private final LongConsumer progress;
    private final Map<Image.Kind, TreeMap<UUID, Seq>> seen = new EnumMap<>(Image.Kind.class);
    private Digest digest = Digest.EMPTY;
    private Seq end;
    private long looked;
    private boolean unknown;

    private PastDigest(Store store, Seq at, LongConsumer progress) {
        this.store = store;
        this.at = at;
        this.end = at;
        this.progress = progress;
    }

    /**
     * Reads it.
     *
     * @param at a place that the store's readers were given
     * @param progress hears how many entities and changes were looked at so far
     * @return empty when the store has forgotten a change that it takes
     */
    static Optional<Digest> of(Store store, Seq at, LongConsumer progress) {
        PastDigest past = new PastDigest(store, at, progress);
        for (Image.Kind kind : Image.Kind.values()) {
            past.read(kind);
        }
        past.takeBack();
        return past.unknown ? Optional.empty() : Optional.of(past.digest);
    }

    /**
     * A page of entities, as they stood.
     *
     * @param seen the place at which it was read
     */
    private record Part(Seq seen, Page<Image> page) {}

    private void read(Image.Kind kind) {
        TreeMap<UUID, Seq> places = new TreeMap<>(Image.Id.ORDER);
        seen.put(kind, places);
        Optional<Cursor> next = Optional.of(Cursor.START);
        while (next.isPresent()) {
            Cursor after = next.get();
            Listing<Image> listing = new Listing.All<>(Image.class, kind, after, Limits.PAGE);
            Part part = store.read(s -> new Part(s.seq(), s.page(listing)));
            for (Image image : part.page().items()) {
                digest = digest.plus(Digest.of(image));
            }
            places.put(after.id(), part.seen());
            end = part.seen().isAfter(end) ? part.seen() : end;
            looked += part.page().items().size();
            progress.accept(looked);
            next = part.page().next();
        }
    }

    /**
     * Some changes and what the entities were before them.
     *
     * @param before the images before the changes that count, added up
     * @param after those after them
     * @param last the place of the last change
     * @param unknown whether what was before one of them is forgotten
     */
    private record Step(Digest before, Digest after, Seq last, boolean unknown) {}

    private void takeBack() {
        Seq place = at;
        while (end.isAfter(place)) {
            Seq from = place;
            Step step = store.read(snapshot -> step(snapshot, from));
            digest = digest.minus(step.after()).plus(step.before());
            unknown |= step.unknown();
            place = step.last();
        }
    }

    private Step step(Snapshot snapshot, Seq from) {
        List<Change> changes = snapshot.changes(from, Limits.CHANGES_PAGE);
        Digest before = Digest.EMPTY;
        Digest after = Digest.EMPTY;
        boolean forgotten = false;
        for (Change change : changes) {
            if (wasSeen(change)) {
                after = after.plus(of(change.image()));
                Optional<Digest> earlier = before(snapshot, change);
                before = before.plus(earlier.orElse(Digest.EMPTY));
                forgotten |= earlier.isEmpty();
            }
        }
        Seq last = changes.isEmpty() ? end : changes.getLast().seq();
        return new Step(before, after, last, forgotten);
    }

    private boolean wasSeen(Change change) {
        Image.Id<?> id = change.image().id();
        TreeMap<UUID, Seq> places = seen.getOrDefault(id.kind(), new TreeMap<>());
        Entry<UUID, Seq> page = places.lowerEntry(id.value());
        // The very first page holds its first id as well.
        Entry<UUID, Seq> reached = page == null ? places.firstEntry() : page;
        return reached != null && !change.seq().isAfter(reached.getValue());
    }

    /** What an entity was before a change; empty when the store has forgotten that. */
    private static Optional<Digest> before(Snapshot snapshot, Change change) {
        if (change.prev().equals(Seq.START)) {
            return Optional.of(Digest.EMPTY);
        }
        Seq just = new Seq(change.prev().value() - 1);
        return snapshot.changes(just, 1).stream()
                .filter(earlier -> earlier.seq().equals(change.prev()))
                .map(earlier -> of(earlier.image()))
                .findFirst();
    }

    private static Digest of(Image image) {
        return image instanceof Image.Gone ? Digest.EMPTY : Digest.of(image);
    }
}
