package dev.rocket.core.operation;

import dev.rocket.core.model.BackupNote;
import dev.rocket.core.model.BackupNote.Bytes;
import dev.rocket.core.model.BackupNote.Verdict;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Digest;
import dev.rocket.core.model.Seq;
import dev.rocket.core.operation.BackupWatch.Step;
import dev.rocket.core.port.Backups;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Restoring a backup somewhere, and judging what came of it.
 *
 * <p>The file is brought, byte by byte as its note says, opened by the adapter that a server would
 * open it with, and checked against its own feed. Then its digest is compared: with the one in its
 * note, which was the store's at that place when it was verified first; or else with that of the
 * store itself, change by change and entity by entity, at the backup's place. Without either it
 * stays unverified. Whatever kept this from being done is no fault of the backup, so it stays
 * unverified as well.
 */
final class CheckBackup {

    private static final String RESTORED = "rocket.db";
    private static final String SOUND = "restored; it holds what the store held at its place";

    private final Backups backups;
    private final Path folder;
    private final BackupWatch watch;
    private final RestoreBackup.Source source;

    /** Restores into a folder, which must be there and empty. */
    CheckBackup(Backups backups, Path folder, BackupWatch watch) {
        this(backups, folder, watch, RestoreBackup.Source.HERE);
    }

    /** The same with backups that are brought from elsewhere. */
    CheckBackup(Backups backups, Path folder, BackupWatch watch, RestoreBackup.Source source) {
        this.backups = backups;
        this.folder = folder;
        this.watch = watch;
        this.source = source;
    }

    /**
     * What a check found.
     *
     * @param why a clause for people
     * @param report of what was restored; empty when it could not be read to its end
     */
    record Found(Verdict verdict, String why, Optional<VerifyStore.Report> report) {

        Found(Verdict verdict, String why) {
            this(verdict, why, Optional.empty());
        }

        /** Of all entities in it. */
        Optional<Digest> digest() {
            return report.map(VerifyStore.Report::digest);
        }
    }

    /** Where it restores to. */
    Path restored() {
        return folder.resolve(RESTORED);
    }

    /**
     * Restores and judges.
     *
     * @param live the store that it was taken from, if that can be asked
     */
    Found run(Backup backup, Optional<Store> live) throws IOException {
        long free = DurableFiles.free(folder);
        Optional<Bytes> told = backup.note().map(BackupNote::file);
        long needed = told.isPresent() ? told.get().count() : Files.size(backup.file());
        if (free < needed) {
            return new Found(
                    Verdict.UNVERIFIED,
                    "restoring it needs " + needed + " bytes of space, and " + free + " are free");
        }
        Bytes brought = source.bring(backup, restored(), done -> watch.at(Step.RESTORING, done));
        if (told.isPresent() && !told.get().equals(brought)) {
            return new Found(Verdict.FAILED, changed(told.get(), brought));
        }
        return judge(backup, live);
    }

    /** How a file differs from what its note says. */
    static String changed(Bytes told, Bytes found) {
        return told.count() == found.count()
                ? "its bytes changed since it was made"
                : "it has " + found.count() + " bytes, and had " + told.count() + " when made";
    }

    private Found judge(Backup backup, Optional<Store> live) {
        Store copy;
        try {
            copy = backups.open(restored());
        } catch (StoreException e) {
            return new Found(blame(e), "it cannot be opened: " + e.getMessage());
        }
        try (copy) {
            VerifyStore.Report report =
                    new VerifyStore(copy).run(done -> watch.at(Step.CHECKING, done));
            if (!report.agrees()) {
                return new Found(Verdict.FAILED, report.problems().getFirst());
            }
            return compare(backup, copy, report, live);
        } catch (StoreException e) {
            return new Found(blame(e), "it cannot be read: " + e.getMessage());
        }
    }

    /** Damage is the backup's own; all else may be gone the next time. */
    private static Verdict blame(StoreException e) {
        boolean own = e.kind() == Kind.CORRUPT || e.kind() == Kind.FOREIGN;
        return own ? Verdict.FAILED : Verdict.UNVERIFIED;
    }

    private Found compare(
            Backup backup, Store copy, VerifyStore.Report report, Optional<Store> live) {
        long place = report.seq().value();
        Optional<Seq> noted = backup.note().map(BackupNote::seq);
        if (noted.isPresent() && !noted.get().equals(report.seq())) {
            String why = "it ends at place " + place + ", not " + noted.get().value();
            return new Found(Verdict.FAILED, why);
        }
        Optional<Digest> digest = backup.note().flatMap(BackupNote::digest);
        if (digest.isPresent()) {
            boolean same = digest.get().equals(report.digest());
            return new Found(
                    same ? Verdict.VERIFIED : Verdict.FAILED,
                    same ? SOUND : "its digest is not the one that was noted",
                    Optional.of(report));
        }
        if (live.isPresent()) {
            return compare(copy, live.get(), report);
        }
        String alone = "restored; it agrees with its own feed, and is compared with nothing else";
        return new Found(Verdict.UNVERIFIED, alone, Optional.of(report));
    }

    private Found compare(Store copy, Store live, VerifyStore.Report report) {
        try {
            Optional<String> unlike = unlike(copy, live, report);
            return new Found(
                    unlike.isPresent() ? Verdict.FAILED : Verdict.VERIFIED,
                    unlike.orElse(SOUND),
                    Optional.of(report));
        } catch (StoreException e) {
            String why = "it could not be compared with the store: " + e.getMessage();
            return new Found(Verdict.UNVERIFIED, why);
        }
    }

    private Optional<String> unlike(Store copy, Store live, VerifyStore.Report report) {
        Seq seq = report.seq();
        Seq head = live.read(Snapshot::seq);
        if (seq.isAfter(head)) {
            return Optional.of("the store ends at place " + head.value() + ", before the backup");
        }
        Feed mine = Feed.of(copy, seq);
        Feed theirs = Feed.of(live, seq);
        long looked = 0;
        while (mine.hasNext() && theirs.hasNext()) {
            Change change = mine.next();
            Change there = theirs.next();
            while (there.seq().isAfter(change.seq())
                    && mine.hasNext()
                    && Forgotten.mayBe(live, change)) {
                change = mine.next();
            }
            if (!change.equals(there)) {
                long place = change.seq().value();
                return Optional.of("its feed differs from the store's at place " + place);
            }
            watch.at(Step.COMPARING, ++looked);
        }
        if (mine.hasNext() || theirs.hasNext()) {
            return Optional.of("its feed and the store's end at different places");
        }
        long feed = looked;
        Digest held =
                PastDigest.of(live, seq, done -> watch.at(Step.COMPARING, feed + done))
                        .orElseThrow(
                                () ->
                                        new StoreException(
                                                Kind.UNAVAILABLE,
                                                "it has forgotten what it held at that place"));
        return held.equals(report.digest())
                ? Optional.empty()
                : Optional.of("it does not hold what the store held at place " + seq.value());
    }
}
