package dev.rocket.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * A real Postgres server, one for all tests of a JVM.
 *
 * <p>{@link Engine} says where it is from. Each store gets a schema of its own. The server ends
 * with the JVM.
 */
public final class Server {

    private static final AtomicInteger SCHEMAS = new AtomicInteger();
    private static final String IMAGE = "postgres:18";
    private static final int INSIDE = 5432;
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
    private static final int PORT =
            Engine.start(
                    Optional.ofNullable(System.getenv(Engine.CHOICE)),
                    () -> DockerClientFactory.instance().isDockerAvailable(),
                    Server::container,
                    Server::process);

    private Server() {}

    /** The process, which runs from when it is first asked for. */
    private static final class Embedded {

        private static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().setServerConfig("max_connections", "300").start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static int process() {
        return Embedded.POSTGRES.getPort();
    }

    private static int container() {
        GenericContainer<?> postgres =
                new GenericContainer<>(DockerImageName.parse(IMAGE))
                        .withEnv("POSTGRES_HOST_AUTH_METHOD", "trust")
                        .withCommand("postgres", "-c", "max_connections=300")
                        .withExposedPorts(INSIDE)
                        // Once for the server that fills its folder, and once for the one to use.
                        .waitingFor(Wait.forLogMessage(".*ready to accept connections.*\\s", 2));
        postgres.start();
        if (!HERE.contains(postgres.getHost())) {
            throw new IllegalStateException(
                    "the container engine is on another machine, " + postgres.getHost());
        }
        return postgres.getMappedPort(INSIDE);
    }

    /** Where it listens. */
    static int port() {
        return PORT;
    }

    /** Where the programs of a server that runs as a process are. */
    static String programs() throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(
                                Embedded.POSTGRES.getJdbcUrl("postgres", "postgres"));
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT setting FROM pg_config WHERE name = 'BINDIR'")) {
            row.next();
            return row.getString(1);
        }
    }

    /** The address of its database, as a deployer would write it. */
    public static String url() {
        return "postgres://postgres@localhost:" + PORT + "/postgres";
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

    /** How many connections wait for what another one holds. */
    static long waitingFor(long backend) throws SQLException {
        String sql = "SELECT count(*) FROM pg_stat_activity WHERE ? = ANY (pg_blocking_pids(pid))";
        try (Connection operator = connect(fresh());
                PreparedStatement statement = operator.prepareStatement(sql)) {
            statement.setLong(1, backend);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** The configuration of a store that is there, by way of another port of this machine. */
    static PostgresConfig through(int port, PostgresConfig config) {
        return PostgresConfig.at(url().replace(":" + PORT, ":" + port))
                .withSchema(config.schema())
                .withConnections(4);
    }

    /** A configuration for a new store. */
    public static PostgresConfig fresh() {
        return PostgresConfig.at(url())
                .withSchema("store_" + SCHEMAS.incrementAndGet())
                .withConnections(8);
    }
}
