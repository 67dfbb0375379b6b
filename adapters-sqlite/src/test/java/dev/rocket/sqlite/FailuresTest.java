package dev.rocket.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.Contract;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Task;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that cannot be served, and files that go away.
 *
 * <p>Goal: whoever starts a store on the wrong file is told what it is and what to do, and finds it
 * as it was. Method: real files of each kind. Permission bits do not bind the root user, so what
 * may not be written is tried in a folder where nobody can make a file, and by an engine that was
 * told to refuse writes with the code it gives for a file it may only read.
 */
final class FailuresTest extends Contract {

    @TempDir Path folder;

    @Override
    protected Store open() {
        return SqliteStore.open(SqliteConfig.at(path()), Meter.NONE);
    }

    private Path path() {
        return folder.resolve("held.db");
    }

    private static StoreException refusal(Path path) {
        return assertThrows(
                StoreException.class,
                () -> SqliteStore.open(SqliteConfig.at(path), Meter.NONE).close());
    }

    private static void assertSays(Kind kind, StoreException failure, String... texts) {
        String message = String.valueOf(failure.getMessage());
        assertEquals(kind, failure.kind(), message);
        for (String text : texts) {
            assertTrue(message.contains(text), () -> "no '" + text + "' in: " + message);
        }
    }

    /** Refuses a file, and leaves it and what is beside it as it was. */
    private void assertRefusedUntouched(Path path, Kind kind, String... texts) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        List<Path> beside = beside(path);
        assertSays(kind, refusal(path), texts);
        assertArrayEquals(bytes, Files.readAllBytes(path));
        assertEquals(beside, beside(path));
    }

    private static List<Path> beside(Path path) throws IOException {
        try (Stream<Path> files = Files.list(path.resolveSibling("."))) {
            return files.sorted().toList();
        }
    }

    private static void sql(Path path, String... statements) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + path);
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void a_file_that_is_no_database_is_refused() throws IOException {
        for (String text : List.of("short", "a letter that somebody wrote. ".repeat(50))) {
            Path file = folder.resolve("letter-" + text.length() + ".txt");
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
            assertRefusedUntouched(
                    file, Kind.FOREIGN, "is not a SQLite database", "ROCKET_DB_PATH");
        }
    }

    @Test
    void the_database_of_another_program_is_refused() throws Exception {
        Path unmarked = folder.resolve("unmarked.db");
        sql(unmarked, "CREATE TABLE task (title TEXT)");
        assertRefusedUntouched(unmarked, Kind.FOREIGN, "another program", "ROCKET_DB_PATH");
        Path marked = folder.resolve("marked.db");
        sql(marked, "PRAGMA application_id = 7", "CREATE TABLE task (title TEXT)");
        assertRefusedUntouched(marked, Kind.FOREIGN, "another program", "ROCKET_DB_PATH");
    }

    @Test
    void the_store_of_a_newer_program_is_refused() throws Exception {
        store().close();
        sql(path(), "PRAGMA user_version = 99");
        assertRefusedUntouched(
                path(), Kind.FOREIGN, "newer Rocket (schema 99", "restore a backup made before it");
    }

    @Test
    void an_empty_file_becomes_a_store() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.db"));
        try (Store made = SqliteStore.open(SqliteConfig.at(empty), Meter.NONE)) {
            assertEquals(1, made.write(tx -> tx.apply(draft(task("first")))).seq().value());
        }
    }

    @Test
    void a_database_that_lost_its_content_is_not_begun_anew() throws IOException {
        put(task("before"));
        store().close();
        Path lock = path().resolveSibling("held.db.lock");
        for (int bytes : List.of(0, 50, 4096)) {
            Files.write(path(), new byte[bytes]);
            assertRefusedUntouched(
                    path(),
                    Kind.FOREIGN,
                    "holds no store",
                    lock.toString(),
                    "rocket restore latest");
        }
        Files.write(path(), new byte[0]);
        Files.delete(lock);
        SqliteStore.open(SqliteConfig.at(path()), Meter.NONE).close();
    }

    @Test
    void a_log_outlives_the_database_whose_newest_commits_it_holds() throws IOException {
        put(task("before"));
        Path log = path().resolveSibling("held.db-wal");
        byte[] commits = Files.readAllBytes(log);
        store().close();
        Files.delete(path().resolveSibling("held.db.lock"));
        Files.write(path(), new byte[0]);
        Files.write(log, commits);
        assertRefusedUntouched(path(), Kind.FOREIGN, "holds no store", log.toString());
        assertArrayEquals(commits, Files.readAllBytes(log));
        Files.delete(path());
        assertSays(Kind.FOREIGN, refusal(path()), log.toString());
        assertArrayEquals(commits, Files.readAllBytes(log));
    }

    @Test
    void a_folder_is_refused() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner.db"));
        assertSays(Kind.FOREIGN, refusal(inner), "is a folder", "ROCKET_DB_PATH");
        assertEquals(List.of(), beside(inner.resolve("x")));
    }

    @Test
    void a_folder_that_is_not_there_is_named() {
        Path absent = folder.resolve("absent");
        assertSays(
                Kind.UNAVAILABLE,
                refusal(absent.resolve("a.db")),
                absent.toString(),
                "does not exist; make it first");
        assertFalse(Files.exists(absent));
    }

    @Test
    void a_folder_where_no_file_can_be_made_is_refused() {
        StoreException refused = refusal(Path.of("/proc/self/rocket.db"));
        assertTrue(Set.of(Kind.READ_ONLY, Kind.UNAVAILABLE).contains(refused.kind()));
        assertSays(refused.kind(), refused, "/proc/self");
    }

    @Test
    void a_write_to_what_may_only_be_read_says_so() {
        put(task("before"));
        write(
                tx -> {
                    ((SqliteTransaction) tx).statements().execute("PRAGMA query_only = ON");
                    return true;
                });
        StoreException refused = assertThrows(StoreException.class, () -> put(task("after")));
        assertSays(Kind.READ_ONLY, refused, "give this user the right to");
        assertFalse(refused.mayRetry());
        assertEquals(Optional.of(String.valueOf(refused.getMessage())), trouble());
        assertEquals(1, all(Image.Kind.TASK).size());
    }

    private Optional<String> trouble() {
        return store().probe().trouble(PATIENCE);
    }

    private void assertGone(String how) {
        StoreException refused = assertThrows(StoreException.class, () -> put(task("after")));
        assertSays(Kind.UNAVAILABLE, refused, how, "stop the server", "start it again");
        assertTrue(trouble().orElse("none").contains(how));
    }

    @Test
    void a_file_that_was_deleted_is_missed_before_the_next_answer() throws IOException {
        Task before = task("before");
        put(before);
        Files.delete(path());
        assertGone("was deleted");
        assertTrue(store().probe().reading().freeBytes() > 0, "its disk is not full");
        assertEquals(List.of(before), all(Image.Kind.TASK));
        store().close();
        assertFalse(Files.exists(path()), "nothing was put in its place");
    }

    @Test
    void a_file_that_was_replaced_is_noticed_and_left_alone() throws IOException {
        put(task("before"));
        Path other = folder.resolve("other.db");
        SqliteStore.open(SqliteConfig.at(other), Meter.NONE).close();
        byte[] bytes = Files.readAllBytes(other);
        Files.move(other, path(), StandardCopyOption.REPLACE_EXISTING);
        assertGone("was replaced");
        assertEquals(1, store().head().value());
        store().close();
        assertArrayEquals(bytes, Files.readAllBytes(path()));
    }

    @Test
    void a_file_that_comes_back_is_written_again() throws IOException {
        put(task("before"));
        Path away = folder.resolve("away.db");
        Files.move(path(), away);
        assertGone("was deleted");
        Files.move(away, path());
        assertEquals(2, put(task("after")).get(0).seq().value());
        assertEquals(Optional.empty(), trouble());
    }

    @Test
    void a_damaged_file_is_told_from_a_foreign_one() throws IOException {
        put(task("before"));
        store().close();
        byte[] bytes = Files.readAllBytes(path());
        for (int i = 100; i < bytes.length; i++) {
            bytes[i] = (byte) 0xa5;
        }
        Files.write(path(), bytes);
        assertSays(Kind.CORRUPT, refusal(path()), "restore the newest verified backup");
        assertArrayEquals(bytes, Files.readAllBytes(path()));
    }

    @Test
    void a_commit_that_the_disk_answers_with_an_error_has_an_unknown_outcome() {
        int fsync = 10 | 4 << 8;
        StoreException failed =
                SqliteFailures.ofCommit(new SQLException("disk I/O error", "", fsync));
        assertEquals(StoreException.Kind.UNKNOWN_OUTCOME, failed.kind());
    }

    @Test
    void a_commit_that_found_the_disk_full_was_not_made() {
        StoreException failed = SqliteFailures.ofCommit(new SQLException("full", "", 13));
        assertEquals(StoreException.Kind.FULL, failed.kind());
    }
}
