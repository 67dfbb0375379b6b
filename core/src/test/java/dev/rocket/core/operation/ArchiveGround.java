package dev.rocket.core.operation;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Digest;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import java.util.ArrayList;
import java.util.List;

/** A store that grows as another one did, and is archived on the way. */
final class ArchiveGround implements AutoCloseable {

    private final List<Change> script;
    private final Store store = new MemoryStore();
    private int grown;

    /** Begins empty; what is to come is drawn by lot. */
    ArchiveGround(long seed) {
        try (Store sample = SampleStore.of(seed)) {
            this.script = feed(sample);
        }
    }

    /** All changes of a store. */
    static List<Change> feed(Store store) {
        List<Change> all = new ArrayList<>();
        for (Feed feed = Feed.of(store, store.read(Snapshot::seq)); feed.hasNext(); ) {
            all.add(feed.next());
        }
        return all;
    }

    /** How many changes there will be. */
    int size() {
        return script.size();
    }

    /** The store. */
    Store store() {
        return store;
    }

    /** Lets the next changes happen. */
    void grow(int changes) {
        for (int i = 0; i < changes && grown < script.size(); i++) {
            Change next = script.get(grown++);
            store.write(tx -> tx.apply(next));
        }
    }

    /** A store as this one was after its first changes. */
    Store copy(int changes) {
        Store copy = new MemoryStore();
        for (Change change : script.subList(0, changes)) {
            copy.write(tx -> tx.apply(change));
        }
        return copy;
    }

    /** The change at a place in the order, counted from 1. */
    Change change(int number) {
        return script.get(number - 1);
    }

    /** The digest of all that a store holds. */
    static Digest digest(Store store) {
        return store.read(snapshot -> RangeDigests.of(snapshot, looked -> {}).total());
    }

    /** Makes an archive of that many segments, with all changes in it. */
    void archive(ArchiveFolder folder, int segments) {
        ArchiveFeed archive = new ArchiveFeed(store, folder);
        int each = Math.max(1, Math.min(script.size() / segments, Limits.CHANGES_PAGE));
        for (int i = 1; i < segments; i++) {
            grow(each);
            archive.run();
        }
        grow(script.size());
        archive.run();
    }

    /** The place of the last change. */
    Seq end() {
        return script.get(script.size() - 1).seq();
    }

    @Override
    public void close() {
        store.close();
    }
}
