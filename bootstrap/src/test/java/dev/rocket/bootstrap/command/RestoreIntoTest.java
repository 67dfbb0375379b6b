package dev.rocket.bootstrap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.process.PostgresServer;
import dev.rocket.bootstrap.wiring.BackupParts;
import dev.rocket.bootstrap.wiring.Config;
import dev.rocket.bootstrap.wiring.StoreKit;
import dev.rocket.bootstrap.wiring.StorePlace;
import dev.rocket.bootstrap.wiring.Wiring;
import dev.rocket.core.contract.RandomFeed;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.TaskEdit;
import dev.rocket.core.operation.ArchiveFeed;
import dev.rocket.core.operation.ArchiveFolder;
import dev.rocket.core.operation.BackupWatch;
import dev.rocket.core.operation.BackupWatch.Step;
import dev.rocket.core.operation.RestoreBackup;
import dev.rocket.core.operation.RestoreInto;
import dev.rocket.core.port.Backups;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.usecase.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup is restored straight into Postgres. */
class RestoreIntoTest {

    @TempDir private Path folder = Path.of("");
    private Path db = Path.of("");

    /** An empty database whose address may stand on the command line. */
    private final String url = PostgresServer.fresh().replace(":hush-hush", "");

    @BeforeEach
    void fill() {
        db = folder.resolve("tasks.db");
        try (Store store = StoreFile.of(db.toString()).open()) {
            RandomFeed.fill(store, System.nanoTime(), 400);
        }
        Run made = Run.of("backup", "--db", db);
        assertEquals(0, made.code(), made.out() + made.err());
    }

    private Run restore(Object... more) {
        Object[] words = new Object[more.length + 4];
        System.arraycopy(new Object[] {"restore", "latest", "--db", db}, 0, words, 0, 4);
        System.arraycopy(more, 0, words, 4, more.length);
        return Run.of(words);
    }

    private void assertThere() {
        Run equal = Run.of("verify", "--db", db, "--against", url);
        assertEquals(0, equal.code(), equal.out() + equal.err());
        Run sound = Run.of("verify", "--db", url);
        assertEquals(0, sound.code(), sound.out() + sound.err());
        assertFalse(Files.exists(BackupParts.folder(config()).path().resolve(".scratch")));
    }

    private Config config() {
        return StoreFile.of(db.toString()).config();
    }

    private void restoring(BackupWatch watch) throws IOException {
        Backups opener = StoreKit.opener(config());
        StorePlace place = new StorePlace(StoreFile.of(url).config(), Meter.NONE);
        new RestoreInto(
                        new RestoreBackup(opener),
                        opener,
                        BackupParts.folder(config()),
                        Wiring.clock())
                .run(BackupParts.folder(config()).newestVerified().orElseThrow(), place, watch);
    }

    @Test
    void it_is_there_whole_and_taken_for_a_store() {
        Run there = restore("--to", url);
        assertEquals(0, there.code(), there.out() + there.err());
        assertTrue(there.out().startsWith("Restored to postgresql://"), there.out());
        assertThere();
        Run written = Run.of("token", "create", "more", "--db", url);
        assertEquals(0, written.code(), written.out() + written.err());
    }

    private static void write(Store store) {
        for (int i = 0; i < 20; i++) {
            TaskEdit title = TaskEdit.of(new TaskEdit.Title("task " + i));
            Wiring.useCases(store).tasks().create(Caller.system("test"), title);
        }
    }

    @Test
    void a_place_in_the_feed_is_come_back_to() throws IOException {
        Path archive = folder.resolve("tasks.db.feed");
        Seq middle;
        try (Store store = StoreFile.of(db.toString()).open()) {
            write(store);
            middle = store.head();
            write(store);
            new ArchiveFeed(store, new ArchiveFolder(archive)).run();
        }
        String at = Long.toString(middle.value());
        Path file = folder.resolve("then.db");
        Run there = restore("--at", at, "--to", url, "--json");
        assertEquals(0, there.code(), there.out() + there.err());
        assertEquals(0, restore("--at", at, "--to", file).code());
        Run equal = Run.of("verify", "--db", file, "--against", url);
        assertEquals(0, equal.code(), equal.out() + equal.err());
        assertTrue(there.out().contains("\"seq\":" + at), there.out());
        assertTrue(there.out().contains("\"place\":\"postgresql://"), there.out());
    }

    @Test
    void nothing_is_overwritten() {
        assertEquals(0, restore("--to", url).code());
        String before = Run.of("verify", "--db", url).out();
        Run again = restore("--to", url);
        assertEquals(1, again.code(), again.out());
        assertTrue(again.err().contains("holds a store already"), again.err());
        assertEquals(before, Run.of("verify", "--db", url).out());
    }

    @Test
    void a_store_that_a_server_has_open_is_left_alone() {
        try (Store open = StoreFile.of(url).open()) {
            assertEquals(Seq.START, open.head());
            Run refused = restore("--to", url);
            assertEquals(1, refused.code(), refused.out());
            assertTrue(refused.err().contains("is in use by 1 servers"), refused.err());
        }
        assertEquals(0, restore("--to", url).code());
        assertThere();
    }

    @Test
    void what_was_cut_off_is_no_store_and_the_next_run_clears_it_away() throws IOException {
        for (Step step : new Step[] {Step.LOADING, Step.COMPARING}) {
            IllegalStateException cut =
                    assertThrows(
                            IllegalStateException.class,
                            () ->
                                    restoring(
                                            (now, done) -> {
                                                if (now == step && done > 0) {
                                                    throw new IllegalStateException("cut");
                                                }
                                            }));
            assertEquals("cut", cut.getMessage());
            Run opened = Run.of("export", "--db", url);
            assertEquals(1, opened.code(), opened.out());
            assertTrue(
                    step == Step.LOADING
                            ? opened.err().contains("is at version 0")
                            : opened.err().contains("was being restored from a backup"),
                    opened.err());
        }
        assertEquals(0, restore("--to", url).code());
        assertThere();
    }

    @Test
    void a_copy_that_differs_is_not_put_in_charge() throws IOException {
        assertNotInCharge("DELETE FROM rocket.task");
        Run opened = Run.of("export", "--db", url);
        assertTrue(opened.err().contains("was being restored from a backup"), opened.err());
        assertEquals(0, restore("--to", url).code());
        assertThere();
    }

    @Test
    void a_run_that_was_overtaken_puts_nothing_in_charge() throws IOException {
        assertNotInCharge("UPDATE rocket.custody SET at = at + 1");
        assertEquals(1, Run.of("export", "--db", url).code());
    }

    /** Restores, and does something to the copy while it is compared, which is found out. */
    private void assertNotInCharge(String meanwhile) {
        StoreException differs =
                assertThrows(
                        StoreException.class,
                        () ->
                                restoring(
                                        (now, done) -> {
                                            if (now == Step.COMPARING) {
                                                run(meanwhile);
                                            }
                                        }));
        assertTrue(
                String.valueOf(differs.getMessage()).contains("is not what was restored"),
                differs.toString());
    }

    private void run(String sql) {
        try {
            PostgresServer.run(url, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_password_is_not_taken_from_the_command_line() {
        Run refused = restore("--to", PostgresServer.fresh());
        assertEquals(2, refused.code(), refused.out());
        assertTrue(refused.err().contains("--to holds a password"), refused.err());
        assertFalse(refused.err().contains("hush-hush"), refused.err());
    }
}
