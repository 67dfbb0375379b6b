package dev.rocket.bootstrap.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The password of the database is replaced while the packaged server runs. */
class LoginsIT {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    @TempDir Path folder;

    private final EmbeddedPostgres postgres;

    LoginsIT() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
    }

    private String jdbc() {
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres?user=postgres";
    }

    private void run(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbc());
                Statement sql = connection.createStatement()) {
            for (String statement : statements) {
                sql.execute(statement);
            }
        }
    }

    /** From now on everybody but the superuser must prove a password. */
    private void askForPasswords() throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection(jdbc());
                Statement sql = connection.createStatement();
                ResultSet file = sql.executeQuery("SHOW hba_file")) {
            assertTrue(file.next());
            String everywhere = "127.0.0.1/32";
            Files.writeString(
                    Path.of(file.getString(1)),
                    "host all postgres "
                            + everywhere
                            + " trust\n"
                            + "host all all "
                            + everywhere
                            + " scram-sha-256\n");
        }
        run("SELECT pg_reload_conf()");
    }

    private static int create(RunningRocket rocket) throws IOException, InterruptedException {
        return rocket.ask("POST", "/v1/tasks", "{\"title\":\"Water the plants\"}").statusCode();
    }

    private static void awaitStatus(RunningRocket rocket, int status)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        int met = create(rocket);
        while (met != status && System.nanoTime() < deadline) {
            met = create(rocket);
        }
        assertEquals(status, met, rocket.said());
    }

    private Path write(String password) throws IOException {
        String url = "postgres://tasks:" + password + "@127.0.0.1:" + postgres.getPort() + "/tasks";
        Path next = folder.resolve("url.next");
        Files.deleteIfExists(next);
        Files.createFile(
                next,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(next, url + "\n");
        return Files.move(next, folder.resolve("url"), StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Goal: another password needs no restart. Method: the role gets another password and all its
     * connections are cut, so that each is made anew. With the old password in the file no write is
     * taken, which proves that it is asked for; with the new one writes go on.
     */
    @Test
    void another_password_in_the_file_is_taken_for_the_next_connections() throws Exception {
        run(
                "CREATE ROLE tasks LOGIN PASSWORD 'the-first-one'",
                "CREATE DATABASE tasks OWNER tasks");
        askForPasswords();
        Map<String, String> settings =
                Map.of(
                        "ROCKET_DATABASE_URL_FILE",
                        write("the-first-one").toString(),
                        "ROCKET_ADMIN_TOKEN",
                        RunningRocket.TOKEN,
                        "ROCKET_RATE_LIMIT",
                        "off");
        String cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename='tasks'";
        try (RunningRocket rocket = RunningRocket.start(folder, settings)) {
            assertEquals(201, create(rocket));
            run("ALTER ROLE tasks PASSWORD 'the-second-one'", cut);
            awaitStatus(rocket, 503);
            write("the-second-one");
            awaitStatus(rocket, 201);
            assertEquals(200, rocket.ask("GET", "/readyz", "").statusCode());
            run(cut);
            awaitStatus(rocket, 201);
            assertFalse(rocket.said().contains("the-second-one"), "a password was logged");
            assertEquals(0, rocket.stop(), rocket.said());
        } finally {
            postgres.close();
        }
    }
}
