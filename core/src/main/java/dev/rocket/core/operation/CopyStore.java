package dev.rocket.core.operation;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Receipt;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Loader;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Copying a store to an empty place, on whichever engine.
 *
 * <p>The copy is the store as it was at one {@link Seq}: the place at which its feed ended when the
 * copying began. What is written meanwhile is left out. The feed never changes behind a place that
 * a reader was given, so it is read page by page, each page a read of its own, and nobody is held
 * up; receipts that name a later change are left out too. Every place, predecessor and revision is
 * kept, so cursors, ETags and idempotency keys stay good. Memory is bounded by a page of changes.
 */
public final class CopyStore {

    /** Changes, or receipts, that are read at a time. */
    static final int PAGE = 500;

    private final Store from;

    /** Copies that store. */
    public CopyStore(Store from) {
        this.from = from;
    }

    /** What a copy does one after the other. */
    public enum Step {
        /** The feed is copied. */
        CHANGES,
        /** The remembered answers are copied. */
        RECEIPTS,
        /** Entities are made of the feed, and found by their indexes. */
        ENTITIES
    }

    /**
     * How far a copy is.
     *
     * @param step what it does
     * @param rows changes, receipts and entities that were written so far
     * @param at the place up to which the feed is copied
     * @param end the place at which it will end
     */
    public record Progress(Step step, long rows, Seq at, Seq end) {}

    /**
     * What was copied.
     *
     * @param seq the place at which the copy ends
     * @param changes of the feed
     * @param receipts remembered answers
     * @param entities as they stand, deleted ones among them
     */
    public record Report(Seq seq, long changes, long receipts, long entities) {

        /** All of it. */
        public long rows() {
            return changes + receipts + entities;
        }
    }

    /**
     * Copies everything, and finishes the loader.
     *
     * @param to of an empty place; closed by the caller
     * @param progress hears how far it is, after each page
     * @throws dev.rocket.core.port.StoreException when the machine below either failed; then there
     *     is no copy
     */
    public Report run(Loader to, Consumer<Progress> progress) {
        Run run = new Run(to, progress, from.read(Snapshot::seq));
        run.changes();
        run.receipts();
        to.finish(run::entities);
        return new Report(run.end, run.changes, run.receipts, run.entities);
    }

    /**
     * Copies the first changes alone, one page of them at most, for whoever wants to know how long
     * a copy takes.
     *
     * @param to of an empty place; the caller closes it, which throws them away
     * @return how far it came
     */
    public Progress sample(Loader to) {
        Seq end = from.read(Snapshot::seq);
        List<Change> changes = from.read(s -> s.changes(Seq.START, Limits.CHANGES_PAGE));
        to.changes(changes);
        Seq at = changes.isEmpty() ? end : changes.get(changes.size() - 1).seq();
        return new Progress(Step.CHANGES, changes.size(), at, end);
    }

    private final class Run {

        private final Loader to;
        private final Consumer<Progress> progress;
        private final Seq end;
        private long changes;
        private long receipts;
        private long entities;

        Run(Loader to, Consumer<Progress> progress, Seq end) {
            this.to = to;
            this.progress = progress;
            this.end = end;
        }

        void changes() {
            Seq at = Seq.START;
            while (end.isAfter(at)) {
                Seq after = at;
                List<Change> page =
                        from.read(s -> s.changes(after, PAGE)).stream()
                                .filter(change -> !change.seq().isAfter(end))
                                .toList();
                to.changes(page);
                changes += page.size();
                at = page.isEmpty() ? end : page.get(page.size() - 1).seq();
                tell(Step.CHANGES, at);
            }
        }

        void receipts() {
            Instant since = Instant.EPOCH;
            Receipt.Key after = Receipt.Key.START;
            boolean more = true;
            while (more) {
                Instant given = since;
                Receipt.Key key = after;
                List<Receipt> page = from.read(s -> s.receipts(given, key, PAGE));
                List<Receipt> known = page.stream().filter(this::isKnown).toList();
                to.receipts(known);
                receipts += known.size();
                more = page.size() == PAGE;
                if (more) {
                    Receipt last = page.get(PAGE - 1);
                    since = last.at();
                    after = last.key();
                }
                tell(Step.RECEIPTS, end);
            }
        }

        private boolean isKnown(Receipt receipt) {
            return receipt.changes().stream().noneMatch(change -> change.isAfter(end));
        }

        void entities(long made) {
            entities = made;
            tell(Step.ENTITIES, end);
        }

        private void tell(Step step, Seq at) {
            progress.accept(new Progress(step, changes + receipts + entities, at, end));
        }
    }
}
