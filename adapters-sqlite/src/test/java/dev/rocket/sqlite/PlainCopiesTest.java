package dev.rocket.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.TaskEdit;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Probe.Remark;
import dev.rocket.core.port.Store;
import dev.rocket.core.usecase.Caller;
import dev.rocket.core.usecase.UseCases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies that a cron job makes of a file while a server has it open, and harmless ones. */
final class PlainCopiesTest {

    private static final Instant COPIED = Instant.parse("2031-01-01T00:00:00Z");

    @TempDir private Path folder = Path.of("");
    private Instant now = COPIED.minus(Duration.ofHours(1));

    private Path file() {
        return folder.resolve("rocket.db");
    }

    private Path copy(String name) throws IOException {
        Path copy = Files.copy(file(), folder.resolve(name));
        return Files.setLastModifiedTime(copy, FileTime.from(COPIED));
    }

    private Store open() {
        return SqliteStore.open(SqliteConfig.at(file()), Meter.NONE);
    }

    private void write(Store store, String title) {
        InstantSource clock = () -> now;
        UseCases.over(store, clock, new Random(title.hashCode()), Meter.NONE)
                .tasks()
                .create(Caller.system("test"), TaskEdit.of(new TaskEdit.Title(title)));
    }

    @Test
    void a_copy_without_the_log_lacks_what_the_log_held() throws IOException {
        try (Store store = open()) {
            write(store, "in the log alone");
            copy("nightly copy.db");
            List<Remark> remarks = PlainCopies.look(file());
            assertEquals(1, remarks.size(), remarks.toString());
            assertEquals(Remark.Weight.DANGER, remarks.get(0).weight());
            String what = remarks.get(0).what();
            assertTrue(what.startsWith("nightly copy.db lacks 1 changes"), what);
        }
        assertEquals(1, PlainCopies.look(file()).size());
    }

    @Test
    void a_copy_of_a_file_at_rest_lacks_nothing_though_the_store_goes_on() throws IOException {
        try (Store store = open()) {
            write(store, "before");
        }
        copy("resting.db");
        now = COPIED.plusSeconds(1);
        try (Store store = open()) {
            write(store, "after");
            assertEquals(List.of(), PlainCopies.look(file()));
        }
    }

    @Test
    void a_copy_with_its_log_and_what_is_no_store_are_left_alone() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "SQLite format 3");
        Files.createFile(folder.resolve("empty.db"));
        try (Store store = open()) {
            write(store, "in the log alone");
            copy("whole.db");
            Files.copy(folder.resolve("rocket.db-wal"), folder.resolve("whole.db-wal"));
            assertEquals(List.of(folder.resolve("whole.db")), PlainCopies.beside(file()));
            assertEquals(List.of(), PlainCopies.look(file()));
        }
    }

    @Test
    void a_copy_that_was_cut_off_is_told() throws IOException {
        try (Store store = open()) {
            write(store, "before");
        }
        byte[] bytes = Files.readAllBytes(file());
        Path cut = folder.resolve("cut.db");
        Files.write(cut, Arrays.copyOf(bytes, 4096));
        List<Remark> remarks = PlainCopies.look(file());
        assertEquals("cut.db is a copy of a store that cannot be read", remarks.get(0).what());
    }
}
