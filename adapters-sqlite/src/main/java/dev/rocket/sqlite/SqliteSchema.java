package dev.rocket.sqlite;

import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** The numbered files that make a schema, and the marks that tell one. */
final class SqliteSchema {

    /** The application id in the file's header: "RKT1" in ASCII. */
    static final int APPLICATION_ID = 0x524b5431;

    /** The same while a store is being loaded: "RKTL" in ASCII. */
    static final int LOADING_ID = 0x524b544c;

    private static final List<String> FILES = List.of("001-tasks-and-feed.sql", "002-custody.sql");

    private SqliteSchema() {}

    /** The version that this program reads and writes. */
    static int version() {
        return FILES.size();
    }

    /**
     * Looks at a file's first bytes, without opening it as a database.
     *
     * @throws StoreException with FOREIGN when it is not a store of this program and version
     */
    static void checkHeader(Path path) throws IOException {
        Optional<StoreHeader> header = StoreHeader.read(path);
        if (header.isPresent()) {
            if (!header.get().isSqlite()) {
                throw foreign(path, "is not a SQLite database");
            }
            check(path, header.get().application(), header.get().version());
        }
    }

    private static void check(Path path, int application, int version) {
        if (application == LOADING_ID) {
            throw new StoreException(
                    Kind.FOREIGN,
                    path + " is a copy that was not finished; delete it, copy again.");
        }
        if (application != APPLICATION_ID) {
            throw foreign(path, "is the database of another program");
        }
        if (version > version()) {
            throw new StoreException(
                    Kind.FOREIGN,
                    path
                            + " was written by a newer Rocket (schema "
                            + version
                            + ", this one knows "
                            + version()
                            + "); start that version, or restore a backup made before it.");
        }
    }

    /**
     * Looks at the marks of a database that is open.
     *
     * @throws StoreException with FOREIGN when it is not a store of this program and version
     */
    static void checkMarks(Connection connection, Path path) throws SQLException {
        check(path, pragma(connection, "application_id"), pragma(connection, "user_version"));
    }

    private static StoreException foreign(Path path, String what) {
        return new StoreException(
                Kind.FOREIGN, path + " " + what + "; choose another ROCKET_DB_PATH.");
    }

    /**
     * Makes the schema of a new store, in one transaction; one that is there stays as it is.
     *
     * @throws StoreException with FOREIGN when it is not a store of this program and version
     */
    static void apply(Connection connection, Path path) throws SQLException {
        int version = version(connection);
        if (version > 0) {
            check(path, pragma(connection, "application_id"), version);
        }
        if (version > 0 && version < version()) {
            throw new StoreException(
                    Kind.FOREIGN,
                    path
                            + " was written by an older Rocket (schema "
                            + version
                            + ", this one needs "
                            + version()
                            + "); `rocket serve` or `rocket upgrade` advances it, after a backup"
                            + " and a rehearsal.");
        }
        if (version == 0) {
            change(connection, 0, () -> {});
        }
    }

    /** What a store says of its own schema. */
    static int version(Connection connection) throws SQLException {
        return pragma(connection, "user_version");
    }

    /**
     * Makes or advances the schema in one transaction.
     *
     * @param from the version that is there
     * @param check looks at what came of it before it counts; what it throws takes all of it back
     */
    static void change(Connection connection, int from, Runnable check) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            for (String file : FILES.subList(from, version())) {
                statement.executeUpdate(text(file));
            }
            statement.execute("PRAGMA application_id = " + APPLICATION_ID);
            statement.execute("PRAGMA user_version = " + version());
            check.run();
            statement.execute("COMMIT");
        }
    }

    /**
     * Makes the schema of a store that is being loaded, in a transaction that stays open.
     *
     * @param version of the schema, 1 to the newest
     */
    static void load(Connection connection, int version) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA application_id = " + LOADING_ID);
            statement.execute("PRAGMA user_version = " + version);
            statement.execute("BEGIN IMMEDIATE");
            for (String file : FILES.subList(0, version)) {
                statement.executeUpdate(text(file));
            }
        }
    }

    private static int pragma(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                var row = statement.executeQuery("PRAGMA " + name)) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    private static String text(String file) {
        try (InputStream in = SqliteSchema.class.getResourceAsStream("schema/" + file)) {
            if (in == null) {
                throw new IllegalStateException("the schema file " + file + " is not packed");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
