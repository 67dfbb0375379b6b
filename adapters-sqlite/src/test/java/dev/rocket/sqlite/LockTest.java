package dev.rocket.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.Contract;
import dev.rocket.core.operation.VerifyStore;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One file, one store, in whatever process and by whatever name.
 *
 * <p>Goal: two writers never meet on a file, and a process that dies leaves it free and whole.
 * Method: stores in this process and in others that are started, asked and killed.
 */
final class LockTest extends Contract {

    private static final int WRITES = 50;

    @TempDir Path folder;

    @Override
    protected Store open() {
        return open("lock.db");
    }

    private Store open(String name) {
        return SqliteStore.open(SqliteConfig.at(folder.resolve(name)), Meter.NONE);
    }

    private Path path() {
        return folder.resolve("lock.db");
    }

    private void assertLocked(String name) {
        StoreException refused = assertThrows(StoreException.class, () -> open(name).close());
        assertEquals(Kind.LOCKED, refused.kind());
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains(path().getFileName().toString()), message);
        assertTrue(message.contains("Stop it, or choose another ROCKET_DB_PATH"), message);
    }

    @Test
    void a_second_store_in_this_process_is_refused() {
        assertLocked("lock.db");
        put(task("goes on"));
    }

    @Test
    void a_second_store_by_another_name_is_refused() throws Exception {
        Files.createSymbolicLink(folder.resolve("other.db"), path());
        assertLocked("other.db");
    }

    @Test
    void a_store_opened_by_a_link_sees_its_own_log() throws Exception {
        store().close();
        Files.createSymbolicLink(folder.resolve("other.db"), path());
        try (Store linked = open("other.db")) {
            linked.write(tx -> tx.apply(draft(task("logged"))));
            assertTrue(linked.probe().reading().walBytes() > 0);
            assertLocked("lock.db");
        }
    }

    @Test
    void a_second_store_in_another_process_is_refused() throws Exception {
        assertEquals("LOCKED", Opener.say(Opener.HOLD, path()));
        put(task("goes on"));
    }

    @Test
    void a_refused_second_store_does_not_cost_the_first_its_lock() throws Exception {
        assertLocked("lock.db");
        assertEquals("LOCKED", Opener.say(Opener.HOLD, path()));
    }

    @Test
    void a_refused_second_store_does_not_cost_the_first_its_log() throws Exception {
        put(task("in the log"));
        assertLocked("lock.db");
        assertEquals("read", Opener.say(Opener.READ, path()));
        assertTrue(Files.exists(folder.resolve("lock.db-wal")), "another program merged the log");
        put(task("after"));
        store().close();
        try (Store again = open()) {
            assertEquals(2, again.head().value());
            assertTrue(new VerifyStore(again).run(looked -> {}).agrees());
        }
    }

    @Test
    void the_lock_is_free_once_its_holder_was_killed() throws Exception {
        store().close();
        Process holder = Opener.start(Opener.HOLD, path());
        try (BufferedReader words = Opener.words(holder)) {
            assertEquals("open", words.readLine());
            assertLocked("lock.db");
        } finally {
            holder.destroyForcibly().waitFor();
        }
        try (Store again = open()) {
            again.write(tx -> tx.apply(draft(task("goes on"))));
        }
    }

    @Test
    void what_was_answered_is_there_after_the_process_was_killed() throws Exception {
        store().close();
        Process writer = Opener.start(Opener.WRITE, path());
        long answered = 0;
        try (BufferedReader words = Opener.words(writer)) {
            while (answered < WRITES) {
                answered = Long.parseLong(String.valueOf(words.readLine()));
            }
        } finally {
            writer.destroyForcibly().waitFor();
        }
        try (Store again = open()) {
            assertTrue(again.head().value() >= answered);
            assertTrue(new VerifyStore(again).run(looked -> {}).agrees());
        }
    }

    @Test
    void a_closed_store_lets_the_lock_go() {
        store().close();
        open().close();
        open().close();
    }
}
