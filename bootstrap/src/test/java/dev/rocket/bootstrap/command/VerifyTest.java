package dev.rocket.bootstrap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.exchange.RandomStore;
import dev.rocket.bootstrap.process.PostgresServer;
import dev.rocket.bootstrap.wiring.Wiring;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskEdit;
import dev.rocket.core.operation.ArchiveFeed;
import dev.rocket.core.operation.ArchiveFolder;
import dev.rocket.core.port.Store;
import dev.rocket.core.usecase.Caller;
import dev.rocket.core.usecase.UseCases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyTest {

    @TempDir private Path folder = Path.of("");

    @Test
    void a_sound_store_agrees_in_text_and_in_json() {
        Path db = folder.resolve("tasks.db");
        long seed = System.nanoTime();
        try (var store = StoreFile.of(db.toString()).open()) {
            RandomStore.fill(store, seed);
        }
        Run text = Run.of("verify", "--db", db);
        assertEquals(0, text.code(), "seed " + seed + text.err());
        assertTrue(text.out().startsWith("The store agrees with its feed"), text.out());
        Run json = Run.of("verify", "--json", "--db", db);
        String digest = text.out().substring(text.out().indexOf("digest    ") + 10).strip();
        assertTrue(json.out().startsWith("{\"agrees\":true,"), json.out());
        assertTrue(json.out().contains("\"digest\":\"" + digest + "\""), json.out());
    }

    private static void damage(Path db, String... damages) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + db);
                Statement statement = connection.createStatement()) {
            for (String damage : damages) {
                statement.executeUpdate(damage);
            }
        }
    }

    private Path filled() {
        Path db = folder.resolve("tasks.db");
        try (Store store = StoreFile.of(db.toString()).open()) {
            RandomStore.fill(store, System.nanoTime());
        }
        return db;
    }

    private Path postgres(Path db, String url) {
        Run copied = Run.of("migrate", "--from", db, "--copy", "--to", url);
        assertEquals(0, copied.code(), copied.out() + copied.err());
        return folder.resolve("home.db");
    }

    /** The remedy is typed as it is told, but for the name of what it makes. */
    private static void mend(Run told, Path sound) {
        assertEquals(1, told.code(), told.out() + told.err());
        assertTrue(told.out().contains("remedy    rocket migrate --from '"), told.out());
        String from = told.out().replaceAll("(?s).*--from '([^']*)'.*", "$1");
        Run mended = Run.of("migrate", "--from", from, "--copy", "--to", sound);
        assertEquals(0, mended.code(), mended.out() + mended.err());
        Run well = Run.of("verify", "--db", sound);
        assertEquals(0, well.code(), well.out());
        String digest = told.out().replaceAll("(?s).*digest +", "").strip();
        assertTrue(well.out().contains(digest), well.out() + told.out());
    }

    @Test
    void lost_indexes_are_told_with_a_remedy_that_mends_them_on_sqlite() throws SQLException {
        Path db = filled();
        damage(
                db,
                "DROP INDEX task_by_due",
                "INSERT INTO task_words (task_words) VALUES ('delete-all')");
        Run told = Run.of("verify", "--db", db);
        String first = "DAMAGED:\n  the index task_by_due on task is missing\n";
        assertTrue(told.out().startsWith(first), told.out());
        mend(told, folder.resolve("sound.db"));
    }

    @Test
    void lost_indexes_are_told_with_a_remedy_that_mends_them_on_postgres() throws SQLException {
        String url = PostgresServer.fresh().replace(":hush-hush", "");
        Path sound = postgres(filled(), url);
        PostgresServer.run(url, "DROP INDEX rocket.task_by_due; DELETE FROM rocket.task_words");
        Run told = Run.of("verify", "--db", url);
        String first = "DAMAGED:\n  the index task_by_due on task is missing\n  task ";
        assertTrue(told.out().startsWith(first), told.out());
        assertTrue(told.out().contains(" is listed under another title than it has\n"), told.out());
        assertTrue(told.out().contains("remedy    rocket migrate --from '" + url), told.out());
        mend(told, sound);
    }

    /** The newest image of the task is another one, so only the archive knows. */
    @Test
    void an_older_image_that_was_edited_is_found_by_the_archive() throws SQLException {
        Path db = folder.resolve("tasks.db");
        try (Store store = StoreFile.of(db.toString()).open()) {
            UseCases rocket = Wiring.useCases(store);
            Caller caller = Caller.system("test");
            TaskEdit title = TaskEdit.of(new TaskEdit.Title("as it was"));
            Task task = (Task) rocket.tasks().create(caller, title).image();
            TaskEdit later = TaskEdit.of(new TaskEdit.Title("as it is"));
            rocket.tasks().edit(caller, task.id(), Optional.empty(), later);
            new ArchiveFeed(store, new ArchiveFolder(folder.resolve("tasks.db.feed"))).run();
        }
        Run sound = Run.of("verify", "--db", db);
        assertEquals(0, sound.code(), sound.out());
        assertTrue(sound.out().contains("archive   agrees from 0 to 2\n"), sound.out());
        damage(db, "UPDATE change SET image = replace(image, 'was', 'wasn’t') WHERE seq = 1");
        Run told = Run.of("verify", "--db", db);
        assertEquals(1, told.code(), told.out());
        String first = "DAMAGED:\n  archive: Seq 1 differs between archive and store\n";
        assertTrue(told.out().startsWith(first), told.out());
        assertTrue(told.out().contains("remedy    rocket audit verify"), told.out());
        Run json = Run.of("verify", "--json", "--db", db);
        assertTrue(json.out().startsWith("{\"agrees\":false,\"changes\":2,"), json.out());
        String last = "[\"archive: Seq 1 differs between archive and store\"]}\n";
        assertTrue(json.out().endsWith(last), json.out());
    }

    @Test
    void a_feed_that_cannot_be_read_is_told_with_the_way_to_a_backup() throws SQLException {
        Path db = filled();
        damage(db, "UPDATE change SET image = '{' WHERE seq = 1");
        Run told = Run.of("verify", "--db", db);
        assertEquals(1, told.code(), told.out());
        assertTrue(told.out().startsWith("DAMAGED:\n  the change 1 cannot be read: "), told.out());
        assertTrue(told.out().contains("remedy    rocket restore latest --to "), told.out());
    }

    @Test
    void a_store_in_use_is_refused_with_the_remedy() {
        Path db = folder.resolve("tasks.db");
        try (var store = StoreFile.of(db.toString()).open()) {
            assertEquals(0, store.head().value());
            Run run = Run.of("verify", "--db", db);
            assertEquals(1, run.code());
            assertTrue(run.err().contains("is in use by another process"), run.err());
            assertTrue(run.err().contains("Stop that first"), run.err());
        }
    }

    @Test
    void a_store_that_is_not_there_is_refused_and_not_made() {
        Path db = folder.resolve("missing.db");
        Run run = Run.of("verify", "--db", db);
        assertEquals(2, run.code());
        assertTrue(run.err().contains("does not exist; name the file with --db"), run.err());
        assertFalse(Files.exists(db));
    }
}
