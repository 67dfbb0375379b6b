package dev.rocket.core.operation;

import dev.rocket.core.model.BackupNote;
import dev.rocket.core.model.BackupNote.Bytes;
import dev.rocket.core.model.BackupNote.Check;
import dev.rocket.core.model.BackupNote.Verdict;
import dev.rocket.core.model.Seq;
import dev.rocket.core.operation.BackupWatch.Step;
import dev.rocket.core.port.Backups;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Backups that are restored for trial and kept in a window.
 *
 * <p>Only verified ones count. A backup goes when enough newer ones are verified, and only in a run
 * that has verified one itself and has read the older ones again; so the last verified backup never
 * goes, and nothing good goes before something better is there. A run that is interrupted at any
 * instant leaves what was good, and the next one clears the rest away.
 */
public final class KeepBackups {

    /** The name of its job. */
    static final String JOB = "backup";

    /** Failed backups that are kept to be looked at. */
    public static final int FAILED_KEPT = 3;

    private final Backups backups;
    private final BackupFolder folder;
    private final int keep;
    private final InstantSource clock;

    /**
     * Keeps backups in a folder.
     *
     * @param backups makes copies of the store
     * @param keep verified ones to keep, 1 or more
     */
    public KeepBackups(Backups backups, BackupFolder folder, int keep, InstantSource clock) {
        if (keep < 1) {
            throw new IllegalArgumentException("at least one backup is kept, not " + keep);
        }
        this.backups = backups;
        this.folder = folder;
        this.keep = keep;
        this.clock = clock;
    }

    /**
     * What a run did.
     *
     * @param made the new backup with its verdict
     * @param rotted those from before that turned out to be damaged
     * @param deleted those that went
     */
    public record Run(Backup made, List<Backup> rotted, List<Backup> deleted) {}

    /**
     * Makes a backup, restores it for trial, judges it and lets old ones go.
     *
     * @param store the one that is copied, to compare with; only read
     * @throws StoreException with LOCKED when another run is at work, FULL when there is no space,
     *     and when the machine failed; what was kept stays
     * @throws IOException when the folder cannot be used
     */
    public Run run(Store store, BackupWatch watch) throws IOException {
        try (BackupFolder.Held held = folder.hold()) {
            watch.at(Step.CLEARING, 0);
            held.clear();
            Backup made = judge(held, take(held, watch), Optional.of(store), watch);
            List<Backup> rotted = new ArrayList<>();
            List<Backup> deleted = new ArrayList<>();
            if (made.isVerified()) {
                rotted.addAll(recheck(held, made, watch));
                deleted.addAll(rotate(held, watch));
            }
            deleted.addAll(bound(held, watch));
            return new Run(made, List.copyOf(rotted), List.copyOf(deleted));
        }
    }

    /**
     * Restores a backup for trial and judges it anew; the verdict is written down. A sound file
     * without a note gets one.
     *
     * @param live the store that it was taken from, if that can be asked
     * @throws StoreException with LOCKED when another run is at work
     * @throws IOException when the folder cannot be used
     */
    public Backup check(Backup backup, Optional<Store> live, BackupWatch watch) throws IOException {
        try (BackupFolder.Held held = folder.hold()) {
            watch.at(Step.CLEARING, 0);
            held.clear();
            return judge(held, backup, live, watch);
        }
    }

    /**
     * The same as maintenance, which ends between two steps when the server stops. What was made
     * lies in this server's folder, so this server takes it off-site.
     *
     * @param store the one that is copied
     */
    public Chore chore(Store store, Timetable timetable) {
        String about = "makes a backup, restores it for trial, lets old ones go";
        Chore.Work work =
                new Chore.Work() {
                    @Override
                    public Outcome run(Lease lease) throws IOException {
                        return KeepBackups.this.run(store, lease);
                    }

                    @Override
                    public Optional<String> next() {
                        return Optional.of(KeepOffsite.JOB);
                    }
                };
        return new Chore(JOB, about, timetable, work);
    }

    private Outcome run(Store store, Lease lease) throws IOException {
        Backup made = run(store, (step, done) -> lease.checkpoint()).made();
        String detail = made.name() + " is " + made.verdict().wire() + ": " + made.why();
        return made.isVerified() ? Outcome.done(detail) : Outcome.failed(detail);
    }

    private Backup take(BackupFolder.Held held, BackupWatch watch) throws IOException {
        long needed = backups.size();
        long free = DurableFiles.free(folder.path());
        if (free < needed) {
            throw new StoreException(Kind.FULL, noSpace(needed, free));
        }
        Path taking = held.taking();
        try {
            watch.at(Step.COPYING, 0);
            Seq seq = backups.snapshot(taking, done -> watch.at(Step.COPYING, done));
            DurableFiles.force(taking);
            Bytes bytes = DurableFiles.read(taking, done -> watch.at(Step.NAMING, done));
            Check none = new Check(Verdict.UNVERIFIED, now(), "not restored for trial yet");
            Backup made =
                    held.keep(
                            new BackupNote(
                                    seq, now(), backups.engine(), bytes, Optional.empty(), none));
            held.clear();
            return made;
        } catch (StoreException | IOException e) {
            held.clear();
            throw e;
        }
    }

    private String noSpace(long needed, long free) {
        return "A backup needs about %,d MiB in %s, and %,d MiB are free; free some, or set"
                        .formatted((needed >> 20) + 1, folder.path(), free >> 20)
                + " ROCKET_BACKUP_DIR to a folder elsewhere.";
    }

    private Backup judge(
            BackupFolder.Held held, Backup backup, Optional<Store> live, BackupWatch watch)
            throws IOException {
        try {
            DurableFiles.folder(held.scratch());
            CheckBackup.Found found =
                    new CheckBackup(backups, held.scratch(), watch).run(backup, live);
            watch.at(Step.JUDGING, 0);
            return judged(held, backup, found);
        } finally {
            DurableFiles.delete(held.scratch());
        }
    }

    private Backup judged(BackupFolder.Held held, Backup backup, CheckBackup.Found found)
            throws IOException {
        boolean verified = found.verdict() == Verdict.VERIFIED;
        BackupNote told = backup.note().isPresent() ? backup.note().get() : note(backup, found);
        BackupNote note = told.checked(new Check(found.verdict(), now(), found.why()));
        if (verified && found.digest().isPresent()) {
            note = note.withDigest(found.digest().get());
        }
        return verified || backup.note().isPresent()
                ? held.note(backup, note)
                : new Backup(backup.file(), Optional.of(note));
    }

    /** What can be said of a file without a note; it gets one when it turns out to be sound. */
    private BackupNote note(Backup backup, CheckBackup.Found found) throws IOException {
        return new BackupNote(
                found.report().map(VerifyStore.Report::seq).orElse(Seq.START),
                Files.getLastModifiedTime(backup.file()).toInstant(),
                backups.engine(),
                DurableFiles.read(backup.file(), done -> {}),
                Optional.empty(),
                new Check(found.verdict(), now(), found.why()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Reads those that count once more; a file may rot where it lies. */
    private List<Backup> recheck(BackupFolder.Held held, Backup made, BackupWatch watch)
            throws IOException {
        List<Backup> rotted = new ArrayList<>();
        for (Backup backup : held.list()) {
            if (backup.isVerified() && !backup.name().equals(made.name())) {
                watch.at(Step.RECHECKING, 0);
                BackupNote note = backup.note().orElseThrow();
                Bytes found =
                        DurableFiles.read(backup.file(), done -> watch.at(Step.RECHECKING, done));
                if (!found.equals(note.file())) {
                    String why = CheckBackup.changed(note.file(), found);
                    Check rot = new Check(Verdict.FAILED, now(), why);
                    rotted.add(held.note(backup, note.checked(rot)));
                }
            }
        }
        return rotted;
    }

    /** Lets verified ones beyond the window go, and what was never verified before the newest. */
    private List<Backup> rotate(BackupFolder.Held held, BackupWatch watch) throws IOException {
        List<Backup> deleted = new ArrayList<>();
        int verified = 0;
        for (Backup backup : held.list().reversed()) {
            boolean beyond = backup.isVerified() ? ++verified > keep : verified > 0;
            boolean judged = backup.note().isPresent() && backup.verdict() != Verdict.FAILED;
            if (beyond && judged) {
                delete(held, backup, deleted, watch);
            }
        }
        return deleted;
    }

    /** Bounds what does not count: it must not fill the disk, whatever goes wrong every night. */
    private List<Backup> bound(BackupFolder.Held held, BackupWatch watch) throws IOException {
        List<Backup> deleted = new ArrayList<>();
        int failed = 0;
        int unverified = 0;
        for (Backup backup : held.list().reversed()) {
            boolean beyond =
                    switch (backup.verdict()) {
                        case VERIFIED -> false;
                        case FAILED -> ++failed > FAILED_KEPT;
                        case UNVERIFIED -> backup.note().isPresent() && ++unverified > keep;
                    };
            if (beyond) {
                delete(held, backup, deleted, watch);
            }
        }
        return deleted;
    }

    private static void delete(
            BackupFolder.Held held, Backup backup, List<Backup> deleted, BackupWatch watch)
            throws IOException {
        watch.at(Step.ROTATING, deleted.size());
        held.delete(backup);
        deleted.add(backup);
        watch.at(Step.ROTATING, deleted.size());
    }
}
