package dev.rocket.bootstrap.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.process.Distribution.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged server rehearses a recovery beside its own work. */
class DrillIT {

    private static final String RUNS = "/v1/maintenance/drill/runs";

    @TempDir Path folder;

    @BeforeEach
    void backUp() throws IOException, InterruptedException {
        Map<String, String> settings = Map.of();
        Result filled = Distribution.run(folder, settings, "seed", "--tasks", "60");
        assertEquals(0, filled.exit(), filled.out() + filled.err());
        Result made = Distribution.run(folder, settings, "backup");
        assertEquals(0, made.exit(), made.out() + made.err());
    }

    private static String drill(RunningRocket rocket) throws IOException, InterruptedException {
        return rocket.ask("GET", "/v1/maintenance/drill", "").body();
    }

    @Test
    void a_drill_that_is_asked_for_is_done_while_the_server_answers() throws Exception {
        try (RunningRocket rocket = start()) {
            assertEquals(202, rocket.ask("POST", RUNS, "").statusCode());
            int written = 0;
            while (!drill(rocket).contains("\"last\":")) {
                String body = "{\"title\":\"task " + written + "\"}";
                assertEquals(201, rocket.ask("POST", "/v1/tasks", body).statusCode());
                written++;
            }
            assertTrue(written > 0);
            String job = drill(rocket);
            assertTrue(job.contains("\"result\":\"ok\""), job + rocket.said());
            String metrics = rocket.ask("GET", "/metrics", "").body();
            assertTrue(
                    metrics.contains(
                            "rocket_maintenance_runs_total{job=\"drill\",result=\"ok\"} 1.0"),
                    metrics);
            assertTrue(
                    metrics.contains("rocket_maintenance_overdue_seconds{job=\"drill\"} 0.0"),
                    metrics);
            assertEquals(0, rocket.stop(), rocket.said());
        }
        try (Stream<Path> reports = Files.list(folder.resolve("rocket.db.backups/drills"))) {
            assertEquals(3, reports.count());
        }
    }

    private RunningRocket start() throws IOException, InterruptedException {
        Map<String, String> settings =
                Map.of(
                        "ROCKET_ADMIN_TOKEN",
                        RunningRocket.TOKEN,
                        "ROCKET_RATE_LIMIT",
                        "off",
                        "NODE_ENV",
                        "production");
        return RunningRocket.start(folder, settings);
    }

    /** Goal: no server stays behind. Method: this one is killed while its trial server runs. */
    @Test
    void a_trial_server_ends_with_the_server_that_started_it() throws Exception {
        Optional<ProcessHandle> trial = Optional.empty();
        try (RunningRocket rocket = start()) {
            assertEquals(202, rocket.ask("POST", RUNS, "").statusCode());
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (trial.isEmpty() && System.nanoTime() < deadline) {
                trial = rocket.process().children().findFirst();
                Thread.onSpinWait();
            }
            assertTrue(trial.isPresent(), rocket.said());
            rocket.kill();
        }
        trial.get().onExit().get(60, TimeUnit.SECONDS);
        assertFalse(trial.get().isAlive());
    }
}
