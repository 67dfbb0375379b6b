package dev.rocket.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real pgbouncer before {@link Server}; Debian's package of that name brings it. */
final class Pooler implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 30;

    private final int port;
    private final Process process;
    private final Path folder;

    /** How it is set up; the lines are those of pgbouncer.ini. */
    Pooler(String lines) {
        try {
            port = Ports.free();
            folder = Files.createTempDirectory("rocket-pooler");
            Path settings = folder.resolve("pgbouncer.ini");
            Files.writeString(
                    settings,
                    "[databases]\npostgres = host=127.0.0.1 user=postgres port="
                            + Server.port()
                            + "\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = "
                            + port
                            + "\nunix_socket_dir =\nauth_type = any\nmax_client_conn = 500\n"
                            + "default_pool_size = 40\n"
                            + lines
                            + "\n");
            process =
                    new ProcessBuilder(List.of("unshare", "-U", "pgbouncer", settings.toString()))
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("log").toFile())
                            .start();
            awaitDoor();
        } catch (IOException e) {
            throw new UncheckedIOException("install pgbouncer: apt-get install pgbouncer", e);
        }
    }

    private void awaitDoor() throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try {
            while (!isOpen()) {
                if (process.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                    throw new IOException(Files.readString(folder.resolve("log")));
                }
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** Whether it answers, be it with a refusal. */
    private boolean isOpen() {
        try (Connection open =
                DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "")) {
            return open.isValid(1);
        } catch (SQLException e) {
            return "08P01".equals(e.getSQLState());
        }
    }

    /** A store's configuration that goes through it. */
    PostgresConfig through(PostgresConfig direct) {
        return through(direct, "");
    }

    /** The same with parameters of the driver. */
    PostgresConfig through(PostgresConfig direct, String parameters) {
        String place = "postgres://postgres@127.0.0.1:" + port + "/postgres";
        return PostgresConfig.at(place + parameters).withSchema(direct.schema()).withConnections(6);
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        process.onExit().join();
        Files.deleteIfExists(folder.resolve("log"));
        Files.deleteIfExists(folder.resolve("pgbouncer.ini"));
        Files.deleteIfExists(folder);
    }
}
