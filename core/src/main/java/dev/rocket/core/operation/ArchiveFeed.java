package dev.rocket.core.operation;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Archiving the feed: what it has behind the archive is sealed.
 *
 * <p>It needs the store's reading side alone. Where to go on stands in the newest segment, so a
 * process that is killed at any step goes on behind what was sealed, and nothing is sealed twice or
 * left out. A folder has one writer at a time. Memory is bounded by a page of the feed.
 */
public final class ArchiveFeed {

    /** Changes that one segment holds at most. */
    public static final int SEGMENT_CHANGES = 10_000;

    private final Store store;
    private final ArchiveFolder folder;
    private volatile boolean ours;

    /** Archives a store's feed into a folder, which is made when it is not there. */
    public ArchiveFeed(Store store, ArchiveFolder folder) {
        this.store = store;
        this.folder = folder;
    }

    /**
     * What a run came to.
     *
     * @param segments how many it sealed
     * @param changes how many they hold
     * @param last the place up to which all is archived
     */
    public record Archived(int segments, long changes, Seq last) {}

    /**
     * How far the archive is behind the feed.
     *
     * @param places between their ends
     * @param time since the oldest change that is not archived; zero when all are
     */
    public record Lag(long places, Duration time) {}

    /**
     * Seals what the feed had when the run began, and what comes meanwhile up to the last page.
     *
     * @throws StoreException when the store or the folder failed; what was sealed before stays.
     *     {@link StoreException.Kind#LOCKED} when somebody else archives into the folder, {@link
     *     StoreException.Kind#FOREIGN} when it holds the archive of another store, {@link
     *     StoreException.Kind#CORRUPT} when its newest segment is damaged
     */
    public Archived run() {
        try {
            folder.make();
            FileChannel held = folder.hold();
            try {
                checkOurs();
                return seal();
            } finally {
                held.close();
            }
        } catch (IOException e) {
            throw folder.failure(e);
        }
    }

    /** How far the archive is behind. */
    public Lag lag(Instant now) {
        try {
            return lag(folder.end().last(), now);
        } catch (IOException e) {
            throw folder.failure(e);
        }
    }

    /** How far an archive is behind that ends at a place. */
    public Lag lag(Seq last, Instant now) {
        List<Change> first = store.read(snapshot -> snapshot.changes(last, 1));
        if (first.isEmpty()) {
            return new Lag(0, Duration.ZERO);
        }
        Duration time = Duration.between(first.get(0).at(), now);
        long places = Math.max(1, store.head().value() - last.value());
        return new Lag(places, time.isNegative() ? Duration.ZERO : time);
    }

    /** The newest change in the archive must be what the store has there; looked at once. */
    private void checkOurs() throws IOException {
        Optional<Segment> newest = ours ? Optional.empty() : folder.newest();
        if (newest.isPresent()) {
            Optional<Change> last = Optional.empty();
            try (SegmentReader reader = new SegmentReader(newest.get())) {
                for (Optional<Change> next = reader.next(); next.isPresent(); ) {
                    last = next;
                    next = reader.next();
                }
            }
            Seq before = new Seq(newest.get().last().value() - 1);
            List<Change> here = store.read(snapshot -> snapshot.changes(before, 1));
            if (!here.stream().findFirst().equals(last)) {
                throw new StoreException(
                        StoreException.Kind.FOREIGN,
                        "The archive in "
                                + folder.path()
                                + " ends at Seq "
                                + newest.get().last().value()
                                + ", where this store has something else: it is another store's, or"
                                + " this one was restored. Move it away; a new one begins then.");
            }
        }
        ours = true;
    }

    private Archived seal() throws IOException {
        Anchor end = folder.end();
        int segments = 0;
        long changes = 0;
        Seq head = store.head();
        while (head.isAfter(end.last())) {
            Segment.Header header = new Segment.Header(end.number() + 1, end.hash(), end.last());
            try (SegmentWriter writer = new SegmentWriter(folder.path(), header)) {
                fill(writer);
                if (writer.changes() == 0) {
                    break;
                }
                Segment sealed = writer.seal();
                segments++;
                changes += writer.changes();
                end = Anchor.at(sealed);
            }
        }
        return new Archived(segments, changes, end.last());
    }

    private void fill(SegmentWriter writer) throws IOException {
        while (writer.changes() < SEGMENT_CHANGES) {
            int room = Math.min(Limits.CHANGES_PAGE, SEGMENT_CHANGES - writer.changes());
            Seq after = writer.last();
            List<Change> page = store.read(snapshot -> snapshot.changes(after, room));
            for (Change change : page) {
                writer.add(change);
            }
            if (page.size() < room) {
                return;
            }
        }
    }
}
