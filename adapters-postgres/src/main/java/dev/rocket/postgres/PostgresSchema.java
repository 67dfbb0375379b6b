package dev.rocket.postgres;

import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The numbered files that make a schema, and its mark.
 *
 * <p>Servers that start together make it once: an advisory lock stands before it.
 */
public final class PostgresSchema {

    private static final List<String> FILES = List.of("001-tasks-and-feed.sql", "002-custody.sql");

    private PostgresSchema() {}

    /** The version that this program reads and writes. */
    static int version() {
        return FILES.size();
    }

    /**
     * The statements that make a schema, or advance it, for an owner who applies them by hand.
     *
     * @param schema its name
     * @param from the version that is there, 0 when none is
     * @throws IllegalArgumentException when there is no such version, or nothing is to be done
     */
    public static String sql(String schema, int from) {
        if (from < 0 || from >= version()) {
            throw new IllegalArgumentException(
                    "There is nothing to do for a schema of version "
                            + from
                            + "; this program's is "
                            + version()
                            + ".");
        }
        StringBuilder sql = new StringBuilder("BEGIN;\n");
        if (from == 0) {
            sql.append("CREATE SCHEMA IF NOT EXISTS ").append(schema).append(";\n");
        }
        sql.append("SET LOCAL search_path TO ").append(schema).append(";\n\n");
        FILES.subList(from, version()).forEach(file -> sql.append(text(file)).append('\n'));
        return sql.append(mark(from, version())).append(";\nCOMMIT;\n").toString();
    }

    private static String mark(int from, int to) {
        return from == 0
                ? "INSERT INTO rocket (version) VALUES (" + to + ")"
                : "UPDATE rocket SET version = " + to;
    }

    /**
     * Makes the schema in one transaction when there is none, or only looks at it.
     *
     * @param connection closed by the caller, which takes back what failed
     */
    static void prepare(Connection connection, PostgresConfig config) throws SQLException {
        make(connection, config, version());
        connection.commit();
    }

    /**
     * The same in a transaction that goes on, looking into the schema; others wait for its end.
     *
     * @param version of the schema that is made, 1 to the newest
     */
    static void make(Connection connection, PostgresConfig config, int version)
            throws SQLException {
        String schema = config.schema();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(" + key("schema", schema) + ")");
            int there = found(statement, schema);
            checkNotNewer(there, schema);
            if (there < version() && config.validate()) {
                throw missing(schema, there);
            }
            if (there == 0) {
                create(statement, schema, version);
            } else if (there < version()) {
                throw outdated(schema, there);
            }
            checkPath(statement, schema);
        }
    }

    private static void checkNotNewer(int version, String schema) {
        if (version > version()) {
            throw new StoreException(
                    Kind.FOREIGN,
                    "The schema "
                            + schema
                            + " was written by a newer Rocket (schema "
                            + version
                            + ", this one knows "
                            + version()
                            + "); start that version.");
        }
    }

    /** The version of what is there; 0 when nothing is. */
    static int found(Statement statement, String schema) throws SQLException {
        try (var row =
                statement.executeQuery("SELECT to_regclass('" + schema + ".rocket') IS NOT NULL")) {
            if (!row.next() || !row.getBoolean(1)) {
                return 0;
            }
        }
        try (var row = statement.executeQuery("SELECT version FROM " + schema + ".rocket")) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    private static void create(Statement statement, String schema, int version)
            throws SQLException {
        boolean there;
        try (var row =
                statement.executeQuery(
                        "SELECT 1 FROM pg_namespace WHERE nspname = '" + schema + "'")) {
            there = row.next();
        }
        if (!there) {
            statement.execute("CREATE SCHEMA " + schema);
        }
        statement.execute("SET LOCAL search_path TO " + schema);
        change(statement, 0, version);
    }

    /** Makes or advances the tables of the schema that the transaction looks into. */
    static void change(Statement statement, int from, int to) throws SQLException {
        for (String file : FILES.subList(from, to)) {
            statement.execute(text(file));
        }
        statement.execute(mark(from, to));
    }

    private static StoreException outdated(String schema, int version) {
        return new StoreException(
                Kind.FOREIGN,
                "The schema "
                        + schema
                        + " was written by an older Rocket (schema "
                        + version
                        + ", this one needs "
                        + version()
                        + "); `rocket serve` or `rocket upgrade` advances it, after a backup and"
                        + " a rehearsal.");
    }

    /** Makes the tables anew where the search path leads, but marks no version. */
    static void make(Statements sql) {
        FILES.forEach(file -> sql.run(text(file)));
    }

    /** A user without the right to use a schema does not see it. */
    private static void checkPath(Statement statement, String schema) throws SQLException {
        statement.execute("SET LOCAL search_path TO " + schema);
        try (var row = statement.executeQuery("SELECT current_schema()")) {
            if (!row.next() || !schema.equals(row.getString(1))) {
                throw new StoreException(
                        Kind.READ_ONLY,
                        "The database's user may not look into the schema "
                                + schema
                                + "; let the owner type: GRANT USAGE ON SCHEMA "
                                + schema
                                + " TO ….");
            }
        }
    }

    static StoreException missing(String schema, int version) {
        return new StoreException(
                Kind.FOREIGN,
                "The schema "
                        + schema
                        + " is at version "
                        + version
                        + ", this program needs "
                        + version()
                        + ", and it is not to be made here; start a server without"
                        + " ROCKET_SCHEMA=validate, or let the owner apply what `rocket schema"
                        + (version == 0 ? "" : " --from " + version)
                        + "` prints.");
    }

    /** The number of an advisory lock; the same in every server on the same schema. */
    static long key(String purpose, String schema) {
        try {
            String name = "rocket/" + schema + "/" + purpose;
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String text(String file) {
        try (InputStream in = PostgresSchema.class.getResourceAsStream("schema/" + file)) {
            if (in == null) {
                throw new IllegalStateException("the schema file " + file + " is not packed");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
