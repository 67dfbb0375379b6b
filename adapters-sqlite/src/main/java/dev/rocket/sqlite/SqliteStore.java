package dev.rocket.sqlite;

import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Custody;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Probe;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import dev.rocket.core.port.Transaction;
import dev.rocket.core.port.Upkeep;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * A store on one SQLite file.
 *
 * <p>All writes go through one thread that commits them in groups ({@code journal_mode=WAL}, {@code
 * synchronous=FULL}); reads run beside it on connections of their own. So "database is locked"
 * cannot happen inside a server, and a long read never holds a writer up. A second process on the
 * same file is refused.
 */
public final class SqliteStore implements Store {

    private final SqliteConnections connections;
    private final SqliteWriter writer;
    private final SqliteReaders readers;
    private final Probe probe;
    private final Upkeep upkeep;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private volatile long head;
    private volatile boolean closed;

    private SqliteStore(SqliteConfig config, SqliteConnections connections, Meter meter) {
        this.connections = connections;
        this.writer = new SqliteWriter(config, connections, meter, this::publish);
        try {
            this.readers = new SqliteReaders(config, connections::reader);
        } catch (RuntimeException e) {
            writer.close();
            throw e;
        }
        this.probe = new SqliteProbe(config, connections, writer, readers);
        this.upkeep = new SqliteUpkeep(connections, writer, readers);
    }

    /**
     * Opens a store; makes the file, for its owner alone, when there is none.
     *
     * @throws StoreException with LOCKED (another process has it), FOREIGN (not a store of this
     *     program and version; a copy into it was interrupted; another store is in charge; others
     *     may read it and the configuration is strict), READ_ONLY, FULL or UNAVAILABLE; the file is
     *     then as it was
     */
    public static SqliteStore open(SqliteConfig config, Meter meter) {
        SqliteStore store = aside(config, meter);
        try {
            Custody.check(
                    store.read(Snapshot::custody),
                    config.path().toAbsolutePath().normalize().toString());
            return store;
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /**
     * Opens a store whether it is in charge or not, for whoever moves it.
     *
     * @throws StoreException as {@link #open} does
     */
    public static SqliteStore aside(SqliteConfig config, Meter meter) {
        SqliteConnections connections = SqliteConnections.hold(config);
        try {
            connections.loading().checkNone();
            return new SqliteStore(config, connections, meter);
        } catch (Statements.Failed e) {
            connections.close();
            throw SqliteFailures.of("opening " + config.path(), e.why());
        } catch (RuntimeException e) {
            connections.close();
            throw e;
        }
    }

    /**
     * Opens a store to read it beside whoever has it, a server as a rule; writes are refused.
     *
     * @throws StoreException with UNAVAILABLE when it is not there, FOREIGN when it is no store of
     *     this program and version
     */
    public static Store beside(SqliteConfig config) {
        return new BesideStore(config);
    }

    private void publish(long seq) {
        if (seq == head) {
            return;
        }
        head = seq;
        lock.lock();
        try {
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Refuses a call from inside work: a thread that waits for itself waits for ever. */
    private void checkOutside() {
        if (writer.isOwn(Thread.currentThread()) || readers.isOwn(Thread.currentThread())) {
            throw new IllegalStateException("work inside the store called it again");
        }
    }

    @Override
    @SuppressWarnings("NullAway") // the work gives the result, and what it gives is its caller's
    public <T> T read(Function<? super Snapshot, ? extends T> work) {
        checkOutside();
        return readers.read(work);
    }

    @Override
    @SuppressWarnings("NullAway") // the work gives the result, and what it gives is its caller's
    public <T> T write(Function<? super Transaction, ? extends T> work) {
        checkOutside();
        return writer.write(work);
    }

    @Override
    public Seq head() {
        return new Seq(head);
    }

    @Override
    public boolean await(Seq after, Duration atMost) throws InterruptedException {
        long nanos = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (!closed && head <= after.value() && nanos > 0) {
                nanos = grown.awaitNanos(nanos);
            }
            if (closed) {
                throw new StoreException(Kind.CLOSED, "The store is closed.");
            }
            return head > after.value();
        } finally {
            lock.unlock();
        }
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
        checkOutside();
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            grown.signalAll();
        } finally {
            lock.unlock();
        }
        try (connections) {
            readers.close();
            writer.close();
        } catch (Statements.Failed e) {
            throw SqliteFailures.of("closing", e.why());
        }
    }
}
