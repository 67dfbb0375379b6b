package dev.rocket.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.BackupNote;
import dev.rocket.core.model.BackupNote.Verdict;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Task;
import dev.rocket.core.operation.Backup;
import dev.rocket.core.operation.BackupFolder;
import dev.rocket.core.operation.BackupWatch;
import dev.rocket.core.operation.BackupWatch.Step;
import dev.rocket.core.operation.KeepBackups;
import dev.rocket.core.operation.RestoreBackup;
import dev.rocket.core.operation.VerifyStore;
import dev.rocket.core.port.Backups;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

/** Backups are made, judged and kept. */
final class BackupsTest extends BackupGround {

    /**
     * Goal: a backup made while everybody writes is the store at one place. Method: eight callers
     * edit and create without a pause while backups are made; afterwards each backup's feed must be
     * the store's up to its place, and agree with what the backup holds.
     */
    @Test
    void a_backup_under_full_load_is_the_store_at_its_place() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        List<Future<?>> writing = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                Task first = task("caller " + i);
                put(first);
                writing.add(callers.submit(() -> writeUntil(enough, first)));
            }
            for (int i = 0; i < 3; i++) {
                KeepBackups.Run run = backup();
                assertEquals(Verdict.VERIFIED, run.made().verdict(), run.made().why());
            }
            enough.set(true);
        }
        for (Future<?> one : writing) {
            one.get();
        }
        List<Change> feed = feed();
        for (Backup backup : kept().list()) {
            Seq place = backup.note().orElseThrow().seq();
            Path copy = folder.resolve("copy-" + place.value() + ".db");
            new RestoreBackup(FileBackups.of(config())).run(backup, copy, BackupWatch.NONE);
            try (Store restored = SqliteStore.open(SqliteConfig.at(copy), Meter.NONE)) {
                VerifyStore.Report report = new VerifyStore(restored).run(looked -> {});
                assertTrue(report.agrees());
                assertEquals(place, report.seq());
                List<Change> first = restored.read(s -> s.changes(Seq.START, Limits.CHANGES_PAGE));
                assertEquals(feed.subList(0, first.size()), first);
            }
        }
        assertTrue(feed.size() > 100, "nobody wrote meanwhile");
    }

    private void writeUntil(AtomicBoolean enough, Task first) {
        Task task = first;
        while (!enough.get()) {
            task = retitled(task, "title " + task.revision().value());
            put(task, task("more"));
        }
    }

    private List<Long> places() throws IOException {
        return kept().list().stream().map(one -> one.note().orElseThrow().seq().value()).toList();
    }

    @Test
    void the_window_rolls_over_verified_ones_and_names_sort_as_they_were_made() throws Exception {
        for (int i = 0; i < KEEP + 2; i++) {
            put(task("task " + i));
            assertTrue(backup().made().isVerified());
            now = now.plus(Duration.ofDays(1));
        }
        assertEquals(List.of(3L, 4L, 5L), places());
        List<String> names = names(Verdict.VERIFIED);
        assertEquals(names.stream().sorted().toList(), names);
        assertEquals("rocket-000003-20260331T073000Z.db", names.get(0));
        assertEquals(List.of(), strays());
    }

    /** A clock that jumps forward for years, back again, and across a change of summer time. */
    @Test
    void a_clock_that_jumps_lets_none_but_the_oldest_go() throws Exception {
        List<Duration> jumps =
                List.of(
                        Duration.ofDays(3650),
                        Duration.ofDays(-7300),
                        Duration.ofHours(1),
                        Duration.ofMinutes(-61),
                        Duration.ofDays(3650),
                        Duration.ZERO);
        for (int i = 0; i < jumps.size(); i++) {
            put(task("task " + i));
            now = now.plus(jumps.get(i));
            KeepBackups.Run run = backup();
            assertTrue(run.made().isVerified(), run.made().why());
            List<Backup> left = kept().list();
            assertEquals(run.made(), left.getLast());
            assertEquals(Math.min(KEEP, i + 1), left.size());
        }
        assertEquals(List.of(4L, 5L, 6L), places());
    }

    @Test
    void a_copy_that_lacks_something_is_failed_and_lets_nothing_go() throws Exception {
        for (int i = 0; i < KEEP; i++) {
            put(task("task " + i));
            backup();
        }
        List<String> good = names(Verdict.VERIFIED);
        Path older = kept().list().getLast().file();
        put(task("the newest"));
        Backups stale = new Stale(FileBackups.of(config()), older, 4);
        for (int i = 0; i < KeepBackups.FAILED_KEPT + 2; i++) {
            KeepBackups.Run run = keeper(stale).run(store(), BackupWatch.NONE);
            assertEquals(Verdict.FAILED, run.made().verdict());
            assertTrue(run.made().why().contains("ends at place 3, not 4"), run.made().why());
        }
        assertEquals(good, names(Verdict.VERIFIED));
        assertEquals(KeepBackups.FAILED_KEPT, names(Verdict.FAILED).size());
    }

    @Test
    void a_copy_of_another_store_is_failed() throws Exception {
        put(task("mine"));
        SqliteConfig other = SqliteConfig.at(folder.resolve("other.db"));
        try (Store store = SqliteStore.open(other, Meter.NONE)) {
            Task task = task("theirs");
            store.write(tx -> tx.apply(draft(task)));
        }
        KeepBackups.Run run = keeper(FileBackups.of(other)).run(store(), BackupWatch.NONE);
        assertEquals(Verdict.FAILED, run.made().verdict());
        assertTrue(run.made().why().contains("differs from the store's at place 1"));
    }

    @Test
    void a_store_whose_rows_were_changed_beside_its_feed_gives_no_verified_backup()
            throws Exception {
        Task task = task("mine");
        put(task, task("other"));
        write(tx -> ((SqliteTransaction) tx).statements().run("DELETE FROM task WHERE row = 1"));
        KeepBackups.Run run = backup();
        assertEquals(Verdict.FAILED, run.made().verdict());
        assertTrue(run.made().why().contains(task.id().text()), run.made().why());
    }

    @Test
    void a_backup_that_rots_no_longer_counts_and_is_not_let_go_for_it() throws Exception {
        for (int i = 0; i < KEEP; i++) {
            put(task("task " + i));
            backup();
        }
        Path oldest = kept().list().getFirst().file();
        flip(oldest, 5_000);
        KeepBackups.Run run = backup();
        assertEquals(List.of(oldest), run.rotted().stream().map(Backup::file).toList());
        assertEquals(List.of(), run.deleted());
        assertEquals(KEEP, names(Verdict.VERIFIED).size());
        assertEquals(List.of(oldest.getFileName().toString()), names(Verdict.FAILED));
    }

    @Test
    void a_file_that_lost_its_note_is_left_alone_and_taken_in_again_by_a_check() throws Exception {
        put(task("one"));
        Backup made = backup().made();
        String name = made.name();
        Files.delete(made.file().resolveSibling(name.replace(".db", ".json")));
        for (int i = 0; i <= KEEP; i++) {
            put(task("more " + i));
            backup();
        }
        assertEquals(List.of(name), names(Verdict.UNVERIFIED));
        keeper().check(BackupFolder.at(made.file()), Optional.of(store()), BackupWatch.NONE);
        assertEquals(name, names(Verdict.VERIFIED).get(0));
    }

    @Test
    void two_at_a_time_are_refused() throws Exception {
        try (BackupFolder.Held held = kept().hold()) {
            StoreException e = assertThrows(StoreException.class, this::backup);
            assertEquals(Kind.LOCKED, e.kind(), held::toString);
        }
        assertTrue(backup().made().isVerified());
    }

    @Test
    void files_are_their_owners_alone() throws Exception {
        put(task("one"));
        Backup made = backup().made();
        String note = made.name().replace(".db", ".json");
        for (Path file : List.of(made.file(), made.file().resolveSibling(note))) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
        assertEquals(
                "rwx------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(kept().path())));
    }

    @Test
    void a_target_that_is_taken_is_never_overwritten() throws Exception {
        put(task("one"));
        Backup made = backup().made();
        RestoreBackup restore = new RestoreBackup(FileBackups.of(config()));
        Path target = folder.resolve("t.db");
        for (String there : List.of("t.db", "t.db-wal", "t.db-journal")) {
            Path file = Files.writeString(folder.resolve(there), "mine");
            StoreException e =
                    assertThrows(
                            StoreException.class,
                            () -> restore.run(made, target, BackupWatch.NONE));
            assertEquals(Kind.FOREIGN, e.kind());
            assertEquals("mine", Files.readString(file));
            Files.delete(file);
        }
    }

    @Test
    void what_a_reader_left_behind_is_not_in_the_way() throws Exception {
        put(task("one"));
        Backup made = backup().made();
        Path target = folder.resolve("t.db");
        Files.createFile(folder.resolve("t.db-wal"));
        Files.write(folder.resolve("t.db-shm"), new byte[32_768]);
        new RestoreBackup(FileBackups.of(config())).run(made, target, BackupWatch.NONE);
        assertFalse(Files.exists(folder.resolve("t.db-wal")));
        assertFalse(Files.exists(folder.resolve("t.db-shm")));
        try (Store restored = SqliteStore.open(SqliteConfig.at(target), Meter.NONE)) {
            assertEquals(new Seq(1), restored.read(Snapshot::seq));
        }
    }

    @Test
    void every_step_is_told_and_nothing_is_left_beside() throws Exception {
        put(task("one"));
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i <= KEEP; i++) {
            keeper().run(store(), (step, done) -> steps.add(step));
        }
        Path target = folder.resolve("t.db");
        new RestoreBackup(FileBackups.of(config()))
                .run(kept().list().getLast(), target, (step, done) -> steps.add(step));
        // A file is put in place, and only tables are loaded; nothing comes from elsewhere, and
        // nothing was archived.
        EnumSet<Step> others = EnumSet.of(Step.LOADING, Step.FETCHING, Step.REPLAYING);
        for (Step step : EnumSet.complementOf(others)) {
            assertTrue(steps.contains(step), step + " in " + steps);
        }
        assertFalse(Files.exists(folder.resolve(".t.db.restoring")));
        assertEquals(List.of(), strays());
    }

    @Test
    void what_was_noted_is_what_the_file_holds() throws Exception {
        put(task("one"));
        Backup made = backup().made();
        BackupNote note = made.note().orElseThrow();
        assertEquals(new Seq(1), note.seq());
        assertEquals(now.truncatedTo(ChronoUnit.MILLIS), note.made());
        assertEquals("sqlite", note.engine());
        assertEquals(1, note.digest().orElseThrow().count());
        assertEquals(Files.size(made.file()), note.file().count());
    }

    /** Gives an old copy for a new one, as a broken disk might. */
    private record Stale(Backups real, Path old, long place) implements Backups {

        @Override
        public String engine() {
            return real.engine();
        }

        @Override
        public long size() {
            return real.size();
        }

        @Override
        public Seq snapshot(Path file, LongConsumer progress) throws IOException {
            Files.copy(old, file);
            return new Seq(place);
        }

        @Override
        public Store open(Path file) {
            return real.open(file);
        }
    }
}
