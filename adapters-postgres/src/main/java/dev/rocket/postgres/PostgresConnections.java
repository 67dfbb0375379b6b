package dev.rocket.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Properties;

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
    private final HikariDataSource writers;
    private final HikariDataSource readers;

    private PostgresConnections(PostgresConfig config) {
        this.config = config;
        this.writers = pool("writer", config.writers());
        this.readers = pool("reader", config.readers());
    }

    /**
     * Finds the database and its schema in order, then opens the pools.
     *
     * @throws StoreException with UNAVAILABLE, FOREIGN, READ_ONLY or OVERLOADED
     */
    static PostgresConnections open(PostgresConfig config) {
        try (Connection first = connect(config, "rocket-opening")) {
            check(first);
            PostgresSchema.prepare(first, config);
        } catch (SQLException e) {
            throw PostgresFailures.of("opening " + config.server(), e);
        }
        return new PostgresConnections(config);
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

    private HikariDataSource pool(String name, int size) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("rocket-" + name);
        pool.setJdbcUrl(config.server().url());
        pool.setDataSourceProperties(properties(config, "rocket-" + name));
        pool.setMaximumPoolSize(size);
        pool.setConnectionTimeout(config.patience().toMillis());
        pool.setValidationTimeout(config.patience().toMillis());
        pool.setInitializationFailTimeout(-1);
        return new HikariDataSource(pool);
    }

    private static Properties properties(PostgresConfig config, String name) {
        Properties properties = new Properties();
        config.server().user().ifPresent(user -> properties.setProperty("user", user));
        config.server().password().ifPresent(word -> properties.setProperty("password", word));
        properties.setProperty("currentSchema", config.schema());
        properties.setProperty("ApplicationName", name);
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", SILENCE_SECONDS);
        return properties;
    }

    /** A connection beside any pool; whoever asks closes it. */
    static Connection connect(PostgresConfig config, String name) throws SQLException {
        return DriverManager.getConnection(config.server().url(), properties(config, name));
    }

    /** A connection of one's own, beside the pools; whoever asks closes it. */
    Connection alone(String name) throws SQLException {
        return connect(config, "rocket-" + name);
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
