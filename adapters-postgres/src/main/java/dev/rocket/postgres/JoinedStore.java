package dev.rocket.postgres;

import dev.rocket.core.model.Image;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Probe;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.Transaction;
import dev.rocket.core.port.Upkeep;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A store inside somebody else's transaction.
 *
 * <p>It never begins, commits or rolls back; it sets savepoints, and looks into its own schema only
 * while it works.
 */
final class JoinedStore implements Store {

    private static final String SAVEPOINT = "rocket_joined";

    private final Connection connection;
    private final String schema;
    private final Gates gates;

    JoinedStore(Connection connection, String schema) {
        if (!PostgresConfig.isSchema(schema)) {
            throw new IllegalArgumentException("not the plain name of a schema: " + schema);
        }
        this.connection = connection;
        this.schema = schema;
        this.gates = new Gates(schema);
        check();
    }

    private void check() {
        try {
            int isolation = connection.getTransactionIsolation();
            if (connection.getAutoCommit() || isolation != Connection.TRANSACTION_READ_COMMITTED) {
                throw new IllegalStateException(
                        "the connection must be in a transaction at READ COMMITTED:"
                                + " call setAutoCommit(false) first");
            }
        } catch (SQLException e) {
            throw PostgresFailures.of("joining a transaction", e);
        }
    }

    @Override
    public <T> T read(Function<? super Snapshot, ? extends T> work) {
        return inside(sql -> new PostgresSnapshot(sql, new Sight.Quiet(sql)), work);
    }

    @Override
    public <T> T write(Function<? super Transaction, ? extends T> work) {
        Set<Image.Id<?>> wanted = new HashSet<>();
        return inside(
                sql -> new PostgresTransaction(sql, gates, wanted),
                transaction -> {
                    T result = work.apply(transaction);
                    transaction.finish();
                    return result;
                });
    }

    private <L, T> T inside(
            Function<Statements, ? extends L> lent, Function<? super L, ? extends T> work) {
        check();
        for (int attempt = 1; ; attempt++) {
            try {
                return once(lent, work);
            } catch (Conflict e) {
                if (attempt == PostgresWriter.ATTEMPTS) {
                    throw PostgresWriter.crowded(e);
                }
            } catch (Statements.Failed e) {
                if (attempt == PostgresWriter.ATTEMPTS || !PostgresFailures.isConflict(e.why())) {
                    throw PostgresFailures.of("executing a command", e.why());
                }
            }
        }
    }

    private <L, T> T once(
            Function<Statements, ? extends L> lent, Function<? super L, ? extends T> work) {
        Statements statements = new Statements(connection);
        boolean done = false;
        try {
            statements.run("SAVEPOINT " + SAVEPOINT);
            String path = look(statements, schema);
            T result = work.apply(lent.apply(statements));
            statements.checkWhole();
            look(statements, path);
            statements.run("RELEASE " + SAVEPOINT);
            done = true;
            return result;
        } finally {
            if (!done) {
                statements.rollbackTo(SAVEPOINT);
            }
        }
    }

    /** Looks into another schema from now on; where it looked before. */
    private static String look(Statements statements, String path) {
        String before =
                statements
                        .first(row -> row.getString(1), "SELECT current_setting('search_path')")
                        .orElse("");
        statements.first(
                row -> row.getString(1), "SELECT set_config('search_path', ?, true)", path);
        return before;
    }

    @Override
    public Seq head() {
        return read(Snapshot::seq);
    }

    @Override
    public boolean await(Seq after, Duration atMost) {
        return head().isAfter(after);
    }

    @Override
    public Probe probe() {
        return new Probe() {
            @Override
            public Optional<String> trouble(Duration atMost) {
                return Optional.empty();
            }

            @Override
            public Reading reading() {
                return new Reading(
                        "postgres", PostgresSchema.version(), 0, 1, 0, 0, Reading.UNTOLD);
            }
        };
    }

    /** The servers on the same schema see to it. */
    @Override
    public Upkeep upkeep() {
        return Upkeep.NONE;
    }

    @Override
    public void close() {}
}
