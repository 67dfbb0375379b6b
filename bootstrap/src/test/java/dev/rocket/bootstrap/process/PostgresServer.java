package dev.rocket.bootstrap.process;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real Postgres server, one for all tests of a JVM.
 *
 * <p>It ends with the JVM.
 */
public final class PostgresServer {

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final EmbeddedPostgres POSTGRES = start();

    private PostgresServer() {}

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

    /** The address of a new, empty database, with a password that must be shown nowhere. */
    public static String fresh() {
        String name = "tasks_" + DATABASES.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(jdbc("postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return "postgres://postgres:hush-hush@localhost:" + POSTGRES.getPort() + "/" + name;
    }

    /** Runs SQL in the database of an address. */
    public static void run(String url, String sql) throws SQLException {
        String database = url.substring(url.lastIndexOf('/') + 1);
        try (Connection connection = DriverManager.getConnection(jdbc(database));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** What a query gives in the database of an address, its first column as text. */
    public static List<String> ask(String url, String sql) throws SQLException {
        String database = url.substring(url.lastIndexOf('/') + 1);
        List<String> answer = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(jdbc(database));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                answer.add(rows.getString(1));
            }
        }
        return answer;
    }

    private static String jdbc(String database) {
        return "jdbc:postgresql://localhost:"
                + POSTGRES.getPort()
                + "/"
                + database
                + "?user=postgres";
    }
}
