package dev.rocket.core.operation;

import dev.rocket.core.model.BackupNote;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Job;
import dev.rocket.core.model.Receipt;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.Transaction;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Forgetting old changes that a newer one of their entity follows.
 *
 * <p>A change goes when the next one of its entity was made before the time that is kept. So the
 * newest change of each entity stays for ever, deletions included: whoever reads the feed from any
 * place comes to the same state, a copy makes the same entities, and within the time that is kept
 * the past can be told whole. Changes go along the feed, so what is left of an entity is always the
 * end of its chain.
 *
 * <p>The change that follows, and so all that goes, lies at or before the newest verified backup
 * and the end of the archive, here and off-site, and before whatever a remembered answer names.
 */
public final class CompactFeed {

    /** Changes that one step looks at, so that no writer waits for long. */
    static final int STEP = 500;

    private static final List<Job.Id> COPIERS =
            List.of(Job.Id.of("backup"), Job.Id.of(MigrateStore.JOB));

    private final Store store;
    private final Duration keep;
    private final InstantSource clock;
    private final Bounds bounds;
    private volatile Seq done = Seq.START;

    /**
     * What must be kept elsewhere first.
     *
     * @param backups of the store
     * @param archive of its feed; empty when it is not archived
     * @param offsite where the archive is copied to; empty when it is not
     */
    public record Bounds(
            BackupFolder backups,
            Optional<ArchiveFolder> archive,
            Optional<ArchiveOffsite> offsite) {

        /** The place up to which all is kept; {@link Seq#START} when nothing is. */
        Seq end() throws IOException {
            Optional<Backup> newest = backups.newestVerified();
            Seq end = newest.flatMap(Backup::note).map(BackupNote::seq).orElse(Seq.START);
            if (archive.isPresent()) {
                end = lower(end, archive.get().end().last());
                end = offsite.isPresent() ? lower(end, offsite.get().last()) : end;
            }
            return end;
        }

        private static Seq lower(Seq one, Seq other) {
            return one.isAfter(other) ? other : one;
        }
    }

    /**
     * Compacts a store's feed.
     *
     * @param keep for how long the past is kept whole
     */
    public CompactFeed(Store store, Duration keep, InstantSource clock, Bounds bounds) {
        this.store = store;
        this.keep = keep;
        this.clock = clock;
        this.bounds = bounds;
    }

    /** One pass along the feed, as far as it may go by now. */
    public Pass pass() throws IOException {
        return new Pass(bounds.end());
    }

    /** A pass, in steps. */
    public final class Pass {

        private final Seq end;
        private long forgotten;

        private Pass(Seq end) {
            this.end = end;
        }

        /** How many changes were forgotten so far. */
        public long forgotten() {
            return forgotten;
        }

        /**
         * Does the next step.
         *
         * @return whether there is another
         * @throws dev.rocket.core.model.Refused with Stale when the lease was lost
         * @throws dev.rocket.core.port.StoreException when the machine failed
         */
        public boolean step(Lease lease) {
            Seq after = done;
            Instant now = clock.instant();
            List<Change> page = store.read(snapshot -> page(snapshot, after, now));
            if (page.isEmpty()) {
                return false;
            }
            Seq last = page.getLast().seq();
            if (page.stream().anyMatch(change -> change.prev().isAfter(Seq.START))) {
                forgotten +=
                        lease.fenced(tx -> tx.forget(new Transaction.Old.Superseded(after, last)));
            }
            done = last;
            return page.size() == STEP;
        }

        private List<Change> page(Snapshot snapshot, Seq after, Instant now) {
            if (isCopied(snapshot, now)) {
                return List.of();
            }
            Instant before = now.minus(keep);
            List<Receipt> oldest = snapshot.receipts(Instant.EPOCH, Receipt.Key.START, 1);
            Instant bound =
                    oldest.stream()
                            .map(Receipt::at)
                            .filter(before::isAfter)
                            .findFirst()
                            .orElse(before);
            return snapshot.changes(after, STEP).stream()
                    .takeWhile(change -> !change.seq().isAfter(end))
                    .takeWhile(change -> change.at().isBefore(bound))
                    .toList();
        }

        /** Whether a server copies the store: along a feed that it must find whole. */
        private boolean isCopied(Snapshot snapshot, Instant now) {
            return COPIERS.stream()
                    .flatMap(copier -> snapshot.find(copier).flatMap(Job::lease).stream())
                    .anyMatch(held -> held.until().isAfter(now));
        }
    }
}
