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
 * left out. A folder has one writer at a time. Runs are for one thread; memory is bounded by a page
 * of the feed.
 */
public final class ArchiveFeed {

    /** Changes that one segment holds at most. */
    public static final int SEGMENT_CHANGES = 10_000;

    /** Changes that tell whose turn it is and wait at most: those of about an hour. */
    static final int TURNS = 24;

    private final Store store;
    private final ArchiveFolder folder;
    private Optional<Optional<Lease>> begun = Optional.empty();

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

    /** Does {@link #run(Optional)} where nobody else archives. */
    public Archived run() {
        return run(Optional.empty());
    }

    /**
     * Seals what the feed had when the run began, and what comes meanwhile up to the last page.
     *
     * @param turn what it is done under; each segment gets its name only while that is held
     * @throws Lease.Over when it was lost; the segment that was being written is thrown away
     * @throws StoreException when the store or the folder failed; what was sealed before stays.
     *     {@link StoreException.Kind#LOCKED} when somebody else archives into the folder, {@link
     *     StoreException.Kind#FOREIGN} when it holds the archive of another store, {@link
     *     StoreException.Kind#CORRUPT} when its newest segment is damaged
     */
    public Archived run(Optional<Lease> turn) {
        try {
            folder.make();
            FileChannel held = folder.hold();
            try {
                begin(turn);
                return seal(turn);
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
        Optional<Change> oldest = waiting(last);
        if (oldest.isEmpty()) {
            return new Lag(0, Duration.ZERO);
        }
        Duration time = Duration.between(oldest.get().at(), now);
        long places = Math.max(1, store.head().value() - last.value());
        return new Lag(places, time.isNegative() ? Duration.ZERO : time);
    }

    /**
     * The oldest change behind a place that is worth a segment. Those that only tell whose turn it
     * is wait for others, or for {@link #TURNS} of them: a server that is idle would fill the
     * folder with nothing else.
     */
    private Optional<Change> waiting(Seq after) {
        List<Change> page = store.read(snapshot -> snapshot.changes(after, TURNS));
        return page.stream()
                .filter(change -> page.size() == TURNS || !ArchiveTurn.isIn(change))
                .findFirst();
    }

    /** What others did meanwhile is looked at once; so is whether the archive is the store's. */
    private void begin(Optional<Lease> turn) throws IOException {
        if (begun.filter(turn::equals).isPresent()) {
            return;
        }
        folder.lookAnew();
        Optional<Segment> newest = folder.newest();
        if (newest.isPresent() && !Belonging.isOf(store, newest.get())) {
            throw new StoreException(
                    StoreException.Kind.FOREIGN,
                    "The archive in "
                            + folder.path()
                            + " ends at Seq "
                            + newest.get().last().value()
                            + ", where this store has something else: it is another store's, or"
                            + " this one was restored. Move it away; a new one begins then.");
        }
        begun = Optional.of(turn);
    }

    private Archived seal(Optional<Lease> turn) throws IOException {
        Anchor end = folder.end();
        int segments = 0;
        long changes = 0;
        Seq head = waiting(end.last()).isPresent() ? store.head() : end.last();
        String whose = turn.map(lease -> "-" + lease.fence().value()).orElse("");
        while (head.isAfter(end.last())) {
            turn.ifPresent(Lease::checkpoint);
            Segment.Header header = new Segment.Header(end.number() + 1, end.hash(), end.last());
            try (SegmentWriter writer = new SegmentWriter(folder.path(), whose, header)) {
                fill(writer);
                if (writer.changes() == 0) {
                    break;
                }
                Segment sealed = writer.seal(() -> turn.ifPresent(Lease::assure));
                folder.sealed(sealed);
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
