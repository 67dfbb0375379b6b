package dev.rocket.postgres;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.ImageText;
import dev.rocket.core.model.Receipt;
import dev.rocket.core.port.Custody;
import dev.rocket.core.port.Loader;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The way into an empty schema, in bulk.
 *
 * <p>All of it is one transaction: schema, rows, indexes and the place that is given next. So a
 * load that was interrupted has left nothing. Whoever opens the same schema meanwhile waits for its
 * end. Where the schema may be made here, its indexes are made at the end, when all rows are there;
 * where it is only to be validated, they are left alone.
 */
public final class PostgresLoader implements Loader {

    private static final List<String> TABLES =
            List.of("change", "task", "task_label", "task_words", "entity", "gone", "receipt");

    /** Indexes that no constraint needs, and what makes each. */
    private static final String INDEXES =
            "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i"
                    + " JOIN pg_class t ON t.oid = i.indrelid"
                    + " WHERE t.relnamespace = current_schema()::regnamespace"
                    + " AND pg_has_role(t.relowner, 'USAGE') AND t.relname IN ('"
                    + String.join("', '", TABLES)
                    + "') AND NOT EXISTS"
                    + " (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)";

    private static final String NEWEST =
            "DECLARE newest NO SCROLL CURSOR FOR SELECT seq, kind, image FROM change c"
                    + " WHERE NOT EXISTS (SELECT FROM change d WHERE d.prev = c.seq) ORDER BY seq";

    /** Entities that are fetched at a time. */
    private static final int STEP = 1_000;

    private final Connection connection;
    private final LoadedRows rows;
    private final List<String> indexes;
    private long last;
    private boolean closed;

    private PostgresLoader(Connection connection, List<String> indexes) {
        this.connection = connection;
        this.rows = new LoadedRows(connection);
        this.indexes = indexes;
    }

    /**
     * Opens a way into a schema that is not there, or holds nothing.
     *
     * @throws StoreException with FOREIGN when the schema holds anything, or as {@link
     *     PostgresStore#open} does
     */
    public static PostgresLoader open(PostgresConfig config) {
        return open(config, PostgresSchema.version());
    }

    /**
     * The same for a store as an older program would have made it, into a schema not there.
     *
     * @param version of the schema, 1 to the newest
     * @throws StoreException as {@link #open(PostgresConfig)} does
     */
    public static PostgresLoader open(PostgresConfig config, int version) {
        try {
            Connection connection = PostgresConnections.loader(config, version);
            try {
                checkEmpty(connection, config);
                return new PostgresLoader(connection, dropIndexes(connection, config));
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw PostgresFailures.of("loading into " + config.server(), e);
        }
    }

    /**
     * Throws away the copy that an unfinished move left; anything else is left as it is.
     *
     * @param source the store that it must be a copy of
     * @return whether there was one
     * @throws StoreException as {@link PostgresStore#open} does
     */
    public static boolean discard(PostgresConfig config, String source) {
        try (Connection connection = PostgresConnections.loader(config, PostgresSchema.version())) {
            Optional<Custody> custody = CustodyRow.read(new Statements(connection));
            if (custody.isEmpty() || !custody.get().is(Custody.State.ARRIVING, source)) {
                connection.rollback();
                return false;
            }
            run(connection, "TRUNCATE " + String.join(", ", TABLES) + ", custody");
            connection.commit();
            return true;
        } catch (SQLException e) {
            throw PostgresFailures.of("emptying " + config.server(), e);
        }
    }

    private static void checkEmpty(Connection connection, PostgresConfig config)
            throws SQLException {
        run(connection, "LOCK TABLE " + String.join(", ", TABLES) + " IN ACCESS EXCLUSIVE MODE");
        for (String table : TABLES) {
            if (!list(connection, "SELECT '' FROM " + table + " LIMIT 1", 1).isEmpty()) {
                throw new StoreException(
                        Kind.FOREIGN,
                        "The schema "
                                + config.schema()
                                + " holds a store already; name another with ROCKET_DB_SCHEMA, or"
                                + " drop it when nobody needs it: DROP SCHEMA "
                                + config.schema()
                                + " CASCADE.");
            }
        }
    }

    private static List<String> dropIndexes(Connection connection, PostgresConfig config)
            throws SQLException {
        List<String> indexes = new ArrayList<>();
        if (!config.validate()) {
            indexes.addAll(list(connection, INDEXES, 2));
            for (String name : list(connection, INDEXES, 1)) {
                run(connection, "DROP INDEX " + name);
            }
        }
        return indexes;
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> list(Connection connection, String sql, int column)
            throws SQLException {
        List<String> list = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                list.add(rows.getString(column));
            }
        }
        return list;
    }

    @Override
    public void changes(List<Change> changes) {
        loading(
                () -> {
                    for (Change change : changes) {
                        long seq = change.seq().value();
                        if (seq <= last) {
                            throw new IllegalArgumentException(
                                    "the place " + seq + " is not after " + last);
                        }
                        rows.change(change);
                        last = seq;
                    }
                });
    }

    @Override
    public void receipts(List<Receipt> receipts) {
        loading(
                () -> {
                    for (Receipt receipt : receipts) {
                        rows.receipt(receipt);
                    }
                });
    }

    @Override
    public void custody(Custody custody) {
        loading(() -> CustodyRow.write(new Statements(connection), custody));
    }

    @Override
    public void finish(LongConsumer entities) {
        loading(
                () -> {
                    rows.send();
                    run(connection, "SET LOCAL work_mem = '64MB'");
                    run(connection, "SET LOCAL maintenance_work_mem = '256MB'");
                    // Without figures of the feed the planner would look for each change alone.
                    run(connection, "ANALYZE change");
                    run(connection, NEWEST);
                    long made = 0;
                    for (int step = STEP; step > 0; ) {
                        step = fetch();
                        made += step;
                        entities.accept(made);
                    }
                    for (String index : indexes) {
                        run(connection, index);
                    }
                    run(connection, "ANALYZE " + String.join(", ", TABLES));
                    if (last > 0) {
                        String next = "SELECT setval('change_seq', greatest(last_value, ";
                        list(connection, next + last + ")) FROM change_seq", 1);
                    }
                    connection.commit();
                });
        close();
    }

    /** Makes the next entities; how many. */
    private int fetch() throws SQLException {
        int fetched = 0;
        try (Statement statement = connection.createStatement();
                ResultSet newest = statement.executeQuery("FETCH " + STEP + " FROM newest")) {
            while (newest.next()) {
                String text = newest.getString(3);
                Image.Kind kind = Image.Kind.parse(newest.getString(2));
                rows.entity(newest.getLong(1), ImageText.parse(kind, text), text);
                fetched++;
            }
        }
        rows.send();
        return fetched;
    }

    private interface Work {
        void run() throws SQLException;
    }

    private void loading(Work work) {
        if (closed) {
            throw new IllegalStateException("the load has ended");
        }
        try {
            work.run();
        } catch (SQLException e) {
            throw PostgresFailures.ofLoad(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            connection.close();
        } catch (SQLException e) {
            throw PostgresFailures.of("ending a load", e);
        }
    }
}
