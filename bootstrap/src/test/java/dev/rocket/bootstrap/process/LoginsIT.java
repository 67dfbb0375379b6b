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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The password of the database is replaced while the packaged server runs. */
class LoginsIT {

    private static final int MORE = 20;
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

    private Map<String, String> settings(String name) {
        return Map.of(
                name,
                folder.resolve("url").toString(),
                "ROCKET_ADMIN_TOKEN",
                RunningRocket.TOKEN,
                "ROCKET_RATE_LIMIT",
                "off");
    }

    private void makeRole() throws SQLException, IOException {
        run(
                "CREATE ROLE tasks LOGIN PASSWORD 'the-first-one'",
                "CREATE DATABASE tasks OWNER tasks");
        askForPasswords();
        write("the-first-one");
    }

    private void give(String password) throws SQLException {
        run("ALTER ROLE tasks PASSWORD '" + password + "'");
    }

    private void cut() throws SQLException {
        run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'tasks'");
    }

    /** What an operator does. */
    private interface Step {
        void take() throws Exception;
    }

    /** Takes a step while tasks are created, and expects that none is refused for it. */
    private static void undisturbed(RunningRocket rocket, Step step) throws Exception {
        Semaphore answered = new Semaphore(0);
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<List<Integer>> odd =
                CompletableFuture.supplyAsync(() -> stream(rocket, answered, over));
        assertTrue(answered.tryAcquire(MORE, 60, TimeUnit.SECONDS));
        step.take();
        answered.drainPermits();
        assertTrue(answered.tryAcquire(MORE, 60, TimeUnit.SECONDS));
        over.set(true);
        assertEquals(List.of(), odd.join(), rocket.said());
    }

    /** Creates one task after the other until it is over; what was answered but 201. */
    private static List<Integer> stream(
            RunningRocket rocket, Semaphore answered, AtomicBoolean over) {
        List<Integer> odd = new ArrayList<>();
        try {
            while (!over.get()) {
                int status = create(rocket);
                if (status != 201) {
                    odd.add(status);
                }
                answered.release();
            }
        } catch (IOException | InterruptedException e) {
            odd.add(-1);
        }
        return odd;
    }

    /**
     * Goal: another password needs no restart, and no request is refused for it. Method: the file
     * gets it first, then the role, each while tasks are created. After each step all connections
     * are cut, so that each is made anew: first only the old password lets one in, then only the
     * new one.
     */
    @Test
    void a_password_that_is_set_first_is_taken_when_the_role_has_it() throws Exception {
        makeRole();
        Map<String, String> settings = settings("ROCKET_DATABASE_URL_FILE");
        try (RunningRocket rocket = RunningRocket.start(folder, settings)) {
            undisturbed(rocket, () -> write("the-second-one"));
            cut();
            awaitStatus(rocket, 201);
            assertEquals(200, rocket.ask("GET", "/readyz", "").statusCode());
            undisturbed(rocket, () -> give("the-second-one"));
            cut();
            awaitStatus(rocket, 201);
            assertTrue(rocket.said().contains("and takes the one before"), rocket.said());
            assertTrue(rocket.said().contains("takes the login that is set now"), rocket.said());
            assertFalse(rocket.said().contains("the-second-one"), "a password was logged");
            assertEquals(0, rocket.stop(), rocket.said());
        } finally {
            postgres.close();
        }
    }

    /**
     * Goal: the other order loses nothing but the connections that have to be made in between.
     * Method: those that are there go on; once they are cut no write is taken, which proves that
     * the password is asked for; with the new one in the file writes go on.
     */
    @Test
    void a_role_that_has_another_password_first_waits_for_the_file() throws Exception {
        makeRole();
        Map<String, String> settings = settings("ROCKET_DATABASE_URL_FILE");
        try (RunningRocket rocket = RunningRocket.start(folder, settings)) {
            assertEquals(201, create(rocket));
            give("the-second-one");
            assertEquals(201, create(rocket));
            cut();
            awaitStatus(rocket, 503);
            write("the-second-one");
            awaitStatus(rocket, 201);
            assertEquals(0, rocket.stop(), rocket.said());
        } finally {
            postgres.close();
        }
    }

    /** The setting that named the target is followed on, as the one of a start would be. */
    @Test
    void after_a_move_the_password_may_change_as_before() throws Exception {
        makeRole();
        Map<String, String> settings = settings("ROCKET_TARGET_URL_FILE");
        try (RunningRocket rocket = RunningRocket.start(folder, settings)) {
            Map<String, String> me = new HashMap<>(settings);
            me.put("ROCKET_TOKEN", RunningRocket.TOKEN);
            Distribution.Result moved =
                    Distribution.run(
                            folder, me, "migrate", "--url", rocket.url().toString(), "--to");
            assertEquals(0, moved.exit(), moved.out() + moved.err());
            String ready = rocket.ask("GET", "/readyz", "").body();
            assertTrue(ready.contains("\"engine\":\"postgres\""), ready);
            write("the-second-one");
            give("the-second-one");
            cut();
            awaitStatus(rocket, 201);
            assertEquals(0, rocket.stop(), rocket.said());
        } finally {
            postgres.close();
        }
    }
}
