package dev.rocket.core.operation;

import dev.rocket.core.model.BackupNote.Bytes;
import dev.rocket.core.model.BackupNote.Verdict;
import dev.rocket.core.operation.BackupWatch.Step;
import dev.rocket.core.port.Backups;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * A backup that becomes a store's file.
 *
 * <p>It is restored into a folder beside the target, opened and checked there as every backup is,
 * and takes the target's name in one step, when that is free. An interrupted run leaves the folder
 * alone, which the next one clears away; the target is there whole, or not at all.
 */
public final class RestoreBackup {

    /** What may stand beside a database and hold a part of it. */
    private static final List<String> LOGS = List.of("-wal", "-journal");

    /** What an engine leaves beside a database and needs no more. */
    private static final List<String> REMAINS = List.of("-wal", "-shm", "-journal");

    private static final String REMADE = "remade.db";

    private final Backups backups;
    private final Source source;
    private final Optional<BiConsumer<Store, Path>> further;
    private final Optional<Remake> remake;

    /** Restores what these copies open. */
    public RestoreBackup(Backups backups) {
        this(backups, Source.HERE, Optional.empty(), Optional.empty());
    }

    private RestoreBackup(
            Backups backups,
            Source source,
            Optional<BiConsumer<Store, Path>> further,
            Optional<Remake> remake) {
        this.backups = backups;
        this.source = source;
        this.further = further;
        this.remake = remake;
    }

    /** The same, with the backup's file brought from elsewhere. */
    public RestoreBackup fetching(Source from) {
        return new RestoreBackup(backups, from, further, remake);
    }

    /**
     * The same, with what was restored brought further before it takes its place.
     *
     * @param on gets the store, and a folder for passing files
     */
    public RestoreBackup continuing(BiConsumer<Store, Path> on) {
        return new RestoreBackup(backups, source, Optional.of(on), remake);
    }

    /** The same, with another store made of what was restored and put in its place. */
    public RestoreBackup remaking(Remake other) {
        return new RestoreBackup(backups, source, further, Optional.of(other));
    }

    /** Brings the file of a backup. */
    @FunctionalInterface
    public interface Source {

        /** Copies what is in a folder of this machine. */
        Source HERE = (one, file, done) -> DurableFiles.copy(one.file(), file, done);

        /**
         * Brings it.
         *
         * @param target a new file; others in its folder may come and go
         * @param progress hears how many bytes are over
         * @return size and checksum of what came
         */
        Bytes bring(Backup backup, Path target, LongConsumer progress) throws IOException;
    }

    /** Makes another store of a restored one. */
    @FunctionalInterface
    public interface Remake {

        /**
         * Makes it.
         *
         * @param from what was restored
         * @param file where to, whole and by itself
         */
        void make(Store from, Path file) throws IOException;
    }

    /**
     * What was restored.
     *
     * @param verdict whether it held what the store held
     * @param why a clause for people
     * @param report of what it holds
     */
    public record Restored(Path file, Verdict verdict, String why, VerifyStore.Report report) {}

    /**
     * Restores.
     *
     * @param target nothing may be there, nor the log of a database that was
     * @return what was restored, and whether it could be compared with anything: a verdict other
     *     than verified warns
     * @throws StoreException with FOREIGN when the target is taken, CORRUPT when the backup is not
     *     what it should be, LOCKED when another restore to that target is at work; nothing was
     *     restored then
     * @throws IOException when the disk does not take it
     */
    public Restored run(Backup backup, Path target, BackupWatch watch) throws IOException {
        Path whole = target.toAbsolutePath().normalize();
        checkFree(whole);
        if (backup.verdict() == Verdict.FAILED) {
            throw bad(backup, backup.why());
        }
        Path folder = whole.resolveSibling("." + whole.getFileName() + ".restoring");
        DurableFiles.folder(folder);
        FileChannel lock = lock(folder);
        try (lock) {
            Restored restored = restore(backup, whole, scratch(folder), watch);
            DurableFiles.forceFolder(DurableFiles.folderOf(whole));
            watch.at(Step.SWITCHING, 1);
            return restored;
        } finally {
            DurableFiles.delete(folder);
        }
    }

    private Restored restore(Backup backup, Path target, Path scratch, BackupWatch watch)
            throws IOException {
        CheckBackup check = new CheckBackup(backups, scratch, watch, source);
        CheckBackup.Found found = check.run(backup, Optional.empty());
        if (found.verdict() == Verdict.FAILED) {
            throw bad(backup, found.why());
        }
        if (found.report().isEmpty()) {
            String what = backup.name() + " is not restored: " + found.why() + ".";
            throw new StoreException(Kind.UNAVAILABLE, what);
        }
        VerifyStore.Report report = found.report().get();
        Path file = check.restored();
        if (further.isPresent()) {
            BiConsumer<Store, Path> on = further.get();
            report = checked(backups, file, store -> on.accept(store, scratch), watch);
        }
        if (remake.isPresent()) {
            file = scratch.resolve(REMADE);
            report = remade(check.restored(), file, remake.get(), watch);
        }
        watch.at(Step.SWITCHING, 0);
        checkWhole(file);
        DurableFiles.force(file);
        clearRemains(target);
        place(file, target);
        return new Restored(target, found.verdict(), found.why(), report);
    }

    /** Makes another store of the restored one, and checks that as well. */
    private VerifyStore.Report remade(Path restored, Path file, Remake by, BackupWatch watch)
            throws IOException {
        try (Store from = backups.open(restored)) {
            by.make(from, file);
        }
        return checked(backups, file, made -> {}, watch);
    }

    /**
     * Does work on a store, and checks it after that.
     *
     * @throws StoreException with CORRUPT when it is not sound then, and as the work does
     */
    static VerifyStore.Report checked(
            Backups backups, Path file, Consumer<Store> work, BackupWatch watch) {
        try (Store store = backups.open(file)) {
            work.accept(store);
            VerifyStore.Report report =
                    new VerifyStore(store).run(done -> watch.at(Step.CHECKING, done));
            if (!report.agrees()) {
                throw new StoreException(Kind.CORRUPT, report.problems().getFirst());
            }
            return report;
        }
    }

    private static StoreException bad(Backup backup, String why) {
        return new StoreException(
                Kind.CORRUPT,
                backup.name()
                        + " is not restored: "
                        + why
                        + ". Take another one; `rocket backups` lists them, with --offsite those"
                        + " elsewhere.");
    }

    private static Path scratch(Path folder) throws IOException {
        Path scratch = folder.resolve("scratch");
        DurableFiles.delete(scratch);
        DurableFiles.folder(scratch);
        return scratch;
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel = DurableFiles.open(folder.resolve("lock"));
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw busy(folder);
        }
        channel.close();
        throw busy(folder);
    }

    private static StoreException busy(Path folder) {
        return new StoreException(
                Kind.LOCKED, "Another restore is at work in " + folder + "; wait until it ended.");
    }

    private static void checkFree(Path target) throws IOException {
        if (Files.exists(target)) {
            throw taken(target);
        }
        for (String ending : LOGS) {
            Path log = target.resolveSibling(target.getFileName() + ending);
            if (Files.exists(log) && Files.size(log) > 0) {
                throw taken(log);
            }
        }
    }

    /** Clears away what is empty, or an index of that: who only reads leaves it behind. */
    private static void clearRemains(Path target) throws IOException {
        checkFree(target);
        for (String ending : REMAINS) {
            Files.deleteIfExists(target.resolveSibling(target.getFileName() + ending));
        }
    }

    private static StoreException taken(Path there) {
        return new StoreException(
                Kind.FOREIGN,
                there
                        + " is there already and is never overwritten; move it away, with what"
                        + " stands beside it under that name, or restore elsewhere by --to.");
    }

    /** Refuses what left a part of itself in its log. */
    private static void checkWhole(Path file) throws IOException {
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        if (Files.exists(log)) {
            throw new IOException(log + " was not merged; nothing was restored");
        }
    }

    /** Gives a file its name, if nobody has it; two of the same cannot both. */
    private static void place(Path file, Path target) throws IOException {
        try {
            Files.createLink(target, file);
        } catch (FileAlreadyExistsException e) {
            throw taken(target);
        } catch (UnsupportedOperationException e) {
            Files.move(file, target);
        }
    }
}
