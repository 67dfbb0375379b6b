package dev.rocket.bootstrap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.exchange.RandomStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {

    @TempDir private Path folder = Path.of("");
    private Path db = folder;
    private Path file = folder;

    @BeforeEach
    void nameTheFiles() {
        db = folder.resolve("tasks.db");
        file = folder.resolve("out.jsonl");
    }

    private void fill(long seed) {
        try (var store = StoreFile.of(db.toString()).open()) {
            RandomStore.fill(store, seed);
        }
    }

    private static String digest(String verified) {
        return verified.substring(verified.indexOf("digest    ")).strip();
    }

    @Test
    void an_export_comes_back_with_the_digest_that_it_and_verify_tell() throws IOException {
        long seed = System.nanoTime();
        String hint = "seed " + seed;
        fill(seed);
        Run run = Run.of("export", "--db", db, file);
        assertEquals(0, run.code(), hint + run.err());
        Path copy = folder.resolve("copy.db");
        Run back = Run.of("import", "--db", copy, file);
        assertEquals(0, back.code(), hint + back.err());
        String digest = digest(Run.verify(copy));
        assertEquals(digest(Run.verify(db)), digest, hint);
        assertTrue(run.err().contains("digest " + digest.substring(10)), hint + run.err());
        long lines = Files.readString(file).lines().count();
        assertTrue(run.err().contains("exported " + (lines - 1) + " entities"), run.err());
        Path second = folder.resolve("second.jsonl");
        Run.of("export", "--db", copy, second);
        assertEquals(
                Files.readString(file).lines().skip(1).toList(),
                Files.readString(second).lines().skip(1).toList(),
                hint);
    }

    @Test
    void the_file_is_for_its_owner_alone_and_nothing_else_is_left() throws IOException {
        fill(1);
        assertEquals(0, Run.of("export", "--db", db, file).code());
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        try (Stream<Path> files = Files.list(folder)) {
            assertTrue(files.noneMatch(found -> found.toString().endsWith(".part")));
        }
    }

    @Test
    void a_file_that_is_there_is_replaced_by_force_alone() throws IOException {
        fill(1);
        Files.writeString(file, "mine");
        Run refused = Run.of("export", "--db", db, file);
        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("replace it with --force"), refused.err());
        assertEquals("mine", Files.readString(file));
        assertEquals(0, Run.of("export", "--db", db, "--force", file).code());
        assertTrue(Files.readString(file).startsWith("{\"rocket\":\"export\""));
    }

    @Test
    void what_is_used_wrongly_is_told_and_writes_nothing() throws IOException {
        Run missing = Run.of("export", "--db", db, file);
        assertEquals(2, missing.code());
        assertTrue(missing.err().contains("does not exist; name the file with --db"));
        fill(1);
        byte[] before = Files.readAllBytes(db);
        assertEquals(2, Run.of("export", "--db", db, "--force", db).code());
        assertEquals(2, Run.of("export", "--db", db, folder).code());
        Run nowhere = Run.of("export", "--db", db, folder.resolve("no/out.jsonl"));
        assertEquals(2, nowhere.code());
        assertTrue(nowhere.err().contains("does not exist; make it first"), nowhere.err());
        assertEquals(before.length, Files.readAllBytes(db).length);
    }

    @Test
    void a_store_in_use_is_refused_with_the_remedy() {
        try (var store = StoreFile.of(db.toString()).open()) {
            assertEquals(0, store.head().value());
            Run run = Run.of("export", "--db", db, file);
            assertEquals(1, run.code());
            assertTrue(run.err().contains("is in use by another process"), run.err());
        }
    }
}
