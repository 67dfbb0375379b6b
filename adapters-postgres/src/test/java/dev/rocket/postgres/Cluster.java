package dev.rocket.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Postgres of a test's own, which may be stopped, started, copied and promoted.
 *
 * <p>It is a process wherever {@link Server} runs. Postgres does not run as root, so it runs in a
 * user namespace in which nobody is; closing ends its process.
 */
final class Cluster implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;
    private static final List<String> NOT_ROOT = List.of("unshare", "-U");

    private static final String SETTINGS =
            """
            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            shared_buffers = 16MB
            max_connections = 100
            fsync = off
            wal_keep_size = 64MB
            """;

    /** How it is stopped. */
    enum Stop {
        /** Transactions are taken back, connections are told. */
        FAST("INT"),
        /** As if it had crashed. */
        IMMEDIATE("QUIT");

        private final String signal;

        Stop(String signal) {
            this.signal = signal;
        }
    }

    private final Path folder;
    private final int port;
    private final List<String> prefix;
    private @Nullable Process process;

    private Cluster(Path folder, List<String> prefix) throws IOException {
        this.folder = folder;
        this.prefix = prefix;
        this.port = Ports.free();
    }

    /** A new one that runs. */
    static Cluster in(Path folder) throws IOException, InterruptedException, SQLException {
        return in(folder, NOT_ROOT);
    }

    /** A new one whose server is run by a command. */
    static Cluster in(Path folder, List<String> prefix)
            throws IOException, InterruptedException, SQLException {
        Cluster cluster = new Cluster(folder.resolve("data"), prefix);
        List<String> command = new ArrayList<>(NOT_ROOT);
        command.addAll(List.of(program("initdb"), "-D", cluster.folder.toString()));
        command.addAll(List.of("-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"));
        Path log = folder.resolve("initdb.log");
        Process initdb =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        if (initdb.waitFor() != 0) {
            throw new IOException(Files.readString(log));
        }
        cluster.set(SETTINGS);
        cluster.start();
        return cluster;
    }

    /** A standby that follows this one, which is stopped meanwhile. */
    Cluster standby(Path where) throws IOException, InterruptedException, SQLException {
        stop(Stop.FAST);
        Cluster standby = new Cluster(where.resolve("data"), prefix);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(
                        file,
                        standby.folder.resolve(folder.relativize(file).toString()),
                        java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        start();
        Files.createFile(standby.folder.resolve("standby.signal"));
        standby.set("primary_conninfo = 'host=127.0.0.1 port=" + port + " user=postgres'\n");
        standby.start();
        return standby;
    }

    private static String program(String name) throws SQLException {
        return Server.programs() + "/" + name;
    }

    private void set(String lines) throws IOException {
        Path file = folder.resolve("postgresql.conf");
        Files.writeString(file, "\n" + lines, StandardOpenOption.APPEND);
    }

    /** Puts a rule of who is let in before all others. */
    void letIn(String rule) throws IOException, SQLException {
        Path file = folder.resolve("pg_hba.conf");
        Files.writeString(file, rule + "\n" + Files.readString(file));
        run("SELECT pg_reload_conf()");
    }

    /** Starts it and waits until it answers. */
    void start() throws IOException, InterruptedException, SQLException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(program("postgres"), "-D", folder.toString(), "-p", "" + port));
        Path log = folder.resolveSibling("postgres.log");
        Process started =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        process = started;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!answers()) {
            if (started.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                throw new IOException(Files.readString(log));
            }
        }
    }

    private boolean answers() {
        try (Connection connection = connect()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Stops it and waits for its end. */
    void stop(Stop how) throws IOException, InterruptedException {
        Process running = process;
        if (running != null) {
            process = null;
            String pid = Long.toString(running.pid());
            new ProcessBuilder("kill", "-" + how.signal, pid).start().waitFor();
            if (!running.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                running.destroyForcibly();
                throw new IOException("Postgres did not stop");
            }
        }
    }

    int port() {
        return port;
    }

    /** A connection of an operator. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "");
    }

    /** What an operator types. */
    void run(String sql) throws SQLException {
        try (Connection operator = connect();
                Statement statement = operator.createStatement()) {
            statement.execute(sql);
        }
    }

    /** What an operator asks, until the answer is yes. */
    void until(String condition) throws SQLException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try (Connection operator = connect();
                Statement statement = operator.createStatement()) {
            boolean yes = false;
            while (!yes) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("never came: " + condition);
                }
                try (ResultSet row =
                        statement.executeQuery("SELECT pg_sleep(0.02), " + condition)) {
                    yes = row.next() && row.getBoolean(2);
                }
            }
        }
    }

    /** Of a store on it. */
    PostgresConfig config() {
        return at(port);
    }

    /** Of a store that goes to it by another port. */
    static PostgresConfig at(int port) {
        return PostgresConfig.at("postgres://postgres@127.0.0.1:" + port + "/postgres")
                .withConnections(6);
    }

    @Override
    public void close() throws IOException {
        try {
            stop(Stop.IMMEDIATE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
