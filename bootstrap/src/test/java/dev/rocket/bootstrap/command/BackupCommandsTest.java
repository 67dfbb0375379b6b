package dev.rocket.bootstrap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.exchange.RandomStore;
import dev.rocket.core.operation.ArchiveFeed;
import dev.rocket.core.operation.ArchiveFolder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupCommandsTest {

    @TempDir private Path folder = Path.of("");

    private Path db() {
        return folder.resolve("tasks.db");
    }

    @BeforeEach
    void fill() {
        long seed = System.nanoTime();
        System.out.println("BackupCommandsTest: seed " + seed);
        try (var store = StoreFile.of(db().toString()).open()) {
            RandomStore.fill(store, seed);
        }
    }

    private List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("tasks.db.backups"))) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }

    private static String digest(String text) {
        int at = text.indexOf("digest    ");
        return text.substring(at + 10, at + 74);
    }

    @Test
    void a_backup_is_made_beside_an_open_store_listed_checked_and_restored() throws IOException {
        String digest = digest(Run.verify(db()));
        try (var store = StoreFile.of(db().toString()).open()) {
            assertTrue(store.head().value() > 0);
            Run made = Run.of("backup", "--db", db());
            assertEquals(0, made.code(), made.err() + made.out());
            assertTrue(made.out().contains("\nverdict   verified: restored"), made.out());
            assertEquals(digest, digest(made.out()));
            assertTrue(made.err().contains("backup: copying"), made.err());
            Run checked = Run.of("verify", "latest", "--db", db(), "--json");
            assertEquals(0, checked.code(), checked.err() + checked.out());
            assertTrue(checked.out().contains("\"verdict\":\"verified\""), checked.out());
        }
        String name = files(".db").getFirst().getFileName().toString();
        Run listed = Run.of("backups", "--db", db());
        assertEquals(0, listed.code());
        assertTrue(
                listed.out().matches("(?s)name +seq +age.*" + name + ".* verified\\s*"),
                listed.out());
        Path copy = folder.resolve("copy.db");
        Run restored = Run.of("restore", name, "--db", db(), "--to", copy);
        assertEquals(0, restored.code(), restored.err());
        assertEquals(digest, digest(restored.out()));
        Run equal = Run.of("verify", "--db", db(), "--against", copy);
        assertEquals(0, equal.code(), equal.out() + equal.err());
    }

    @Test
    void a_restore_over_a_database_is_refused_with_the_remedy() {
        assertEquals(0, Run.of("backup", "--db", db()).code());
        Run run = Run.of("restore", "latest", "--db", db());
        assertEquals(1, run.code());
        assertTrue(run.err().contains("never overwritten; move it away"), run.err());
        assertTrue(run.err().contains("--to"), run.err());
    }

    @Test
    void a_database_that_is_gone_is_not_begun_anew_but_restored() throws IOException {
        String digest = digest(Run.verify(db()));
        assertEquals(0, Run.of("backup", "--db", db()).code());
        Files.delete(db());
        Files.delete(folder.resolve("tasks.db.lock"));
        Path lines = Files.writeString(folder.resolve("todo.txt"), "Water the plants\n");
        Run refused = Run.of("import", lines, "--db", db());
        assertEquals(1, refused.code(), refused.out() + refused.err());
        assertTrue(refused.err().contains("run: rocket restore latest"), refused.err());
        assertFalse(Files.exists(db()));
        Run checked = Run.of("verify", "latest", "--db", db());
        assertEquals(0, checked.code(), checked.out() + checked.err());
        Run restored = Run.of("restore", "latest", "--db", db(), "--json");
        assertEquals(0, restored.code(), restored.err());
        assertTrue(restored.out().contains("\"digest\":\"" + digest + "\""), restored.out());
        assertEquals(digest, digest(Run.verify(db())));
    }

    private void bringIn(String line) throws IOException {
        Path lines = Files.writeString(folder.resolve("todo.txt"), line + "\n");
        Run run = Run.of("import", lines, "--db", db());
        assertEquals(0, run.code(), run.out() + run.err());
    }

    /** Goal: any moment behind a backup. Method: two changes, of which the first is the goal. */
    @Test
    void a_backup_goes_on_by_the_archive_to_a_place_and_no_further() throws IOException {
        assertEquals(0, Run.of("backup", "--db", db()).code());
        bringIn("Water the plants");
        String digest = digest(Run.verify(db()));
        long seq;
        try (var store = StoreFile.of(db().toString()).open()) {
            seq = store.head().value();
        }
        bringIn("Pay the rent");
        Run early = Run.of("restore", "--at", seq, "--db", db(), "--to", folder.resolve("x.db"));
        assertEquals(1, early.code());
        assertTrue(early.err().contains("holds no archive of the feed"), early.err());
        try (var store = StoreFile.of(db().toString()).open()) {
            new ArchiveFeed(store, new ArchiveFolder(folder.resolve("tasks.db.feed"))).run();
        }
        Path then = folder.resolve("then.db");
        Run restored = Run.of("restore", "--at", seq, "--db", db(), "--to", then);
        assertEquals(0, restored.code(), restored.err());
        assertEquals(digest, digest(restored.out()));
        assertEquals(digest, digest(Run.verify(then)));
        Path newest = folder.resolve("newest.db");
        Run all = Run.of("restore", "--at", "2999-01-01T00:00:00Z", "--db", db(), "--to", newest);
        assertEquals(0, all.code(), all.err());
        assertEquals(digest(Run.verify(db())), digest(all.out()));
    }

    @Test
    void a_moment_that_cannot_be_reached_is_refused_and_leaves_nothing() throws IOException {
        Path to = folder.resolve("to.db");
        assertEquals(0, Run.of("backup", "--db", db()).code());
        long end;
        try (var store = StoreFile.of(db().toString()).open()) {
            new ArchiveFeed(store, new ArchiveFolder(folder.resolve("tasks.db.feed"))).run();
            end = store.head().value();
        }
        Run beyond = Run.of("restore", "--at", end + 1, "--db", db(), "--to", to);
        assertEquals(1, beyond.code());
        assertTrue(beyond.err().contains("ends at Seq " + end), beyond.err());
        Run before = Run.of("restore", "--at", "2001-01-01T00:00:00Z", "--db", db(), "--to", to);
        assertEquals(2, before.code());
        assertTrue(before.err().contains("No verified backup from before that"), before.err());
        Run bad = Run.of("restore", "--at", "yesterday", "--db", db(), "--to", to);
        assertEquals(2, bad.code());
        assertTrue(bad.err().contains("--at must be a place in the feed"), bad.err());
        assertFalse(Files.exists(to));
    }

    @Test
    void a_damaged_backup_is_failed_and_not_restored() throws IOException {
        assertEquals(0, Run.of("backup", "--db", db()).code());
        try (var file = new RandomAccessFile(files(".db").getFirst().toFile(), "rw")) {
            file.setLength(file.length() - 1);
        }
        Run run = Run.of("verify", "latest", "--db", db());
        assertEquals(1, run.code());
        assertTrue(run.out().contains("verdict   failed: it has "), run.out());
        Run none = Run.of("restore", "latest", "--db", db(), "--to", folder.resolve("c.db"));
        assertEquals(2, none.code());
        assertTrue(none.err().contains("No verified backup is in"), none.err());
        assertEquals(1, Run.of("backups", "--db", db()).code());
    }

    @Test
    void a_file_without_a_note_is_restored_with_a_warning() throws IOException {
        assertEquals(0, Run.of("backup", "--db", db()).code());
        Files.delete(files(".json").getFirst());
        Path copy = folder.resolve("copy.db");
        Run run = Run.of("restore", files(".db").getFirst(), "--to", copy);
        assertEquals(3, run.code(), run.err());
        assertTrue(run.out().contains("is compared with nothing else"), run.out());
        assertTrue(Files.exists(copy));
    }

    @Test
    void nothing_to_list_says_how_to_begin() {
        Run run = Run.of("backups", "--db", folder.resolve("none.db"));
        assertEquals(1, run.code());
        assertTrue(run.out().contains("Make one with: rocket backup"), run.out());
    }
}
