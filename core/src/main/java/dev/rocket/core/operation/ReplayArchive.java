package dev.rocket.core.operation;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Bringing a restored store forward, along the archive of the feed.
 *
 * <p>Changes go through the write door and keep their places, so what comes of it is what the store
 * was there, or the replay fails. Each line is checked before it is applied. A replay that was
 * interrupted goes on behind what was applied.
 */
public final class ReplayArchive {

    private final ArchiveFolder folder;
    private final Store target;

    /** Replays what a folder holds into a store. */
    public ReplayArchive(ArchiveFolder folder, Store target) {
        this.folder = folder;
        this.target = target;
    }

    /** How far a replay goes. */
    public sealed interface Until {

        /** Whether a change still belongs to it. */
        boolean holds(Change change);

        /** Whether a store that is at a place is there, whatever follows. */
        boolean isReached(Seq at);
    }

    /** Up to a place, inclusive. */
    public record Place(Seq seq) implements Until {

        @Override
        public boolean holds(Change change) {
            return !change.seq().isAfter(seq);
        }

        @Override
        public boolean isReached(Seq at) {
            return !seq.isAfter(at);
        }
    }

    /** Up to the first change later than an instant, exclusive. */
    public record Moment(Instant at) implements Until {

        @Override
        public boolean holds(Change change) {
            return !change.at().isAfter(at);
        }

        @Override
        public boolean isReached(Seq place) {
            return false;
        }
    }

    /**
     * What a replay came to.
     *
     * @param changes how many it applied
     * @param last the place at which the store is now
     * @param at when its last change was made; empty when none was applied
     * @param ended whether the archive ended before the goal was known to be reached
     */
    public record Replayed(long changes, Seq last, Optional<Instant> at, boolean ended) {}

    /**
     * Replays.
     *
     * @param progress hears how many changes were applied so far
     * @throws StoreException with CORRUPT when the archive is damaged or has a hole on the way, or
     *     does not belong to the store; what was applied before that stays
     */
    public Replayed run(Until until, LongConsumer progress) {
        try {
            Run run = new Run(until, progress);
            for (Segment segment : folder.segments()) {
                if (!run.read.isAfter(segment.last()) && !run.beyond) {
                    run.through(segment);
                }
            }
            return new Replayed(run.applied, target.head(), run.at, !run.beyond);
        } catch (IOException e) {
            throw folder.failure(e);
        }
    }

    private final class Run {

        private final Until until;
        private final LongConsumer progress;
        private final List<Change> waiting = new ArrayList<>();
        private final Seq start = target.head();
        private Seq read = start;
        private boolean met;
        private Optional<Instant> at = Optional.empty();
        private Optional<String> hash = Optional.empty();
        private long applied;
        private boolean beyond;

        Run(Until until, LongConsumer progress) {
            this.until = until;
            this.progress = progress;
            this.beyond = until.isReached(read);
        }

        void through(Segment segment) throws IOException {
            try (SegmentReader reader = new SegmentReader(segment)) {
                Segment.Header header = reader.header();
                if (header.after().isAfter(read)) {
                    throw segment.damaged(
                            "what lies between Seq "
                                    + read.value()
                                    + " and Seq "
                                    + header.after().value()
                                    + " is missing before it");
                }
                if (hash.isPresent() && !header.previous().equals(hash.get())) {
                    throw segment.damaged("it does not follow the segment before it");
                }
                met |= start.equals(Seq.START) || !start.isAfter(header.after());
                Optional<Change> next = reader.next();
                while (next.isPresent() && !beyond) {
                    take(next.get());
                    next = reader.next();
                }
                apply();
            }
            hash = Optional.of(segment.hash());
        }

        private void take(Change change) {
            if (change.seq().equals(start)) {
                meet(change);
            }
            if (!change.seq().isAfter(read)) {
                return;
            }
            if (!met) {
                throw foreign(change, new IllegalStateException("it has no Seq " + start.value()));
            }
            beyond = !until.holds(change);
            if (!beyond) {
                waiting.add(change);
                read = change.seq();
                beyond = until.isReached(read);
                if (waiting.size() == Limits.BATCH) {
                    apply();
                }
            }
        }

        /** Where the store ends, the archive must say what the store says. */
        private void meet(Change change) {
            List<Change> own = target.read(s -> s.changes(new Seq(change.seq().value() - 1), 1));
            if (!own.equals(List.of(change))) {
                throw foreign(change, new IllegalStateException("the store has " + own));
            }
            met = true;
        }

        private void apply() {
            if (waiting.isEmpty()) {
                return;
            }
            List<Change> batch = List.copyOf(waiting);
            waiting.clear();
            try {
                target.write(
                        tx -> {
                            batch.forEach(change -> applied(tx.apply(change), change));
                            return true;
                        });
            } catch (Refused e) {
                throw foreign(batch.get(0), e);
            }
            applied += batch.size();
            at = Optional.of(batch.get(batch.size() - 1).at());
            progress.accept(applied);
        }

        private void applied(Change now, Change then) {
            if (!now.equals(then)) {
                throw foreign(then, new IllegalStateException("it became " + now));
            }
        }

        private StoreException foreign(Change change, Exception e) {
            return new StoreException(
                    StoreException.Kind.CORRUPT,
                    "The archive in "
                            + folder.path()
                            + " does not continue this store at Seq "
                            + change.seq().value()
                            + ": it belongs to another.",
                    e);
        }
    }
}
