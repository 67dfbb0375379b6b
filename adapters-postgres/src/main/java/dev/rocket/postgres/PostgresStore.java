package dev.rocket.postgres;

import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Custody;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Probe;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.Transaction;
import dev.rocket.core.port.Upkeep;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A store on Postgres, shared by any number of servers.
 *
 * <p>Writes run concurrently and lock what they touch. Places in the feed come from a sequence, so
 * no commit waits for another; instead the feed is shown only as far as no open transaction can
 * still fill a place. Whoever wrote is answered when the feed is shown as far as that, at most as
 * long after the commit as the oldest transaction then open lasts, and at once when that has held
 * the feed up for two seconds; the state itself is seen by every read, on every server, from the
 * commit on. A read that looks at the feed or its place sees no state beyond that place.
 */
public final class PostgresStore implements Store {

    private final PostgresConnections connections;
    private final Head head = new Head();
    private final Tail tail;
    private final Wakeups wakeups;
    private final PostgresWriter writer;
    private final PostgresReaders readers;
    private final Probe probe;
    private final Upkeep upkeep;
    private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);
    private final AtomicBoolean closed = new AtomicBoolean();

    private PostgresStore(PostgresConfig config, PostgresConnections connections, Meter meter) {
        this.connections = connections;
        this.tail = new Tail(connections, head);
        Gates gates = new Gates(config.schema());
        this.wakeups = new Wakeups(connections, config.schema(), tail::signal);
        this.writer =
                new PostgresWriter(
                        new PostgresWriter.Parts(connections, gates, head),
                        config.queueCapacity(),
                        meter,
                        this::ended);
        this.readers = new PostgresReaders(config, connections, gates, head);
        this.probe = new PostgresProbe(connections, writer, tail);
        this.upkeep = new PostgresUpkeep(connections);
    }

    /**
     * Opens a store; makes its schema when there is none, unless that is only to be validated.
     *
     * @throws StoreException with UNAVAILABLE, FOREIGN (not a store of this program and version; a
     *     server too old; another store is in charge), READ_ONLY (a standby, or a right that is
     *     missing) or OVERLOADED
     */
    public static PostgresStore open(PostgresConfig config, Meter meter) {
        return open(config, meter, () -> List.of(config.server()));
    }

    /**
     * Opens a store whose user and password may change while it is open.
     *
     * @param logins tried for each new connection, the likeliest first; of each, user and password
     *     count
     * @throws StoreException as {@link #open(PostgresConfig, Meter)} does
     */
    public static PostgresStore open(
            PostgresConfig config, Meter meter, Supplier<List<PostgresConfig.Server>> logins) {
        PostgresStore store = aside(config, meter, logins);
        try {
            Custody.check(
                    store.read(Snapshot::custody), config.server() + ", schema " + config.schema());
            return store;
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /**
     * Opens a store whether it is in charge or not, for whoever moves it.
     *
     * @param logins tried for each new connection, the likeliest first; of each, user and password
     *     count
     * @throws StoreException as {@link #open(PostgresConfig, Meter)} does
     */
    public static PostgresStore aside(
            PostgresConfig config, Meter meter, Supplier<List<PostgresConfig.Server>> logins) {
        PostgresConnections connections = PostgresConnections.open(config, logins);
        try {
            return new PostgresStore(config, connections, meter);
        } catch (RuntimeException e) {
            connections.close();
            throw e;
        }
    }

    /**
     * A store inside a transaction that the caller has begun on a connection and will end.
     *
     * <p>What it writes is committed or rolled back with the caller's own rows; until then only the
     * caller sees it, and the feed of every server waits for it. Afterwards servers find it within
     * a quarter of a second. Each write is a savepoint, so one that is refused takes back nothing
     * else. It shows no more of the feed than this transaction sees, does not wait for more, and
     * closing it leaves the connection as it is. For the thread that has the connection.
     *
     * @param connection without auto-commit, at READ COMMITTED
     * @param schema the schema of the store, which must have been made
     */
    public static Store join(Connection connection, String schema) {
        return new JoinedStore(connection, schema);
    }

    private Duration ended(List<Long> filled, List<Long> givenUp) {
        wakeups.committed();
        return tail.ended(filled, givenUp);
    }

    /** Refuses a call from inside work: it would wait for what its own caller holds. */
    private <T> T outside(Supplier<T> call) {
        if (inside.get()) {
            throw new IllegalStateException("work inside the store called it again");
        }
        inside.set(true);
        try {
            return call.get();
        } finally {
            inside.remove();
        }
    }

    @Override
    public <T> T read(Function<? super Snapshot, ? extends T> work) {
        return outside(() -> readers.read(work));
    }

    @Override
    public <T> T write(Function<? super Transaction, ? extends T> work) {
        return outside(() -> writer.write(work));
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
        return probe;
    }

    @Override
    public Upkeep upkeep() {
        return upkeep;
    }

    @Override
    public void close() {
        if (inside.get()) {
            throw new IllegalStateException("work inside the store called it again");
        }
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        head.close();
        readers.close();
        writer.close();
        wakeups.close();
        tail.close();
        connections.close();
    }
}
