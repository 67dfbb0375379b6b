package dev.rocket.core.operation;

import dev.rocket.core.model.BackupNote;
import dev.rocket.core.model.BackupNote.Verdict;
import dev.rocket.core.model.Seq;
import dev.rocket.core.operation.BackupWatch.Step;
import dev.rocket.core.port.Backups;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The rehearsal of a recovery, somewhere fresh.
 *
 * <p>A backup is restored, brought forward along the archive where there is one, and served. It
 * changes nothing but the scratch folder of the backups, which it clears away.
 */
public final class DrillRestore {

    /** Whatever was archived by the time that it is read. */
    private static final ReplayArchive.Until ALL = new ReplayArchive.Place(new Seq(Long.MAX_VALUE));

    private final Backups backups;
    private final BackupFolder folder;
    private final Optional<ArchiveFolder> archive;
    private final InstantSource clock;

    /**
     * Rehearses with the backups in a folder, by a clock.
     *
     * @param archive of the feed; empty when there is none
     */
    public DrillRestore(
            Backups backups,
            BackupFolder folder,
            Optional<ArchiveFolder> archive,
            InstantSource clock) {
        this.backups = backups;
        this.folder = folder;
        this.archive = archive;
        this.clock = clock;
    }

    /** Starts a server on a restored database and uses it. */
    @FunctionalInterface
    public interface Trial {

        /**
         * Does it, and stops the server.
         *
         * @return what was tried, in order; up to the first that failed
         */
        List<Tried> on(Path database) throws IOException;
    }

    /** Where reports go. */
    @FunctionalInterface
    public interface Reports {

        /** Writes one into a folder, which need not be there yet; where it is for people. */
        Path keep(Report report, Path folder) throws IOException;
    }

    /**
     * What a drill takes beside the backups.
     *
     * @param trial gives one that calls what it is given after each step; what that throws ends it
     * @param reports of it
     */
    public record Stage(Function<Runnable, Trial> trial, Reports reports) {}

    /**
     * One thing that was tried on what was restored.
     *
     * @param failure why it failed; empty when it passed
     */
    public record Tried(String what, Duration took, Optional<String> failure) {}

    /**
     * What neither this backup nor the archive would bring back.
     *
     * @param changes that the store had, when the drill began, beyond what came back
     * @param since how many of them came after the backup, with those that the archive brought back
     * @param age of the backup
     */
    public record Loss(long changes, long since, Duration age) {}

    /**
     * What a drill found.
     *
     * @param verdict of the restored backup
     * @param why a clause for people
     * @param restoring how long it took to restore and check it
     * @param recovery from the beginning until the server had been used
     * @param tried on what was restored; empty when that is not sound
     * @param loss empty when the store is not there to be compared with
     */
    public record Report(
            Backup backup,
            Instant began,
            Verdict verdict,
            String why,
            Duration restoring,
            Duration recovery,
            List<Tried> tried,
            Optional<Loss> loss) {

        /** Whether the recovery would have worked. */
        public boolean passed() {
            return verdict == Verdict.VERIFIED
                    && !tried.isEmpty()
                    && tried.stream().allMatch(one -> one.failure().isEmpty());
        }

        /** What it came to, in one line for people. */
        String summary() {
            String found = backup.name() + " is " + verdict.wire() + ": " + why;
            String failed =
                    tried.stream()
                            .filter(one -> one.failure().isPresent())
                            .map(one -> "; " + one.what() + " failed: " + one.failure().get())
                            .findFirst()
                            .orElse("");
            return found + failed + "; recovery took " + recovery.toMillis() + " ms";
        }
    }

    /** Where the reports of the drills with these backups are. */
    public static Path reports(BackupFolder folder) {
        return folder.path().resolve("drills");
    }

    /**
     * It as maintenance: with the newest verified backup, ending between two steps when the server
     * stops. It is left to the server that has that backup.
     *
     * @param live the store that would be lost; only read
     */
    public Chore chore(Store live, Stage stage, Timetable timetable) {
        String about = "rehearses a recovery from the newest backup";
        NewestBackup newest = new NewestBackup(live, folder);
        Chore.Work work = newest.leaving(lease -> run(live, stage, lease));
        return new Chore("drill", about, timetable, work);
    }

    private Outcome run(Store live, Stage stage, Lease lease) throws IOException {
        Optional<Backup> newest = folder.newestVerified();
        if (newest.isEmpty()) {
            String none = "no verified backup is in " + folder.path();
            return Outcome.failed(none + "; make one: rocket backup");
        }
        BackupWatch watch = (step, done) -> lease.checkpoint();
        Trial trial = stage.trial().apply(lease::checkpoint);
        Report report = run(newest.get(), Optional.of(live), trial, watch);
        Path kept = stage.reports().keep(report, reports(folder));
        String detail = report.summary() + "; report: " + kept;
        return report.passed() ? Outcome.done(detail) : Outcome.failed(detail);
    }

    /**
     * Rehearses.
     *
     * @param live the store that would be lost, if it is there; only read
     * @throws dev.rocket.core.port.StoreException with LOCKED when another run is at work
     * @throws IOException when the disk does not take it, or the server does not come up
     */
    public Report run(Backup backup, Optional<Store> live, Trial trial, BackupWatch watch)
            throws IOException {
        try (BackupFolder.Held held = folder.hold()) {
            watch.at(Step.CLEARING, 0);
            held.clear();
            try {
                DurableFiles.folder(held.scratch());
                return new Run(live, trial, watch).run(backup, held.scratch());
            } finally {
                DurableFiles.delete(held.scratch());
            }
        }
    }

    private final class Run {

        private final Optional<Store> live;
        private final Trial trial;
        private final BackupWatch watch;
        private final Instant began = clock.instant();
        private final List<Tried> tried = new ArrayList<>();
        private Seq reached = Seq.START;

        Run(Optional<Store> live, Trial trial, BackupWatch watch) {
            this.live = live;
            this.trial = trial;
            this.watch = watch;
        }

        Report run(Backup backup, Path scratch) throws IOException {
            Optional<Seq> head = live.map(Store::head);
            CheckBackup check = new CheckBackup(backups, scratch, watch);
            CheckBackup.Found found = check.run(backup, Optional.empty());
            Duration restoring = since(began);
            reached = backup.note().map(BackupNote::seq).orElse(Seq.START);
            if (found.verdict() == Verdict.VERIFIED && replayed(check.restored())) {
                tried.addAll(trial.on(check.restored()));
            }
            Duration recovery = since(began);
            Optional<Loss> loss = head.flatMap(end -> backup.note().map(note -> loss(note, end)));
            return new Report(
                    backup, began, found.verdict(), found.why(), restoring, recovery, tried, loss);
        }

        /** Brings what was restored forward; whether there was nothing to bring, or that worked. */
        private boolean replayed(Path restored) throws IOException {
            if (archive.isEmpty() || !archive.get().holdsAny()) {
                return true;
            }
            Instant start = clock.instant();
            Optional<String> failure = Optional.empty();
            try {
                RestoreBackup.checked(
                        backups, restored, store -> replay(archive.get(), store), watch);
            } catch (StoreException e) {
                failure = Optional.of(String.valueOf(e.getMessage()));
            }
            tried.add(new Tried("the archive brings it forward", since(start), failure));
            return failure.isEmpty();
        }

        private void replay(ArchiveFolder from, Store store) {
            reached =
                    new ReplayArchive(from, store)
                            .run(ALL, changes -> watch.at(Step.REPLAYING, changes))
                            .last();
        }

        private Loss loss(BackupNote note, Seq end) {
            long lost = 0;
            long since = 0;
            for (Feed feed = Feed.between(live.orElseThrow(), note.seq(), end);
                    feed.hasNext();
                    since++) {
                lost += feed.next().seq().isAfter(reached) ? 1 : 0;
            }
            Duration age = Duration.between(note.made(), began);
            return new Loss(lost, since, age.isNegative() ? Duration.ZERO : age);
        }
    }

    /** Not below zero, though the clock went back meanwhile. */
    private Duration since(Instant began) {
        Duration took = Duration.between(began, clock.instant());
        return took.isNegative() ? Duration.ZERO : took;
    }
}
