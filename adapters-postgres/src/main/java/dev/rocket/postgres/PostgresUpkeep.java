package dev.rocket.postgres;

import dev.rocket.core.port.Probe;
import dev.rocket.core.port.Upkeep;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * The housekeeping of a schema on Postgres.
 *
 * <p>The server's own autovacuum does most of it. What is added here is done in a quiet moment, so
 * that autovacuum need not do it in a busy one. A user who does not own the tables is warned by the
 * server, which passes them over. Source: postgresql.org/docs, VACUUM and ANALYZE.
 */
final class PostgresUpkeep implements Upkeep {

    /** Tables whose rows are replaced or deleted, each a step. */
    private static final List<String> TABLES =
            List.of("task", "task_words", "task_label", "entity", "gone", "receipt", "change");

    /** A table is left alone while so few of its rows, in percent, are dead. */
    private static final int FEW_PERCENT = 2;

    private static final String DEAD =
            "SELECT count(*) FROM pg_stat_user_tables WHERE schemaname = ? AND relname = ?"
                    + " AND n_dead_tup * 100 > n_live_tup * "
                    + FEW_PERCENT;

    private static final String SIZE =
            "SELECT sum(pg_total_relation_size(oid)) FROM pg_class"
                    + " WHERE relkind = 'r' AND relnamespace = ?::regnamespace";

    /** A large table takes long, and the server says nothing meanwhile. */
    private static final Duration LONGEST = Duration.ofHours(2);

    private final PostgresConnections connections;

    PostgresUpkeep(PostgresConnections connections) {
        this.connections = connections;
    }

    @Override
    public Sizes sizes() {
        try (Connection connection = connections.reader()) {
            long data = new Statements(connection).number(SIZE, connections.schema());
            return new Sizes(data, Probe.Reading.UNTOLD, 0);
        } catch (Statements.Failed e) {
            throw PostgresFailures.of("measuring the tables", e.why());
        } catch (SQLException e) {
            throw PostgresFailures.of("measuring the tables", e);
        }
    }

    @Override
    public boolean giveBack(int step) {
        if (step < TABLES.size()) {
            String table = TABLES.get(step);
            try (Connection connection = alone()) {
                if (new Statements(connection).number(DEAD, connections.schema(), table) > 0) {
                    run(connection, "VACUUM (SKIP_LOCKED) ", table);
                }
            } catch (Statements.Failed e) {
                throw PostgresFailures.of("vacuuming", e.why());
            } catch (SQLException e) {
                throw PostgresFailures.of("vacuuming", e);
            }
        }
        return step + 1 < TABLES.size();
    }

    @Override
    public void refresh() {
        try (Connection connection = alone()) {
            for (String table : TABLES) {
                run(connection, "ANALYZE (SKIP_LOCKED) ", table);
            }
        } catch (SQLException e) {
            throw PostgresFailures.of("analyzing", e);
        }
    }

    /** The server merges its log by itself. */
    @Override
    public void merge() {}

    private Connection alone() throws SQLException {
        Connection connection = connections.alone("upkeep");
        connection.setNetworkTimeout(Runnable::run, (int) LONGEST.toMillis());
        return connection;
    }

    /** Names the schema, since a pooler may lend another session for each statement. */
    private void run(Connection connection, String verb, String table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(verb + connections.schema() + "." + table);
        }
    }
}
