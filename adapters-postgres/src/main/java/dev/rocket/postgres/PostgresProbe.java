package dev.rocket.postgres;

import dev.rocket.core.port.Probe;
import dev.rocket.core.port.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

/** What can be measured of a Postgres store. */
final class PostgresProbe implements Probe {

    /** How long a measured size is good, in nanoseconds. */
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(15);

    /** Bytes of a schema, which is its one value. */
    static final String SIZE =
            "SELECT sum(pg_total_relation_size(oid)) FROM pg_class"
                    + " WHERE relkind = 'r' AND relnamespace = ?::regnamespace";

    private final PostgresConnections connections;
    private final PostgresWriter writer;
    private final Tail tail;
    private final ReentrantLock measuring = new ReentrantLock();
    private volatile Size size = new Size(0, System.nanoTime() - KEPT_NANOS);

    private record Size(long bytes, long at) {}

    PostgresProbe(PostgresConnections connections, PostgresWriter writer, Tail tail) {
        this.connections = connections;
        this.writer = writer;
        this.tail = tail;
    }

    @Override
    public Optional<String> trouble(Duration atMost) {
        CompletableFuture<Optional<String>> tried = new CompletableFuture<>();
        Thread.ofVirtual().name("rocket-postgres-probe").start(() -> attempt(tried));
        try {
            return tried.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the attempt tells its failure by value", e);
        } catch (TimeoutException e) {
            return Optional.of(
                    "No write got through in "
                            + atMost.toMillis()
                            + " ms; "
                            + writer.inside()
                            + " commands are under way. "
                            + tail.trouble().orElse("Look at the database."));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("The probe was interrupted.");
        }
    }

    private void attempt(CompletableFuture<Optional<String>> tried) {
        try (Connection connection = connections.writer()) {
            Statements statements = new Statements(connection);
            statements.begin(connections.begin("BEGIN ISOLATION LEVEL READ COMMITTED"));
            try {
                statements.run("UPDATE rocket SET probed = probed + 1");
                statements.commit();
            } finally {
                statements.rollback();
            }
            tried.complete(Optional.empty());
        } catch (Statements.Failed e) {
            tried.complete(told(PostgresFailures.of("trying a write", e.why())));
        } catch (SQLException e) {
            tried.complete(told(PostgresFailures.of("trying a write", e)));
        } catch (RuntimeException e) {
            tried.complete(told(e));
        }
    }

    private static Optional<String> told(RuntimeException e) {
        return Optional.of(String.valueOf(e.getMessage()));
    }

    @Override
    public List<Flaw> flaws(int most, LongConsumer looked) {
        List<Shape.Unlike> unlike = new Shape(connections).unlike();
        try (Connection connection = connections.reader()) {
            Statements statements = new Statements(connection);
            statements.begin(connections.begin(PostgresReaders.BEGIN));
            try {
                return new Flaws(statements, most, looked).find(unlike);
            } finally {
                statements.rollback();
            }
        } catch (Statements.Failed e) {
            throw PostgresFailures.of("looking for flaws", e.why());
        } catch (SQLException e) {
            throw PostgresFailures.of("giving a connection back", e);
        }
    }

    @Override
    public List<Remark> remarks() {
        try (Connection connection = connections.reader()) {
            long now = System.currentTimeMillis() / 1_000;
            return new ServerSettings(new Statements(connection)).remarks(connections.size(), now);
        } catch (Statements.Failed e) {
            throw PostgresFailures.of("looking at the server's settings", e.why());
        } catch (SQLException e) {
            throw PostgresFailures.of("looking at the server's settings", e);
        }
    }

    @Override
    public Reading reading() {
        return new Reading(
                "postgres",
                PostgresSchema.version(),
                writer.inside(),
                writer.capacity(),
                bytes(),
                0,
                Reading.UNTOLD);
    }

    /** The size when it was last measured; measured by one at a time, now and then. */
    private long bytes() {
        boolean old = System.nanoTime() - size.at() >= KEPT_NANOS;
        if (old && measuring.tryLock()) {
            try {
                size = new Size(measured(), System.nanoTime());
            } finally {
                measuring.unlock();
            }
        }
        return size.bytes();
    }

    private long measured() {
        try (Connection connection = connections.reader()) {
            return new Statements(connection).number(SIZE, connections.schema());
        } catch (Statements.Failed | SQLException | StoreException e) {
            // A figure is not worth an error; whether the store works is told by trouble().
            return size.bytes();
        }
    }
}
