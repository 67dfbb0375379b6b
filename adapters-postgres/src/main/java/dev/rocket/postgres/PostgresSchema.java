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
     * The statements that make a new schema, for an owner who applies them by hand.
     *
     * @param schema its name
     */
    public static String sql(String schema) {
        StringBuilder sql = new StringBuilder();
        sql.append("BEGIN;\nCREATE SCHEMA IF NOT EXISTS ").append(schema).append(";\n");
        sql.append("SET LOCAL search_path TO ").append(schema).append(";\n\n");
        FILES.forEach(file -> sql.append(text(file)).append('\n'));
        return sql.append(mark(0)).append(";\nCOMMIT;\n").toString();
    }

    private static String mark(int from) {
        return from == 0
                ? "INSERT INTO rocket (version) VALUES (" + version() + ")"
                : "UPDATE rocket SET version = " + version();
    }

    /**
     * Makes or advances the schema in one transaction, or only looks at it.
     *
     * @param connection closed by the caller, which takes back what failed
     */
    static void prepare(Connection connection, PostgresConfig config) throws SQLException {
        make(connection, config);
        connection.commit();
    }

    /** The same in a transaction that goes on, looking into the schema; others wait for its end. */
    static void make(Connection connection, PostgresConfig config) throws SQLException {
        String schema = config.schema();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(" + key("schema", schema) + ")");
            int version = found(statement, schema);
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
            if (version < version()) {
                if (config.validate()) {
                    throw missing(schema, version);
                }
                apply(statement, schema, version);
            }
            checkPath(statement, schema);
        }
    }

    /** The version of what is there; 0 when nothing is. */
    private static int found(Statement statement, String schema) throws SQLException {
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

    private static void apply(Statement statement, String schema, int version) throws SQLException {
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
        for (String file : FILES.subList(version, version())) {
            statement.execute(text(file));
        }
        statement.execute(mark(version));
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

    private static StoreException missing(String schema, int version) {
        return new StoreException(
                Kind.FOREIGN,
                "The schema "
                        + schema
                        + " is at version "
                        + version
                        + ", this program needs "
                        + version()
                        + ", and it is not to be made here; start a server without"
                        + " ROCKET_SCHEMA=validate, or let the owner apply what `rocket schema`"
                        + " prints.");
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
