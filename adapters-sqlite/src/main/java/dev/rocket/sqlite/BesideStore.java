package dev.rocket.sqlite;

import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Probe;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import dev.rocket.core.port.Transaction;
import dev.rocket.core.port.Upkeep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;

/**
 * A store that is read beside the server that has it.
 *
 * <p>It takes no lock but those that SQLite itself takes for a reader, and its connections may only
 * read, so a server goes on, may start and may stop meanwhile. What a server that was killed left
 * in the log is read as well. Nobody wakes it: whoever waits for the feed looks ten times a second.
 */
final class BesideStore implements Store {

    private static final long LOOK_NANOS = Duration.ofMillis(100).toNanos();

    private final Path path;
    private final SqliteReaders readers;
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Opens it.
     *
     * @throws StoreException with UNAVAILABLE when it is not there, FOREIGN when it is no store
     */
    BesideStore(SqliteConfig config) {
        this.path = config.path().toAbsolutePath();
        if (!Files.exists(path)) {
            throw new StoreException(Kind.UNAVAILABLE, path + " does not exist.");
        }
        try (Connection connection = connection(path)) {
            SqliteSchema.checkMarks(connection, path);
        } catch (SQLException e) {
            throw SqliteFailures.of("opening " + path, e);
        }
        this.readers = new SqliteReaders(config, () -> reader(path));
    }

    private static Connection reader(Path path) {
        try {
            return connection(path);
        } catch (SQLException e) {
            throw SqliteFailures.of("opening " + path, e);
        }
    }

    /** A connection that takes part in nothing but reading. */
    static Connection connection(Path path) throws SQLException {
        SQLiteConfig settings = new SQLiteConfig();
        settings.setReadOnly(true);
        settings.setBusyTimeout(SqliteConnections.BUSY_MILLIS);
        Connection connection = settings.createConnection("jdbc:sqlite:" + path);
        connection.unwrap(SQLiteConnection.class).getConnectionConfig().setAutoCommit(false);
        return connection;
    }

    @Override
    @SuppressWarnings("NullAway") // the work gives the result, and what it gives is its caller's
    public <T> T read(Function<? super Snapshot, ? extends T> work) {
        if (readers.isOwn(Thread.currentThread())) {
            throw new IllegalStateException("work inside the store called it again");
        }
        return readers.read(work);
    }

    @Override
    public <T> T write(Function<? super Transaction, ? extends T> work) {
        throw new StoreException(Kind.READ_ONLY, path + " is only read here.");
    }

    @Override
    public Seq head() {
        return read(Snapshot::seq);
    }

    @Override
    public boolean await(Seq after, Duration atMost) throws InterruptedException {
        long nanos = atMost.toNanos();
        boolean grown = head().isAfter(after);
        while (!grown && nanos > 0) {
            long pause = Math.min(nanos, LOOK_NANOS);
            if (closed.await(pause, TimeUnit.NANOSECONDS)) {
                throw new StoreException(Kind.CLOSED, "The store is closed.");
            }
            nanos -= pause;
            grown = head().isAfter(after);
        }
        return grown;
    }

    @Override
    public Probe probe() {
        return new Beside();
    }

    @Override
    public Upkeep upkeep() {
        return Upkeep.NONE;
    }

    @Override
    public void close() {
        closed.countDown();
        readers.close();
    }

    private final class Beside implements Probe {

        @Override
        public Optional<String> trouble(Duration atMost) {
            return Optional.of(path + " is only read here, so no write can be tried.");
        }

        @Override
        public List<Flaw> flaws(int most, LongConsumer looked) {
            return read(s -> new Flaws(((SqliteSnapshot) s).statements(), most, looked).find());
        }

        @Override
        public Reading reading() {
            long log = path.resolveSibling(path.getFileName() + "-wal").toFile().length();
            long free = path.resolveSibling(".").toFile().getUsableSpace();
            int version =
                    read(
                            s ->
                                    (int)
                                            ((SqliteSnapshot) s)
                                                    .statements()
                                                    .number("PRAGMA user_version"));
            return new Reading("sqlite", version, 0, 0, path.toFile().length(), log, free);
        }
    }
}
