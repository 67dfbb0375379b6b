package dev.rocket.core.operation;

import dev.rocket.core.model.BackupNote;
import dev.rocket.core.model.BackupNote.Bytes;
import dev.rocket.core.model.BackupNote.Verdict;
import dev.rocket.core.model.Digest;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Custody;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Advancing a store's schema, after a backup and a rehearsal.
 *
 * <p>A backup of the store as it is is made and restored for trial, as every night. The change is
 * made on a copy of that backup, which must hold what the backup holds and agree with its feed.
 * Only then the store itself is changed, in one transaction that commits when it holds the same.
 * Whatever fails or is killed before leaves the store as it was; what it left elsewhere is cleared
 * away by the next run. A store to which nothing was ever written is changed at once.
 */
public final class UpgradeStore {

    /** Copies that stand beside each other at most: a backup, and one to try it on. */
    private static final int COPIES = 2;

    private final OldStore old;
    private final BackupFolder folder;
    private final int keep;
    private final InstantSource clock;

    /**
     * Advances that store.
     *
     * @param folder where its backups are
     * @param keep how many verified ones are kept
     * @param clock dates the backup, and times the steps
     */
    public UpgradeStore(OldStore old, BackupFolder folder, int keep, InstantSource clock) {
        this.old = old;
        this.folder = folder;
        this.keep = keep;
        this.clock = clock;
    }

    /** Who hears how far it is. */
    @FunctionalInterface
    public interface Watch {

        /**
         * Hears it.
         *
         * @param doing what is being done, for people
         * @param done bytes or entities, as the work counts
         */
        void at(String doing, long done);
    }

    /**
     * What was done.
     *
     * @param from the version that was there
     * @param to the version that is, or would be, there
     * @param backup of the store as it was; empty when none was made
     * @param seq the place of its last change
     * @param entities that it holds
     * @param took in all
     */
    public record Report(
            int from, int to, Optional<Backup> backup, Seq seq, long entities, Duration took) {}

    /** What a store must hold before and after. */
    private record Content(Seq seq, Digest digest) {}

    /**
     * Makes a backup and rehearses the change on a copy; the store stays as it is.
     *
     * @throws StoreException when it would not go well, with what to do
     */
    public Report check(Watch watch) {
        Instant begin = clock.instant();
        checkInCharge();
        if (isEmpty()) {
            return report(Optional.empty(), new Content(Seq.START, Digest.EMPTY), begin);
        }
        Backup backup = doing("making a backup", watch, () -> backup(watch));
        Content content = doing("rehearsing it", watch, () -> rehearse(backup, watch));
        return report(Optional.of(backup), content, begin);
    }

    /**
     * Makes a backup, rehearses the change, and makes it.
     *
     * @throws StoreException when it did not go well, with what to do; with UNKNOWN_OUTCOME when
     *     nobody knows whether the change was made, else the store is as it was
     */
    public Report run(Watch watch) {
        Instant begin = clock.instant();
        Report checked = check(watch);
        if (checked.backup().isEmpty()) {
            return withoutBackup(watch);
        }
        Digest digest = checked.backup().flatMap(Backup::note).flatMap(BackupNote::digest).get();
        Content content = new Content(checked.seq(), digest);
        doing("changing the store", watch, () -> advance(content, watch));
        return report(checked.backup(), content, begin);
    }

    /**
     * Makes the change without a backup and a rehearsal, for whoever has taken care of that.
     *
     * @throws StoreException as {@link #run} does
     */
    public Report withoutBackup(Watch watch) {
        Instant begin = clock.instant();
        checkInCharge();
        Content content = doing("reading the store", watch, () -> old.store().read(this::content));
        doing("changing the store", watch, () -> advance(content, watch));
        return report(Optional.empty(), content, begin);
    }

    private Report report(Optional<Backup> backup, Content content, Instant begin) {
        Duration took = Duration.between(begin, clock.instant());
        long entities = content.digest().count();
        return new Report(old.from(), old.to(), backup, content.seq(), entities, took);
    }

    /** A store that was moved is nobody's to advance; the other one is. */
    private void checkInCharge() {
        Optional<Custody> custody = old.store().read(Snapshot::custody);
        if (custody.filter(some -> some.state() == Custody.State.MOVED).isPresent()) {
            Custody.check(custody, old.place());
        }
    }

    private boolean isEmpty() {
        return old.store().read(Snapshot::seq).equals(Seq.START);
    }

    private Content content(Snapshot snapshot) {
        return new Content(snapshot.seq(), RangeDigests.of(snapshot, looked -> {}).total());
    }

    /**
     * A verified backup of the store as it is. It takes the place of earlier ones that are of the
     * same, so a start that fails again and again lets no other backup go.
     */
    private Backup backup(Watch watch) throws IOException {
        checkSpace();
        List<Backup> same =
                folder.list().stream().filter(Backup::isVerified).filter(this::isOfNow).toList();
        BackupWatch steps = (step, done) -> watch.at("backup: " + step.words(), done);
        Backup made =
                new KeepBackups(old.copies(), folder, keep + same.size(), clock)
                        .run(old.store(), steps)
                        .made();
        if (!made.isVerified()) {
            throw new StoreException(
                    made.verdict() == Verdict.FAILED ? Kind.CORRUPT : Kind.UNAVAILABLE,
                    made.name() + " is " + made.verdict().wire() + ": " + made.why() + ".");
        }
        try (BackupFolder.Held held = folder.hold()) {
            for (Backup earlier : same) {
                held.delete(earlier);
            }
        }
        return made;
    }

    /** Whether a backup is of the place at which the store is now, and of its schema. */
    private boolean isOfNow(Backup backup) {
        Seq now = old.store().read(Snapshot::seq);
        if (backup.note().filter(note -> note.seq().equals(now)).isEmpty()) {
            return false;
        }
        try (Store copy = old.copies().open(backup.file())) {
            return copy.probe().reading().schema() == old.from();
        }
    }

    private void checkSpace() throws IOException {
        DurableFiles.folder(folder.path());
        long needed = COPIES * old.copies().size();
        long free = DurableFiles.free(folder.path());
        if (free < needed) {
            throw new StoreException(
                    Kind.FULL,
                    "a backup and a copy to try it on need about %,d MiB in %s, where %,d MiB"
                                    .formatted((needed >> 20) + 1, folder.path(), free >> 20)
                            + " are free; free some, set ROCKET_BACKUP_DIR to a folder elsewhere,"
                            + " or, with a backup of your own, run:"
                            + " rocket upgrade --without-backup.");
        }
    }

    private Content rehearse(Backup backup, Watch watch) throws IOException {
        BackupNote note = backup.note().orElseThrow();
        try (BackupFolder.Held held = folder.hold()) {
            held.clear();
            old.strike();
            try {
                DurableFiles.folder(held.scratch());
                Path copy = held.scratch().resolve("rehearsal.db");
                Bytes copied =
                        DurableFiles.copy(
                                backup.file(), copy, done -> watch.at("copying the backup", done));
                if (!copied.equals(note.file())) {
                    String why = CheckBackup.changed(note.file(), copied);
                    throw new StoreException(Kind.CORRUPT, backup.name() + ": " + why + ".");
                }
                watch.at("changing a copy", 0);
                try (Store made = old.rehearse(copy)) {
                    Content content = new Content(note.seq(), note.digest().orElseThrow());
                    judge(
                            new VerifyStore(made).run(done -> watch.at("checking it", done)),
                            content);
                    return content;
                }
            } finally {
                old.strike();
                DurableFiles.delete(held.scratch());
            }
        }
    }

    private static void judge(VerifyStore.Report found, Content expected) {
        if (!found.agrees()) {
            throw new StoreException(Kind.CORRUPT, found.problems().getFirst() + ".");
        }
        same(new Content(found.seq(), found.digest()), expected);
    }

    private static void same(Content found, Content expected) {
        if (!found.seq().equals(expected.seq())) {
            throw new StoreException(
                    Kind.UNAVAILABLE,
                    "it ends at place "
                            + found.seq().value()
                            + ", and what was looked at before ended at "
                            + expected.seq().value()
                            + ": something writes to it; stop that first.");
        }
        if (!found.digest().equals(expected.digest())) {
            throw new StoreException(
                    Kind.CORRUPT, "it would not hold what it held before; please report this.");
        }
    }

    private boolean advance(Content expected, Watch watch) {
        old.strike();
        old.advance(
                snapshot -> {
                    watch.at("checking it", 0);
                    same(content(snapshot), expected);
                });
        return true;
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T doing(String what, Watch watch, Work<T> work) {
        watch.at(what, 0);
        try {
            return work.run();
        } catch (StoreException e) {
            throw e.kind() == Kind.UNKNOWN_OUTCOME ? e : failed(e.kind(), what, e);
        } catch (IOException e) {
            throw failed(Kind.UNAVAILABLE, what, e);
        }
    }

    private StoreException failed(Kind kind, String what, Exception e) {
        Throwable cause = e.getCause();
        return new StoreException(
                kind,
                old.place()
                        + " needs schema "
                        + old.to()
                        + " and is as it was, at "
                        + old.from()
                        + ", where the program that served it before still serves it. What failed,"
                        + " when "
                        + what
                        + ": "
                        + e.getMessage()
                        + (cause == null ? "" : " (" + cause.getMessage() + ")"),
                e);
    }
}
