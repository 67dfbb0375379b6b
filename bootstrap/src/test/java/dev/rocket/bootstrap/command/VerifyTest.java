package dev.rocket.bootstrap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.exchange.RandomStore;
import java.nio.file.Files;
import java.nio.file.Path;
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
