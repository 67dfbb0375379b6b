package dev.rocket.postgres;

import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Probe;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import dev.rocket.core.port.Transaction;
import dev.rocket.core.port.Upkeep;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * A store of whatever schema, read through one transaction that goes on; for one thread.
 *
 * <p>It sees what that transaction sees, so either nobody writes meanwhile or all that is read is
 * of one instant. Closing it leaves the transaction as it is.
 */
final class ReadStore implements Store {

    private final Connection connection;
    private final String schema;
    private final int version;

    /**
     * Reads through a connection whose transaction looks into the schema.
     *
     * @param version of the schema
     */
    ReadStore(Connection connection, String schema, int version) {
        this.connection = connection;
        this.schema = schema;
        this.version = version;
    }

    private <T> T inside(Function<Statements, ? extends T> work) {
        try {
            return work.apply(new Statements(connection));
        } catch (Statements.Failed e) {
            throw PostgresFailures.of("reading the schema " + schema, e.why());
        }
    }

    @Override
    @SuppressWarnings("NullAway") // the work gives the result, and what it gives is its caller's
    public <T> T read(Function<? super Snapshot, ? extends T> work) {
        return inside(sql -> work.apply(new PostgresSnapshot(sql, new Sight.Quiet(sql))));
    }

    @Override
    public <T> T write(Function<? super Transaction, ? extends T> work) {
        throw new StoreException(Kind.READ_ONLY, "The schema " + schema + " is only read here.");
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
                return Optional.of("The schema " + schema + " is only read here.");
            }

            @Override
            public List<Flaw> flaws(int most, LongConsumer looked) {
                // The tables are those of an older schema, with which nothing is compared here.
                return inside(sql -> new Flaws(sql, most, looked).find(List.of()));
            }

            @Override
            public Reading reading() {
                long bytes = inside(sql -> sql.number(PostgresProbe.SIZE, schema));
                return new Reading("postgres", version, 0, 0, bytes, 0, Reading.UNTOLD);
            }
        };
    }

    @Override
    public Upkeep upkeep() {
        return Upkeep.NONE;
    }

    @Override
    public void close() {}
}
