package dev.rocket.postgres;

import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Probe;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.Transaction;
import dev.rocket.core.port.Upkeep;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a benchmark compares {@link PostgresStore} with.
 *
 * <p>One pooled connection a request, and a counter row that gives places in the order of commits:
 * correct for one server, and as fast as commits that wait for each other can be. It has the same
 * pools, the same tables and the same statements, but no retries and no bound of those who wait,
 * and it is only opened on a schema that is thrown away.
 */
public final class PlainStore implements Store {

    private static final String WRITE = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";
    private static final String READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

    private final PostgresConnections connections;
    private final Head head = new Head();

    private PlainStore(PostgresConnections connections) {
        this.connections = connections;
    }

    /**
     * Opens one; makes its tables.
     *
     * @throws IllegalArgumentException when its schema is not one that is thrown away
     * @throws dev.rocket.core.port.StoreException as {@link PostgresStore#open} does
     */
    public static PlainStore open(PostgresConfig config) {
        ThrowAway.check(config);
        PostgresConnections connections = PostgresConnections.open(config);
        boolean counting = false;
        try (Connection connection = connections.writer()) {
            new Statements(connection).run(PlainTransaction.COUNTER);
            counting = true;
            return new PlainStore(connections);
        } catch (Statements.Failed e) {
            throw PostgresFailures.of("making the counter", e.why());
        } catch (SQLException e) {
            throw PostgresFailures.of("giving a connection back", e);
        } finally {
            if (!counting) {
                connections.close();
            }
        }
    }

    @Override
    public <T> T read(Function<? super Snapshot, ? extends T> work) {
        try (Connection connection = connections.reader()) {
            Statements statements = new Statements(connection);
            statements.begin(READ);
            try {
                return work.apply(new PostgresSnapshot(statements, new Sight.Quiet(statements)));
            } finally {
                statements.rollback();
            }
        } catch (Statements.Failed e) {
            throw PostgresFailures.of("reading", e.why());
        } catch (SQLException e) {
            throw PostgresFailures.of("giving a connection back", e);
        }
    }

    @Override
    public <T> T write(Function<? super Transaction, ? extends T> work) {
        try (Connection connection = connections.writer()) {
            Statements statements = new Statements(connection);
            statements.begin(WRITE);
            try {
                PlainTransaction transaction = new PlainTransaction(statements);
                T result = work.apply(transaction);
                statements.commit();
                head.move(transaction.place());
                return result;
            } finally {
                statements.rollback();
            }
        } catch (Statements.Failed e) {
            throw PostgresFailures.of("executing a command", e.why());
        } catch (SQLException e) {
            throw PostgresFailures.of("giving a connection back", e);
        }
    }

    @Override
    public Seq head() {
        return new Seq(head.place());
    }

    @Override
    public boolean await(Seq after, Duration atMost) throws InterruptedException {
        return head.await(after.value(), atMost);
    }

    @Override
    public Probe probe() {
        return new Untold();
    }

    @Override
    public Upkeep upkeep() {
        return Upkeep.NONE;
    }

    @Override
    public void close() {
        head.close();
        connections.close();
    }

    /** Nobody asks how it is. */
    private static final class Untold implements Probe {

        @Override
        public Optional<String> trouble(Duration atMost) {
            return Optional.empty();
        }

        @Override
        public Reading reading() {
            return new Reading("plain", PostgresSchema.version(), 0, 1, 0, 0, Reading.UNTOLD);
        }
    }
}
