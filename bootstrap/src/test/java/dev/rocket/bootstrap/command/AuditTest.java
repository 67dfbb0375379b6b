package dev.rocket.bootstrap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.exchange.RandomStore;
import dev.rocket.bootstrap.process.PostgresServer;
import dev.rocket.bootstrap.wiring.Wiring;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.TaskEdit;
import dev.rocket.core.operation.ArchiveFeed;
import dev.rocket.core.operation.ArchiveFolder;
import dev.rocket.core.operation.ReplayArchive;
import dev.rocket.core.port.Store;
import dev.rocket.core.usecase.Caller;
import dev.rocket.core.usecase.UseCases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTest {

    @TempDir private Path folder = Path.of("");

    private Path db() {
        return folder.resolve("tasks.db");
    }

    /** A file with some of everything, archived beside it. */
    private void archived() {
        try (Store store = StoreFile.of(db().toString()).open()) {
            RandomStore.fill(store, System.nanoTime());
            new ArchiveFeed(store, new ArchiveFolder(folder.resolve("tasks.db.feed"))).run();
        }
    }

    private Path segment() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("tasks.db.feed"))) {
            return files.filter(file -> file.toString().endsWith(".seg")).findFirst().orElseThrow();
        }
    }

    @Test
    void a_whole_archive_agrees_in_text_and_in_json() {
        archived();
        Run text = Run.of("audit", "verify", "--db", db());
        assertEquals(0, text.code(), text.out() + text.err());
        assertTrue(text.out().startsWith("The archive is whole and agrees with the store\n"));
        Run json = Run.of("audit", "verify", "--db", db(), "--json");
        assertEquals(0, json.code(), json.err());
        assertTrue(json.out().startsWith("{\"agrees\":true,\"segments\":1,"), json.out());
        String hash = text.out().substring(text.out().indexOf("hash      ") + 10).strip();
        assertTrue(json.out().contains("\"hash\":\"" + hash + "\""), json.out());
    }

    @Test
    void it_is_proven_beside_a_server_that_writes_and_archives() throws Exception {
        archived();
        AtomicBoolean ended = new AtomicBoolean();
        AtomicReference<Seq> last = new AtomicReference<>(Seq.START);
        TaskEdit title = TaskEdit.of(new TaskEdit.Title("one more"));
        Run run;
        try (Store store = StoreFile.of(db().toString()).open()) {
            ArchiveFeed archive =
                    new ArchiveFeed(store, new ArchiveFolder(folder.resolve("tasks.db.feed")));
            UseCases cases = Wiring.useCases(store);
            CountDownLatch begun = new CountDownLatch(3);
            Thread server =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        while (!ended.get()) {
                                            cases.tasks().create(Caller.system("server"), title);
                                            last.set(archive.run().last());
                                            begun.countDown();
                                        }
                                    });
            begun.await();
            run = Run.of("audit", "verify", "--db", db());
            ended.set(true);
            server.join();
        }
        assertEquals(0, run.code(), run.out() + run.err());
        assertTrue(run.out().startsWith("The archive is whole and agrees with the store\n"));
        assertTrue(last.get().isAfter(Seq.START));
    }

    @Test
    void an_altered_byte_is_located() throws IOException {
        archived();
        byte[] bytes = Files.readAllBytes(segment());
        bytes[bytes.length / 2] ^= 1;
        Files.write(segment(), bytes);
        Run run = Run.of("audit", "verify", "--db", db());
        assertEquals(1, run.code(), run.out());
        assertTrue(run.out().startsWith("DAMAGED:\n"), run.out());
        assertTrue(run.out().contains(segment().getFileName() + " is damaged"), run.out());
        assertTrue(run.out().contains("behind Seq "), run.out());
    }

    @Test
    void a_folder_without_an_archive_is_told() {
        try (Store store = StoreFile.of(db().toString()).open()) {
            assertEquals(Seq.START, store.head());
        }
        Run run = Run.of("audit", "verify", "--db", db());
        assertEquals(2, run.code());
        assertTrue(run.err().contains("holds no archive; name its folder with --archive"));
        Run fetch = Run.of("audit", "verify", "--db", db(), "--fetch", folder.resolve("x"));
        assertEquals(2, fetch.code());
        assertTrue(fetch.err().contains("--fetch needs ROCKET_OFFSITE"), fetch.err());
    }

    @Test
    void a_file_that_is_lost_comes_back_from_the_archive_with_the_same_digest() {
        archived();
        Path again = folder.resolve("again.db");
        ArchiveFolder archive = new ArchiveFolder(folder.resolve("tasks.db.feed"));
        try (Store target = StoreFile.of(again.toString()).open()) {
            new ReplayArchive(archive, target)
                    .run(new ReplayArchive.Place(new Seq(Long.MAX_VALUE)), applied -> {});
        }
        // The archive lies beside the one alone.
        String line = "archive .*\n";
        String lost = Run.verify(db()).replaceFirst(line, "");
        assertEquals(lost, Run.verify(again).replaceFirst(line, ""));
        Run equal = Run.of("verify", "--db", db(), "--against", again);
        assertEquals(0, equal.code(), equal.out());
    }

    @Test
    void the_archive_of_a_store_on_postgres_is_whole_and_comes_back_in_a_file()
            throws SQLException {
        String url = PostgresServer.fresh();
        ArchiveFolder archive = new ArchiveFolder(folder.resolve("feed"));
        Path again = folder.resolve("again.db");
        try (Store store = StoreFile.of(url).open();
                Store target = StoreFile.of(again.toString()).open()) {
            RandomStore.fill(store, System.nanoTime());
            new ArchiveFeed(store, archive).run();
            new ReplayArchive(archive, target)
                    .run(new ReplayArchive.Place(store.head()), applied -> {});
        }
        Run whole = Run.of("audit", "verify", "--db", url, "--archive", archive.path());
        assertEquals(0, whole.code(), whole.out() + whole.err());
        Run equal = Run.of("verify", "--db", url, "--against", again);
        assertEquals(0, equal.code(), equal.out() + equal.err());
        PostgresServer.run(url, "UPDATE rocket.change SET cause = 'other' WHERE seq = 3");
        Run differs = Run.of("audit", "verify", "--db", url, "--archive", archive.path());
        assertEquals(1, differs.code(), differs.out() + differs.err());
        assertTrue(
                differs.out().contains("Seq 3 differs between archive and store"), differs.out());
    }
}
