package dev.rocket.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Properties;
import java.util.function.Supplier;
import org.postgresql.PGConnection;

/**
 * The ways to the database: one pool that writes, one that reads, and connections of one's own.
 *
 * <p>Two pools, so that writers that wait for each other's rows never keep a reader out.
 */
final class PostgresConnections implements AutoCloseable {

    /** The oldest server that has all that is asked of it. */
    static final int OLDEST = 14;

    /** After this long without a byte, in seconds, a connection counts as lost. */
    private static final String SILENCE_SECONDS = "60";

    private final PostgresConfig config;
    private final KnownLogins logins;
    private final boolean pooled;
    private final String durable;
    private final HikariDataSource writers;
    private final HikariDataSource readers;

    private PostgresConnections(
            PostgresConfig config, KnownLogins logins, boolean pooled, String durable) {
        this.config = config;
        this.logins = logins;
        this.pooled = pooled;
        this.durable = durable;
        this.writers = pool("writer", config.writers());
        this.readers = pool("reader", config.readers());
    }

    /** Opens with the login of the configuration, for good. */
    static PostgresConnections open(PostgresConfig config) {
        return open(config, () -> List.of(config.server()));
    }

    /**
     * Finds the database and its schema in order, then opens the pools.
     *
     * @param logins tried for each new connection, the likeliest first; they may change
     * @throws StoreException with UNAVAILABLE, FOREIGN, READ_ONLY or OVERLOADED
     */
    static PostgresConnections open(
            PostgresConfig config, Supplier<List<PostgresConfig.Server>> logins) {
        KnownLogins known = new KnownLogins(config.server(), logins);
        boolean pooled;
        String durable;
        try (Connection first = known.connect(config, "rocket-opening", true)) {
            check(first);
            pooled = isPooled(first);
            durable = durable(first);
            PostgresSchema.prepare(first, config);
        } catch (SQLException e) {
            throw PostgresFailures.of("opening " + config.server(), e);
        } catch (Statements.Failed e) {
            throw PostgresFailures.of("opening " + config.server(), e.why());
        }
        return new PostgresConnections(config, known, pooled, durable);
    }

    /**
     * How commits are to be made durable: as the database, the user or the address says, unless
     * that is not at all. It is set for each session, or for each transaction of a lent one.
     */
    private static String durable(Connection connection) {
        String chosen =
                new Statements(connection)
                        .first(row -> row.getString(1), "SHOW synchronous_commit")
                        .orElse("off");
        return "synchronous_commit TO " + (chosen.equals("off") ? "on" : chosen);
    }

    /** Whether somebody in between lends sessions: it names another process than the one there. */
    private static boolean isPooled(Connection connection) throws SQLException {
        long told = connection.unwrap(PGConnection.class).getBackendPID();
        return new Statements(connection).number("SELECT pg_backend_pid()") != told;
    }

    private static void check(Connection connection) throws SQLException {
        int version = connection.getMetaData().getDatabaseMajorVersion();
        if (version < OLDEST) {
            throw new StoreException(
                    Kind.FOREIGN,
                    "The database is Postgres "
                            + version
                            + "; Rocket needs "
                            + OLDEST
                            + " or newer: upgrade it, or name another in ROCKET_DATABASE_URL.");
        }
        Statements statements = new Statements(connection);
        try {
            if (statements.number("SELECT pg_is_in_recovery()::int") == 1) {
                throw new StoreException(
                        Kind.READ_ONLY,
                        "The database is a standby and takes no writes; name the primary in"
                                + " ROCKET_DATABASE_URL.");
            }
            String encoding =
                    statements.first(row -> row.getString(1), "SHOW server_encoding").orElse("");
            if (!encoding.equals("UTF8")) {
                throw new StoreException(
                        Kind.FOREIGN,
                        "The database keeps text as "
                                + encoding
                                + "; make one with CREATE DATABASE … ENCODING 'UTF8'.");
            }
        } catch (Statements.Failed e) {
            throw e.why();
        }
    }

    /** Lends no connection again that was made before: where one broke, others did. */
    void renew() {
        for (HikariDataSource pool : List.of(writers, readers)) {
            var door = pool.getHikariPoolMXBean();
            if (door != null) {
                door.softEvictConnections();
            }
        }
    }

    private HikariDataSource pool(String name, int size) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("rocket-" + name);
        pool.setDataSource(new PoolSource(name, this::alone));
        pool.setMaximumPoolSize(size);
        pool.setConnectionTimeout(config.patience().toMillis());
        pool.setValidationTimeout(config.patience().toMillis());
        pool.setInitializationFailTimeout(-1);
        if (!pooled) {
            pool.setConnectionInitSql("SET " + durable);
        }
        return new HikariDataSource(pool);
    }

    private static Properties properties(PostgresConfig config, String name, boolean bare) {
        Properties properties = new Properties();
        if (bare) {
            // The next transaction may be in another session, which knows nothing of these.
            properties.setProperty("prepareThreshold", "0");
        } else {
            properties.setProperty("currentSchema", config.schema());
        }
        // What is set for a session travels with its start, where a pooler takes care of it.
        properties.setProperty("assumeMinServerVersion", "9.0");
        properties.setProperty("ApplicationName", name);
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", SILENCE_SECONDS);
        return properties;
    }

    /** A connection beside any pool; whoever asks closes it. */
    static Connection connect(PostgresConfig config, String name) throws SQLException {
        return connect(config, name, false);
    }

    static Connection connect(PostgresConfig config, String name, boolean bare)
            throws SQLException {
        Properties properties = properties(config, name, bare);
        config.server().user().ifPresent(user -> properties.setProperty("user", user));
        config.server().password().ifPresent(word -> properties.setProperty("password", word));
        return DriverManager.getConnection(config.server().url(), properties);
    }

    /**
     * A connection for one long transaction in which the schema is in order; it may be silent for
     * as long as the server works.
     *
     * @throws StoreException with UNAVAILABLE, FOREIGN, READ_ONLY or OVERLOADED
     */
    static Connection loader(PostgresConfig config, int version) throws SQLException {
        Connection connection = patient(config, "rocket-loader");
        try {
            PostgresSchema.make(connection, config, version);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** A connection for one long transaction; it may be silent for as long as the server works. */
    static Connection patient(PostgresConfig config, String name) throws SQLException {
        Connection connection = connect(config, name, true);
        try {
            check(connection);
            connection.setNetworkTimeout(Runnable::run, 0);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Connections that the pools may hold together. */
    int size() {
        return config.writers() + config.readers();
    }

    /** The schema that holds the tables. */
    String schema() {
        return config.schema();
    }

    /** Whether a pooler lends sessions, so that nothing lasts in one beyond a transaction. */
    boolean isPooled() {
        return pooled;
    }

    /** How a transaction begins that looks into the schema, behind a pooler too. */
    String begin(String how) {
        return pooled
                ? how + "; SET LOCAL " + durable + "; SET LOCAL search_path TO " + config.schema()
                : how;
    }

    /** A connection of one's own, beside the pools; whoever asks closes it. */
    Connection alone(String name) throws SQLException {
        return logins.connect(config, "rocket-" + name, pooled);
    }

    /**
     * A connection that may write; closing it gives it back.
     *
     * @throws StoreException with OVERLOADED when none comes free in time, or UNAVAILABLE
     */
    Connection writer() {
        return lent(writers);
    }

    /** The same for reading. */
    Connection reader() {
        return lent(readers);
    }

    private Connection lent(HikariDataSource pool) {
        try {
            return pool.getConnection();
        } catch (SQLTransientConnectionException e) {
            if (e.getSQLState() == null && isUsedUp(pool)) {
                throw new StoreException(
                        Kind.OVERLOADED,
                        "All "
                                + pool.getMaximumPoolSize()
                                + " connections were busy for "
                                + config.patience().toMillis()
                                + " ms; try again.",
                        e);
            }
            throw PostgresFailures.of("waiting for a connection", e);
        } catch (SQLException e) {
            if (!pool.isRunning()) {
                throw closed();
            }
            throw PostgresFailures.of("waiting for a connection", e);
        }
    }

    /** Whether all connections are lent; otherwise the pool waits for new ones, in vain. */
    private static boolean isUsedUp(HikariDataSource pool) {
        var figures = pool.getHikariPoolMXBean();
        return pool.isRunning()
                && figures != null
                && figures.getTotalConnections() >= pool.getMaximumPoolSize();
    }

    /** What everybody is told after the end. */
    static StoreException closed() {
        return new StoreException(Kind.CLOSED, "The store is closed.");
    }

    @Override
    public void close() {
        readers.close();
        writers.close();
    }
}
