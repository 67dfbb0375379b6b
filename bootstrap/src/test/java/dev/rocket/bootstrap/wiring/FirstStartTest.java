package dev.rocket.bootstrap.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.process.PostgresServer;
import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.operation.ArchiveFeed;
import dev.rocket.core.operation.ArchiveFolder;
import dev.rocket.core.operation.BackupWatch;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import dev.rocket.core.usecase.UseCases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** What a server looks at before it takes a place for its store, on either engine. */
class FirstStartTest extends Configured {

    private static final String TOKEN = "a-token-for-tests-that-nobody-else-uses";

    private Path file() {
        return folder.resolve("rocket.db");
    }

    private Config onFile(String... more) {
        List<String> all = new ArrayList<>(List.of(more));
        all.add("ROCKET_DB_PATH=" + file());
        return of(all.toArray(String[]::new));
    }

    private Config onPostgres(String url) {
        return of(
                "ROCKET_DATABASE_URL=" + url,
                "ROCKET_BACKUP_DIR=" + folder.resolve("backups"),
                "ROCKET_ARCHIVE=" + folder.resolve("feed"));
    }

    private static Store start(Config config) {
        return StoreKit.first(config, Meter.NONE);
    }

    /** A store with something in it, as a server opens it. */
    private static Store filled(Config config) {
        Store store = start(config);
        Wiring.useCases(store).tokens().setUp("admin", TOKEN);
        return store;
    }

    private static void backUp(Config config, Store store) throws IOException {
        Wiring.backups(config, StoreKit.copier(config, store)).run(store, BackupWatch.NONE);
    }

    private static void archive(Config config, Store store) {
        new ArchiveFeed(store, new ArchiveFolder(config.archiveFolder())).run();
    }

    private static String refusal(Config config) {
        StoreException refused = assertThrows(StoreException.class, () -> start(config).close());
        String message = String.valueOf(refused.getMessage());
        assertEquals(Kind.FOREIGN, refused.kind(), message);
        return message;
    }

    private static void assertLost(Config config, Path trace) {
        String message = refusal(config);
        assertTrue(message.contains("holds no store, but it did"), message);
        assertTrue(message.contains(trace.toString()), message);
        assertTrue(message.contains("run: rocket restore latest"), message);
    }

    private void away(Path path) throws IOException {
        Files.move(path, folder.resolve(path.getFileName() + ".away"));
    }

    @Test
    void an_emptied_file_whose_backups_are_there_is_refused() throws IOException {
        Config config = onFile();
        try (Store store = filled(config)) {
            backUp(config, store);
        }
        Files.delete(folder.resolve("rocket.db.lock"));
        Path backups = folder.resolve("rocket.db.backups");
        Files.write(file(), new byte[0]);
        assertLost(config, backups);
        assertEquals(0, Files.size(file()));
        Files.delete(file());
        assertLost(config, backups);
        away(backups);
        start(config).close();
    }

    @Test
    void a_file_whose_archive_alone_is_there_is_refused() throws IOException {
        Config config = onFile();
        try (Store store = filled(config)) {
            archive(config, store);
        }
        Files.delete(folder.resolve("rocket.db.lock"));
        Files.delete(file());
        Path feed = folder.resolve("rocket.db.feed");
        assertLost(config, feed);
        assertLost(onFile("ROCKET_ARCHIVE=off"), feed);
        away(feed);
        start(config).close();
    }

    @Test
    void a_database_that_lost_the_tables_is_refused_while_copies_are_here() throws Exception {
        String url = PostgresServer.fresh();
        Config config = onPostgres(url);
        try (Store store = filled(config)) {
            archive(config, store);
            backUp(config, store);
        }
        start(config).close();
        PostgresServer.run(url, "DROP SCHEMA rocket CASCADE");
        Path backups = folder.resolve("backups");
        assertLost(config, backups);
        away(backups);
        assertLost(config, folder.resolve("feed"));
        assertEquals(
                List.of("0"),
                PostgresServer.ask(
                        url, "SELECT count(*) FROM pg_namespace WHERE nspname = 'rocket'"));
        away(folder.resolve("feed"));
        start(config).close();
    }

    @Test
    void another_empty_database_is_no_place_for_a_store_whose_backups_are_here() throws Exception {
        Config config = onPostgres(PostgresServer.fresh());
        try (Store store = filled(config)) {
            backUp(config, store);
        }
        assertLost(onPostgres(PostgresServer.fresh()), folder.resolve("backups"));
    }

    private static void open(Path path) throws IOException {
        String mode = Files.isDirectory(path) ? "rwxr-xr-x" : "rw-r--r--";
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private static Path newest(Path folder, String ending) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).findFirst().orElseThrow();
        }
    }

    /** A closed folder guards what is in it, as no folder guards the database. */
    @Test
    void copies_that_others_may_read_are_refused_in_production_and_told_elsewhere()
            throws IOException {
        Config config = onFile();
        try (Store store = filled(config)) {
            archive(config, store);
            backUp(config, store);
        }
        Config production = onFile("ROCKET_ENV=production");
        for (String name : List.of("rocket.db.backups", "rocket.db.feed")) {
            Path copies = folder.resolve(name);
            Path copy = newest(copies, name.endsWith("feed") ? "" : ".db");
            open(copies);
            start(production).close();
            open(copy);
            String message = refusal(production);
            assertTrue(message.contains("chmod -R go= '" + copies + "'"), message);
            List<String> told = told(() -> start(config).close());
            assertEquals(1, told.size(), told.toString());
            assertTrue(told.get(0).contains("chmod -R go= '" + copies + "'"), told.toString());
            Files.setPosixFilePermissions(copies, PosixFilePermissions.fromString("rwx------"));
            start(production).close();
        }
    }

    /** Two that start together both find that nobody has set the store up. */
    @Test
    void a_server_that_comes_second_in_setting_a_store_up_serves_all_the_same() {
        UseCases cases = Wiring.useCases(new MemoryStore());
        cases.tokens().setUp("admin", TOKEN);
        Config config = onFile("ROCKET_ADMIN_TOKEN=" + TOKEN);
        assertEquals(
                Optional.empty(), Wiring.setup(config, new MemoryStore(), cases, new Random(1)));
    }

    @Test
    void production_without_an_archive_is_told_at_every_start() {
        String database = "ROCKET_DATABASE_URL=postgres://db/tasks";
        Config bare = of("ROCKET_ENV=production", database);
        List<String> told = told(() -> ArchiveParts.warn(bare));
        assertEquals(1, told.size(), told.toString());
        assertTrue(told.get(0).endsWith("set ROCKET_ARCHIVE to a folder"), told.toString());
        Config archived = of("ROCKET_ENV=production", database, "ROCKET_ARCHIVE=feed");
        Config tried = of(database);
        List<String> none = told(() -> List.of(archived, tried).forEach(ArchiveParts::warn));
        assertEquals(List.of(), none);
    }

    private static List<String> told(Runnable work) {
        List<String> told = new ArrayList<>();
        Handler ear =
                new Handler() {
                    @Override
                    public void publish(LogRecord event) {
                        if (event.getLevel().equals(Level.WARNING)) {
                            told.add(event.getMessage());
                        }
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                };
        Logger logger = Logger.getLogger("dev.rocket");
        logger.addHandler(ear);
        try {
            work.run();
        } finally {
            logger.removeHandler(ear);
        }
        return told;
    }
}
