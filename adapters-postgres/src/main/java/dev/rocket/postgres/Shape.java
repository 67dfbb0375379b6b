package dev.rocket.postgres;

import dev.rocket.core.port.Custody;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tables, indexes and constraints of a schema, beside those that the schema's files make.
 *
 * <p>The schema is made anew as temporary tables, in a transaction that is taken back, so it is
 * written down once, and the same server prints both. What is missing or other is told, and what
 * acts on Rocket's tables though Rocket did not make it: triggers, rules, constraints, unique
 * indexes, columns, row security. Other indexes and tables are left to whoever made them.
 */
final class Shape {

    /** What a schema holds: the kind of thing, its table, its name and how it is made. */
    private static final String PARTS =
            """
            SELECT 'table', c.relname, '',
              CASE c.relpersistence WHEN 'u' THEN 'unlogged' ELSE '' END
              || CASE WHEN c.relrowsecurity THEN 'row security' ELSE '' END
              FROM pg_class c WHERE c.relnamespace = %1$s AND c.relkind IN ('r', 'p')
            UNION ALL
            SELECT 'sequence', c.relname, '',
              s.seqincrement || ',' || s.seqcache || ',' || s.seqcycle
              FROM pg_class c JOIN pg_sequence s ON s.seqrelid = c.oid WHERE c.relnamespace = %1$s
            UNION ALL
            SELECT 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod)
              || ',' || a.attnotnull || ',' || a.attcollation
              || ',' || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
              FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
              LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
              WHERE c.relnamespace = %1$s AND c.relkind IN ('r', 'p')
              AND a.attnum > 0 AND NOT a.attisdropped
            UNION ALL
            SELECT 'index', c.relname, x.relname, CASE WHEN i.indisvalid THEN '' ELSE 'invalid ' END
              || regexp_replace(pg_get_indexdef(i.indexrelid), ' ON [^ ]*[.]', ' ON ')
              FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid
              JOIN pg_class x ON x.oid = i.indexrelid WHERE c.relnamespace = %1$s
            UNION ALL
            SELECT 'constraint', c.relname, n.conname,
              CASE WHEN n.convalidated THEN '' ELSE 'invalid ' END || pg_get_constraintdef(n.oid)
              FROM pg_class c JOIN pg_constraint n ON n.conrelid = c.oid
              WHERE c.relnamespace = %1$s AND n.contype IN ('p', 'u', 'c', 'f', 'x')
            UNION ALL
            SELECT 'trigger', c.relname, t.tgname, t.tgenabled::text
              FROM pg_class c JOIN pg_trigger t ON t.tgrelid = c.oid
              WHERE c.relnamespace = %1$s AND NOT t.tgisinternal
            UNION ALL
            SELECT 'rule', c.relname, r.rulename, ''
              FROM pg_class c JOIN pg_rewrite r ON r.ev_class = c.oid
              WHERE c.relnamespace = %1$s AND c.relkind IN ('r', 'p')
            """;

    private static final String HELD = PARTS.formatted("'%1$s'::regnamespace");
    private static final String OWN = PARTS.formatted("pg_my_temp_schema()");

    private static final String BAR = "trigger change custody_bar";

    private final PostgresConnections connections;

    Shape(PostgresConnections connections) {
        this.connections = connections;
    }

    /**
     * Something that is not as Rocket makes it.
     *
     * @param table whether it is a whole table or column that is missing
     * @param what in a sentence
     */
    record Unlike(boolean table, String what) {}

    private record Part(String type, String table, String name, String made) {

        static Part of(ResultSet row) throws SQLException {
            return new Part(row.getString(1), row.getString(2), row.getString(3), row.getString(4));
        }

        String key() {
            return (type + " " + table + " " + name).strip();
        }

        String words() {
            return "the " + type + " " + (name.isEmpty() ? table : name + " on " + table);
        }

        boolean holds() {
            return type.equals("table") || type.equals("column") || type.equals("sequence");
        }

        boolean acts() {
            return !type.equals("index") || made.contains("CREATE UNIQUE ");
        }
    }

    /** What is not as Rocket makes it. */
    List<Unlike> unlike() {
        try (Connection connection = connections.writer()) {
            Statements sql = new Statements(connection);
            sql.begin(connections.begin("BEGIN ISOLATION LEVEL REPEATABLE READ"));
            try {
                Map<String, Part> held = named(sql, HELD.formatted(connections.schema()));
                boolean barred = isBarred(sql);
                sql.run("SET LOCAL search_path TO pg_temp");
                PostgresSchema.make(sql);
                return unlike(named(sql, OWN), held, barred);
            } finally {
                sql.rollback();
            }
        } catch (Statements.Failed e) {
            throw failure(e.why());
        } catch (SQLException e) {
            throw PostgresFailures.of("giving a connection back", e);
        }
    }

    private static StoreException failure(SQLException why) {
        if ("42501".equals(why.getSQLState())) {
            return new StoreException(
                    Kind.READ_ONLY,
                    "Only a user who may make temporary tables can compare the schema with what"
                            + " it should be; let the owner type: GRANT TEMPORARY ON DATABASE …"
                            + " TO ….",
                    why);
        }
        return PostgresFailures.of("comparing the schema with what it should be", why);
    }

    /** Whether nobody but replay may write, and the trigger that comes with that mark is due. */
    private static boolean isBarred(Statements sql) {
        Optional<Custody> custody = CustodyRow.read(sql);
        return custody.filter(some -> some.state() == Custody.State.MOVED).isPresent();
    }

    private static Map<String, Part> named(Statements sql, String query) {
        Map<String, Part> named = new LinkedHashMap<>();
        sql.list(Part::of, query).forEach(part -> named.put(part.key(), part));
        return named;
    }

    private static List<Unlike> unlike(
            Map<String, Part> own, Map<String, Part> held, boolean barred) {
        if (barred) {
            own.put(BAR, new Part("trigger", "change", "custody_bar", "O"));
        }
        List<Unlike> found = new ArrayList<>();
        own.forEach(
                (key, part) -> {
                    Part there = held.get(key);
                    if (!part.name().isEmpty() && !held.containsKey("table " + part.table())) {
                        return;
                    }
                    if (there == null) {
                        found.add(new Unlike(part.holds(), part.words() + " is missing"));
                    } else if (!there.equals(part)) {
                        String what = part.words() + " is not as Rocket makes it";
                        found.add(new Unlike(false, what));
                    }
                });
        for (Part part : held.values()) {
            boolean ours = !part.name().isEmpty() && own.containsKey("table " + part.table());
            if (ours && part.acts() && !own.containsKey(part.key())) {
                found.add(new Unlike(false, part.words() + " is not Rocket's"));
            }
        }
        return found;
    }
}
