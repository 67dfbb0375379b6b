package dev.rocket.bootstrap.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.process.Distribution.Result;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code rocket restore} into Postgres, as an operator uses it, and killed amid its work.
 *
 * <p>Goal: whenever it is killed, no server takes what is left for a store, and the next restore
 * ends well. Method: the program is ended with {@code kill -9} once its copy can be seen in the
 * database, until it was hit before it had put the copy in charge; and at moments drawn by lot.
 */
@Timeout(600)
class RestoreIT {

    private static final String SECRET = "hush-hush";
    private static final int TRIES = 20;
    private static final int KILLS = 3;

    @TempDir private Path folder = Path.of("");

    private final StringBuilder told = new StringBuilder();

    private Result rocket(Map<String, String> settings, String... words) throws Exception {
        Result result = Distribution.run(folder, settings, words);
        told.append(result.out()).append(result.err());
        return result;
    }

    private void fill() throws Exception {
        assertEquals(0, rocket(Map.of(), "seed", "--tasks", "1500").exit());
        assertEquals(0, rocket(Map.of(), "backup").exit());
    }

    private Process restoring(String url) throws Exception {
        Map<String, String> settings = Map.of("ROCKET_TARGET_URL", url);
        Process process =
                Distribution.command(folder, settings, "restore", "latest", "--to")
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("restoring.txt").toFile())
                        .start();
        String words = process.info().commandLine().orElse("");
        assertFalse(words.contains(SECRET), words);
        return process;
    }

    private void assertRestored(String url) throws Exception {
        Result equal = rocket(Map.of("ROCKET_AGAINST_URL", url), "verify", "--against");
        assertEquals(0, equal.exit(), equal.out() + equal.err());
        assertFalse(told.toString().contains(SECRET), told.toString());
    }

    @Test
    void the_settings_lead_it_to_postgres_and_a_server_starts_there() throws Exception {
        fill();
        String url = PostgresServer.fresh();
        Map<String, String> settings =
                Map.of(
                        "ROCKET_DATABASE_URL",
                        url,
                        "ROCKET_BACKUP_DIR",
                        folder.resolve("rocket.db.backups").toString());
        Result restored = rocket(settings, "restore", "latest");
        assertEquals(0, restored.exit(), restored.out() + restored.err());
        assertRestored(url);
        try (RunningRocket rocket = RunningRocket.start(folder, settings)) {
            String ready = rocket.ask("GET", "/readyz", "").body();
            assertTrue(ready.contains("\"engine\":\"postgres\""), ready);
            assertEquals(0, rocket.stop(), rocket.said());
        }
        Result doctor = rocket(settings, "doctor");
        assertTrue(doctor.out().contains("the store was restored from a backup"), doctor.out());
    }

    @Test
    void one_that_was_killed_leaves_no_store_and_the_next_one_clears_it_away() throws Exception {
        fill();
        String url = PostgresServer.fresh();
        int tries = 0;
        while (!killedBeforeItsEnd(url)) {
            assertTrue(++tries < TRIES, "never hit before its end");
            url = PostgresServer.fresh();
        }
        Result served = rocket(Map.of("ROCKET_DATABASE_URL", url), "serve", "--port", "0");
        assertEquals(1, served.exit(), served.out());
        assertTrue(served.err().contains("was being restored from a backup"), served.err());
        Result again = rocket(Map.of("ROCKET_TARGET_URL", url), "restore", "latest", "--to");
        assertEquals(0, again.exit(), again.out() + again.err());
        assertRestored(url);
    }

    /** Kills it when its copy can be seen; whether that was before it was put in charge. */
    private boolean killedBeforeItsEnd(String url) throws Exception {
        Process process = restoring(url);
        while (process.isAlive() && !answers(url, "SELECT 1 / count(*) FROM rocket.custody")) {
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
        process.destroyForcibly().onExit().join();
        return answers(url, "SELECT 1 / count(*) FROM rocket.custody WHERE state = 'arriving'");
    }

    private static boolean answers(String url, String sql) {
        try {
            PostgresServer.run(url, sql);
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    @Test
    void killed_at_any_moment_it_can_be_done_again() throws Exception {
        fill();
        long seed = System.nanoTime();
        System.out.println("RestoreIT: seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        String url = PostgresServer.fresh();
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = restoring(url);
            LockSupport.parkNanos(Duration.ofMillis(random.nextInt(1, 2_500)).toNanos());
            process.destroyForcibly().onExit().join();
            if (answers(url, "SELECT 1 / count(*) FROM rocket.custody WHERE state = 'here'")) {
                assertRestored(url);
                url = PostgresServer.fresh();
            }
        }
        Result again = rocket(Map.of("ROCKET_TARGET_URL", url), "restore", "latest", "--to");
        assertEquals(0, again.exit(), again.out() + again.err());
        assertRestored(url);
    }
}
