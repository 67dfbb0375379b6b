package dev.rocket.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.rocket.core.contract.Contract;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store's file says of itself, and how the writer treats it. */
final class SchemaTest extends Contract {

    private static final long FULL = 2;
    private static final long INCREMENTAL = 2;

    @TempDir Path folder;

    @Override
    protected Store open() {
        return SqliteStore.open(SqliteConfig.at(path()), Meter.NONE);
    }

    private Path path() {
        return folder.resolve("schema.db");
    }

    /** What a pragma gives on the writer's own connection. */
    private String written(String pragma) {
        return write(
                tx ->
                        ((SqliteTransaction) tx)
                                .statements()
                                .first(row -> row.getString(1), "PRAGMA " + pragma)
                                .orElse("nothing"));
    }

    private List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + path());
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }

    @Test
    void the_writer_logs_ahead_and_syncs_each_commit() {
        assertEquals("wal", written("journal_mode"));
        assertEquals(Long.toString(FULL), written("synchronous"));
        assertEquals("0", written("wal_autocheckpoint"));
    }

    @Test
    void the_file_gives_space_back_from_its_birth() {
        assertEquals(Long.toString(INCREMENTAL), written("auto_vacuum"));
    }

    @Test
    void the_header_names_the_program_and_the_version() throws Exception {
        store().close();
        byte[] bytes = Files.readAllBytes(path());
        ByteBuffer header = ByteBuffer.wrap(bytes);
        assertEquals("RKT1", new String(bytes, 68, 4, StandardCharsets.US_ASCII));
        assertEquals(SqliteSchema.APPLICATION_ID, header.getInt(68));
        assertEquals(SqliteSchema.version(), header.getInt(60));
    }

    @Test
    void the_probe_tells_the_version() {
        assertEquals(SqliteSchema.version(), store().probe().reading().schema());
    }

    @Test
    void schema_files_are_numbered_without_gaps_and_all_applied() throws Exception {
        var address = SqliteSchema.class.getResource("schema/001-tasks-and-feed.sql");
        assertNotNull(address);
        List<String> numbers;
        try (Stream<Path> files = Files.list(Path.of(address.toURI()).resolveSibling("."))) {
            numbers =
                    files.map(file -> file.getFileName().toString().substring(0, 4))
                            .sorted()
                            .toList();
        }
        List<String> expected =
                IntStream.rangeClosed(1, SqliteSchema.version())
                        .mapToObj("%03d-"::formatted)
                        .toList();
        assertEquals(expected, numbers);
    }

    @Test
    void opening_it_again_changes_nothing() throws Exception {
        put(task("kept"));
        store().close();
        byte[] bytes = Files.readAllBytes(path());
        List<String> made = rows("SELECT sql FROM sqlite_schema ORDER BY name");
        open().close();
        assertArrayEquals(bytes, Files.readAllBytes(path()));
        assertEquals(made, rows("SELECT sql FROM sqlite_schema ORDER BY name"));
        assertEquals(List.of("ok"), rows("PRAGMA integrity_check"));
    }
}
