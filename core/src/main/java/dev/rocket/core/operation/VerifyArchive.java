package dev.rocket.core.operation;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Proving the archive of a feed, its chain and its content.
 *
 * <p>Every line of every segment is hashed again, every segment must follow the one before, and
 * every change must be what the store has at its place, where there is a store. What the store has
 * let go of its feed, which is never the newest change of an entity, is proven by the chain alone.
 */
public final class VerifyArchive {

    /** Findings that are listed; more are counted alone. */
    public static final int LISTED = 20;

    /** How often a check begins anew because segments were let go meanwhile. */
    private static final int TRIES = 3;

    /** How long the store is waited for where the archive is ahead of it. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ArchiveFolder folder;
    private final Optional<Store> store;

    /** Checks the archive in a folder against a store. */
    public VerifyArchive(ArchiveFolder folder, Store store) {
        this(folder, Optional.of(store));
    }

    /**
     * Checks the archive in a folder.
     *
     * @param store what it is compared with; without one the chain alone is proven
     */
    public VerifyArchive(ArchiveFolder folder, Optional<Store> store) {
        this.folder = folder;
        this.store = store;
    }

    /**
     * What a check found.
     *
     * @param segments how many there are
     * @param changes how many they hold, as far as they can be read
     * @param forgotten how many of them the store has let go of its own feed
     * @param first the place behind which the archive begins
     * @param last the place at which it ends
     * @param hash of the newest segment, which stands for all; empty when there is none
     * @param problems what is wrong and where, at most {@link #LISTED}; empty when all is well
     * @param problemCount how many there are
     */
    public record Report(
            long segments,
            long changes,
            long forgotten,
            Seq first,
            Seq last,
            Optional<String> hash,
            List<String> problems,
            long problemCount) {

        /** Whether the archive is whole and agrees with the store. */
        public boolean agrees() {
            return problemCount == 0;
        }
    }

    /**
     * Checks, also while somebody archives into the folder and lets old segments go.
     *
     * @param progress hears how many changes were looked at so far
     * @throws StoreException when the store failed, or the folder cannot be read
     */
    public Report run(LongConsumer progress) {
        try {
            for (int tries = 1; tries < TRIES; tries++) {
                try {
                    return new Check(progress).report();
                } catch (NoSuchFileException e) {
                    // The segment was let go since it was listed; an anchor stands for it now.
                }
            }
            return new Check(progress).report();
        } catch (IOException e) {
            throw folder.failure(e);
        }
    }

    private final class Check {

        private final LongConsumer progress;
        private final List<String> problems = new ArrayList<>();
        private long problemCount;
        private long changes;
        private long forgotten;
        private final List<Change> missing = new ArrayList<>();
        private long number;
        private Seq last = Seq.START;
        private Optional<String> hash = Optional.empty();
        private Optional<FeedFrom> feed = from(Seq.START);

        Check(LongConsumer progress) {
            this.progress = progress;
        }

        Report report() throws IOException {
            List<Segment> segments = begin();
            if (!segments.isEmpty()) {
                catchUp(segments.get(segments.size() - 1).last());
            }
            Seq first = last;
            for (Segment segment : segments) {
                try (SegmentReader reader = new SegmentReader(segment)) {
                    follow(segment, reader);
                    read(reader);
                } catch (StoreException e) {
                    problem(e);
                }
                number = segment.number();
                last = segment.last();
                feed = from(last);
                hash = sealed(segment);
            }
            judgeMissing(1);
            return new Report(
                    segments.size(),
                    changes,
                    forgotten,
                    first,
                    last,
                    segments.isEmpty() ? Optional.empty() : hash,
                    List.copyOf(problems),
                    problemCount);
        }

        private Optional<FeedFrom> from(Seq place) {
            return store.map(there -> new FeedFrom(there, place));
        }

        /** A reader beside the server may hear of the newest changes later than the archive. */
        private void catchUp(Seq end) {
            try {
                if (store.isPresent()) {
                    store.get().await(new Seq(end.value() - 1), PATIENCE);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Finds where the chain begins, and the segments that are to follow. */
        private List<Segment> begin() throws IOException {
            List<Segment> segments = folder.segments();
            try {
                begin(folder.anchor());
                if (segments.isEmpty() && number > 0) {
                    problem("What follows segment " + number + " is missing; the newest stays");
                }
                return segments.stream().filter(one -> one.number() > number).toList();
            } catch (StoreException e) {
                problem(e);
            }
            // Without its anchor the first one left must be taken for the first.
            if (!segments.isEmpty()) {
                try (SegmentReader reader = new SegmentReader(segments.get(0))) {
                    Segment.Header header = reader.header();
                    begin(new Anchor(header.number() - 1, header.after(), header.previous()));
                } catch (StoreException e) {
                    // It is told when its turn comes.
                }
            }
            return segments;
        }

        private void begin(Anchor anchor) {
            number = anchor.number();
            last = anchor.last();
            hash = Optional.of(anchor.hash());
            feed = from(last);
        }

        /** The hash that the next segment must name; empty when this one's end is damaged. */
        private Optional<String> sealed(Segment segment) throws IOException {
            try {
                return Optional.of(segment.hash());
            } catch (StoreException e) {
                return Optional.empty();
            }
        }

        private void follow(Segment segment, SegmentReader reader) {
            Seq after = reader.header().after();
            boolean next = segment.number() == number + 1;
            if (!next || !after.equals(last)) {
                problem(
                        segment.name()
                                + ": what comes before it is missing, number "
                                + (number + 1)
                                + " behind Seq "
                                + last.value()
                                + " up to Seq "
                                + after.value());
            } else if (hash.isPresent() && !reader.header().previous().equals(hash.get())) {
                problem(
                        segment.name()
                                + ": it does not follow the segment before it, behind Seq "
                                + last.value());
            }
            if (!after.equals(last)) {
                feed = from(after);
            }
        }

        private void read(SegmentReader reader) throws IOException {
            Optional<Change> next = reader.next();
            while (next.isPresent()) {
                if (feed.isPresent()) {
                    compare(next.get(), feed.get());
                }
                progress.accept(++changes);
                next = reader.next();
            }
        }

        private void compare(Change change, FeedFrom own) {
            for (Change missed : own.before(change.seq())) {
                problem("Seq " + missed.seq().value() + " is in the store, not in the archive");
            }
            Optional<Change> stored = own.at(change.seq());
            if (stored.isPresent() && !stored.get().equals(change)) {
                problem("Seq " + change.seq().value() + " differs between archive and store");
            } else if (stored.isEmpty()) {
                missing.add(change);
                judgeMissing(Limits.CHANGES_PAGE);
            }
        }

        /** Judges what the store does not have, once there is enough of it. */
        private void judgeMissing(int enough) {
            if (missing.size() >= enough) {
                List<Change> lost = Forgotten.lost(store.orElseThrow(), missing);
                forgotten += missing.size() - lost.size();
                for (Change one : lost) {
                    problem("Seq " + one.seq().value() + " is in the archive, not in the store");
                }
                missing.clear();
            }
        }

        private void problem(StoreException e) {
            if (e.kind() != StoreException.Kind.CORRUPT) {
                throw e;
            }
            problem(String.valueOf(e.getMessage()));
        }

        private void problem(String what) {
            if (problems.size() < LISTED) {
                problems.add(what);
            }
            problemCount++;
        }
    }
}
