package dev.rocket.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real Postgres server, one for all tests of a JVM.
 *
 * <p>Each store gets a schema of its own. The server ends with the JVM.
 */
public final class Server {

    private static final AtomicInteger SCHEMAS = new AtomicInteger();
    private static final EmbeddedPostgres POSTGRES = start();

    private Server() {}

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder().setServerConfig("max_connections", "300").start();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "no Postgres could be started; its binaries come with the build from the"
                            + " package registry, for Linux, macOS and Windows",
                    e);
        }
    }

    /** Where it listens. */
    static int port() {
        return POSTGRES.getPort();
    }

    /** The address of its database, as a deployer would write it. */
    public static String url() {
        return "postgres://postgres@localhost:" + POSTGRES.getPort() + "/postgres";
    }

    /** A connection beside all stores, into the schema of one. */
    public static Connection connect(PostgresConfig config) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "postgres");
        properties.setProperty("currentSchema", config.schema());
        return DriverManager.getConnection(config.server().url(), properties);
    }

    /** Ends another connection, as an operator would. */
    static void kill(long backend) throws SQLException {
        try (Connection operator = connect(fresh());
                Statement statement = operator.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(" + backend + ", 30000)");
        }
    }

    /** A configuration for a new store. */
    public static PostgresConfig fresh() {
        return PostgresConfig.at(url())
                .withSchema("store_" + SCHEMAS.incrementAndGet())
                .withConnections(8);
    }
}
