package dev.rocket.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.port.Loader;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of an older schema: who may have it, and when it counts as one. */
final class SqliteUpgradeTest {

    @TempDir Path folder;

    private SqliteConfig config() {
        return SqliteConfig.at(folder.resolve("store.db"));
    }

    private void make(int version) {
        try (Loader loader = SqliteLoader.open(config(), version)) {
            loader.finish(made -> {});
        }
    }

    private StoreException refusedToOpen() {
        return assertThrows(
                StoreException.class, () -> SqliteStore.open(config(), Meter.NONE).close());
    }

    @Test
    void what_needs_no_change_is_not_held() {
        assertEquals(Optional.empty(), SqliteUpgrade.hold(config()));
        make(SqliteSchema.version());
        assertEquals(Optional.empty(), SqliteUpgrade.hold(config()));
        assertEquals(Optional.empty(), SqliteUpgrade.beside(config()));
        SqliteStore.open(config(), Meter.NONE).close();
    }

    @Test
    void while_it_is_held_nobody_else_has_it() {
        make(1);
        try (SqliteUpgrade held = SqliteUpgrade.hold(config()).orElseThrow()) {
            assertEquals(1, held.from());
            assertEquals(Kind.LOCKED, refusedToOpen().kind());
            StoreException second =
                    assertThrows(StoreException.class, () -> SqliteUpgrade.hold(config()));
            assertEquals(Kind.LOCKED, second.kind());
        }
        assertEquals(Kind.FOREIGN, refusedToOpen().kind());
    }

    @Test
    void a_running_server_keeps_it_from_being_held() throws Exception {
        make(SqliteSchema.version());
        Process server = Opener.start(Opener.HOLD, config().path());
        try (var words = Opener.words(server)) {
            assertEquals("open", words.readLine());
            Path other = folder.resolve("other.db");
            try (Loader loader = SqliteLoader.open(SqliteConfig.at(other), 1)) {
                loader.finish(made -> {});
            }
            // As if that server were of the version that made the file.
            Files.copy(other, config().path(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            StoreException refused =
                    assertThrows(StoreException.class, () -> SqliteUpgrade.hold(config()));
            assertEquals(Kind.LOCKED, refused.kind());
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    /** A process that was killed after the change leaves it in the log, not yet in the file. */
    @Test
    void the_log_knows_better_than_the_header() throws Exception {
        make(1);
        Path left = folder.resolve("left.db");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + config().path());
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA wal_autocheckpoint = 0");
            SqliteSchema.change(connection, 1, () -> {});
            Files.copy(config().path(), left);
            Files.copy(folder.resolve("store.db-wal"), folder.resolve("left.db-wal"));
        }
        assertTrue(StoreHeader.read(left).orElseThrow().isOutdated());
        assertEquals(Optional.empty(), SqliteUpgrade.hold(SqliteConfig.at(left)));
        SqliteStore.open(SqliteConfig.at(left), Meter.NONE).close();
    }

    @Test
    void an_older_backup_is_advanced_when_it_is_opened_as_a_copy_alone() {
        make(1);
        try (Store read = SqliteStore.beside(config())) {
            assertEquals(Optional.empty(), read.read(s -> s.custody()));
        }
        assertEquals(Kind.FOREIGN, refusedToOpen().kind());
        FileBackups.of(config()).open(config().path()).close();
        SqliteStore.open(config(), Meter.NONE).close();
    }
}
