package dev.rocket.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whom a store's files let in: their owner, from their first moment.
 *
 * <p>Method: files made under the process's own mask, and in a process whose mask takes nothing
 * away; what SQLite makes takes the mode of the database, which is made before SQLite sees it.
 */
final class OwnerOnlyTest {

    private static final String OWNER = "rw-------";
    private static final String WIDE = "rw-r--r--";

    @TempDir Path folder;

    private Path path() {
        return folder.resolve("own.db");
    }

    private Store open(boolean strict) {
        return SqliteStore.open(SqliteConfig.at(path()).withStrict(strict), Meter.NONE);
    }

    private Map<String, String> modes() throws IOException {
        Map<String, String> modes = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                modes.put(file.getFileName().toString(), mode(file));
            }
        }
        return modes;
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static Map<String, String> all() {
        return Map.of(
                "own.db", OWNER, "own.db-wal", OWNER, "own.db-shm", OWNER, "own.db.lock", OWNER);
    }

    @Test
    void all_files_of_a_new_store_are_their_owners_alone() throws IOException {
        try (Store store = open(true)) {
            assertEquals(Optional.empty(), store.probe().trouble(Duration.ofMinutes(1)));
            assertEquals(all(), modes());
        }
        open(true).close();
    }

    @Test
    void the_database_is_its_owners_alone_before_the_engine_opens_it() throws IOException {
        try (SqliteConnections held = SqliteConnections.hold(SqliteConfig.at(path()))) {
            assertEquals(0, held.bytes(""));
            assertEquals(Map.of("own.db", OWNER, "own.db.lock", OWNER), modes());
        }
    }

    @Test
    void a_mask_that_takes_nothing_away_does_not_widen_them() throws Exception {
        Process process =
                Opener.start(Opener.HOLD, path(), "sh", "-c", "umask 000; exec \"$@\"", "sh");
        try (BufferedReader words = Opener.words(process)) {
            assertEquals("open", words.readLine());
            assertEquals(all(), modes());
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-wal", "-shm"})
    void a_file_that_others_may_read_is_refused_in_production(String ending) throws IOException {
        open(true).close();
        Path file = folder.resolve("own.db" + ending);
        if (!ending.isEmpty()) {
            Files.createFile(file);
        }
        byte[] bytes = Files.readAllBytes(path());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(WIDE));
        StoreException refused = assertThrows(StoreException.class, () -> open(true).close());
        assertEquals(Kind.FOREIGN, refused.kind());
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains("chmod 600 '" + file.toRealPath() + "'"), message);
        assertArrayEquals(bytes, Files.readAllBytes(path()));
        assertEquals(WIDE, mode(file));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(OWNER));
        open(true).close();
    }

    @Test
    void a_file_that_others_may_read_is_warned_about_in_development() throws IOException {
        open(false).close();
        Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString(WIDE));
        List<String> warnings = new ArrayList<>();
        Logger logger = Logger.getLogger("dev.rocket.sqlite");
        Handler handler = listening(warnings);
        logger.addHandler(handler);
        try {
            open(false).close();
        } finally {
            logger.removeHandler(handler);
        }
        assertEquals(1, warnings.size(), warnings::toString);
        assertTrue(warnings.get(0).contains("chmod 600"), warnings::toString);
        assertEquals(WIDE, mode(path()), "it is the deployer's to narrow");
    }

    private static Handler listening(List<String> heard) {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                heard.add(line.getMessage());
            }

            @Override
            public void flush() {
                // Nothing is kept back.
            }

            @Override
            public void close() {
                flush();
            }
        };
    }
}
