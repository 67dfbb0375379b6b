package dev.rocket.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The tables, indexes and triggers of a file, beside those that the schema's files make.
 *
 * <p>The schema of the file's version is made anew in memory, so it is written down once. What is
 * missing or other is told, and what acts on Rocket's tables though Rocket did not make it:
 * triggers, and unique indexes. Other indexes, tables and views are left to whoever made them. The
 * tables that the index of words keeps for itself are the engine's.
 */
final class Shape {

    private static final String PARTS =
            "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT GLOB 'sqlite_*'"
                    + " AND tbl_name NOT GLOB 'task_words_*' ORDER BY rowid";

    private static final String TABLE = "table";
    private static final String UNIQUE = "create unique ";

    /**
     * Something that is not as Rocket makes it.
     *
     * @param table whether it is a whole table that is missing
     * @param what in a sentence
     */
    record Unlike(boolean table, String what) {}

    private record Part(String type, String name, String table, String sql) {

        static Part of(ResultSet row) throws SQLException {
            String sql = String.valueOf(row.getString(4)).replaceAll("\\s+", " ");
            return new Part(row.getString(1), row.getString(2), row.getString(3), sql);
        }

        String words() {
            return type.equals(TABLE) ? "the table " + name : words("the " + type);
        }

        private String words(String what) {
            return what + " " + name + " on " + table;
        }

        boolean acts() {
            boolean unique = sql.toLowerCase(Locale.ROOT).startsWith(UNIQUE);
            return type.equals("trigger") || unique;
        }
    }

    private Shape() {}

    /** What is not as Rocket makes it. */
    static List<Unlike> unlike(Statements sql) {
        int version = Math.toIntExact(sql.number("PRAGMA user_version"));
        Map<String, Part> own = fresh(Math.clamp(version, 1, SqliteSchema.version()));
        Map<String, Part> held = named(sql.list(Part::of, PARTS));
        List<Unlike> found = new ArrayList<>();
        own.forEach(
                (name, part) -> {
                    Part there = held.get(name);
                    if (!name.equals(part.table()) && !held.containsKey(part.table())) {
                        return;
                    }
                    if (there == null) {
                        boolean table = part.type().equals(TABLE);
                        found.add(new Unlike(table, part.words() + " is missing"));
                    } else if (!there.equals(part)) {
                        String what = part.words() + " is not as Rocket makes it";
                        found.add(new Unlike(false, what));
                    }
                });
        for (Part part : held.values()) {
            boolean ours = own.containsKey(part.table());
            if (ours && part.acts() && !own.containsKey(part.name())) {
                found.add(new Unlike(false, part.words() + " is not Rocket's"));
            }
        }
        return found;
    }

    private static Map<String, Part> named(List<Part> parts) {
        Map<String, Part> named = new LinkedHashMap<>();
        parts.forEach(part -> named.put(part.name(), part));
        return named;
    }

    private static Map<String, Part> fresh(int version) {
        try (Connection connection = SqliteConnections.open(Path.of(":memory:"))) {
            SqliteSchema.load(connection, version);
            Statements memory = new Statements(connection);
            return named(memory.list(Part::of, PARTS));
        } catch (SQLException e) {
            throw SqliteFailures.of("making the schema in memory", e);
        }
    }
}
