package dev.rocket.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.Contract;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Task;
import dev.rocket.core.operation.VerifyStore;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store is read beside the server that has it. */
final class BesideTest extends Contract {

    @TempDir Path folder;

    private SqliteConfig config() {
        return SqliteConfig.at(folder.resolve("rocket.db"));
    }

    @Override
    protected Store open() {
        return SqliteStore.open(config(), Meter.NONE);
    }

    @Test
    void it_sees_each_write_and_refuses_its_own() throws Exception {
        try (Store beside = SqliteStore.beside(config())) {
            for (int i = 1; i <= 3; i++) {
                put(task("task " + i));
                assertEquals(new Seq(i), beside.head());
            }
            assertTrue(new VerifyStore(beside).run(looked -> {}).agrees());
            Task task = task("mine");
            StoreException e =
                    assertThrows(
                            StoreException.class, () -> beside.write(tx -> tx.apply(draft(task))));
            assertEquals(Kind.READ_ONLY, e.kind());
            assertTrue(beside.await(new Seq(2), PATIENCE));
            assertFalse(beside.await(new Seq(3), Duration.ofMillis(1)));
        }
        put(task("after"));
        assertEquals(new Seq(4), store().head());
    }

    @Test
    void a_server_may_stop_and_start_meanwhile() {
        put(task("one"));
        try (Store beside = SqliteStore.beside(config())) {
            assertEquals(new Seq(1), beside.head());
            store().close();
            assertEquals(new Seq(1), beside.head());
            try (Store again = open()) {
                Task task = task("two");
                again.write(tx -> tx.apply(draft(task)));
                assertEquals(new Seq(2), beside.head());
            }
        }
    }

    @Test
    void what_a_killed_process_left_in_the_log_is_read() throws Exception {
        Path path = folder.resolve("killed.db");
        Process process = Opener.start(Opener.WRITE, path);
        long last = 0;
        try (BufferedReader words = Opener.words(process)) {
            while (last < 50) {
                last = Long.parseLong(words.readLine());
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertTrue(Files.size(folder.resolve("killed.db-wal")) > 0);
        try (Store beside = SqliteStore.beside(SqliteConfig.at(path))) {
            assertTrue(beside.head().value() >= last);
        }
    }

    @Test
    void what_is_no_store_is_refused() throws Exception {
        SqliteConfig missing = SqliteConfig.at(folder.resolve("missing.db"));
        StoreException none = assertThrows(StoreException.class, () -> SqliteStore.beside(missing));
        assertEquals(Kind.UNAVAILABLE, none.kind());
        assertFalse(Files.exists(missing.path()));
        Path file = Files.writeString(folder.resolve("text.db"), "no database".repeat(200));
        SqliteConfig text = SqliteConfig.at(file);
        StoreException foreign = assertThrows(StoreException.class, () -> SqliteStore.beside(text));
        assertEquals(Kind.FOREIGN, foreign.kind());
    }

    @Test
    void an_empty_file_is_not_made_where_a_database_was() throws Exception {
        put(task("one"));
        store().close();
        Files.delete(config().path());
        StoreException e = assertThrows(StoreException.class, this::open);
        assertEquals(Kind.FOREIGN, e.kind());
        assertFalse(Files.exists(config().path()));
        Files.delete(folder.resolve("rocket.db.lock"));
        open().close();
        assertTrue(Files.exists(config().path()));
    }
}
