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

    private Result drilled(int exit) throws IOException, InterruptedException {
        Result drill = Distribution.run(folder, Map.of(), "drill", "--json");
        assertEquals(exit, drill.exit(), drill.out() + drill.err());
        return drill;
    }

    @Test
    void the_archive_brings_back_what_came_after_the_backup_and_its_damage_fails_the_drill()
            throws Exception {
        Result before = drilled(0);
        assertTrue(before.out().contains("\"changes_since_backup\":0"), before.out());
        try (RunningRocket rocket = start()) {
            for (int written = 0; written < 5; written++) {
                assertEquals(
                        201, rocket.ask("POST", "/v1/tasks", "{\"title\":\"5\"}").statusCode());
            }
            assertEquals(0, rocket.stop(), rocket.said());
        }
        Result whole = drilled(0);
        assertTrue(whole.out().contains("the archive brings it forward"), whole.out());
        assertTrue(whole.out().contains("\"lost_changes\":0,"), whole.out());
        String since = RunningRocket.member(whole.out(), "changes_since_backup");
        assertTrue(Integer.parseInt(since) >= 5, whole.out());

        Path archive = folder.resolve("rocket.db.feed");
        Path newest;
        try (Stream<Path> segments = Files.list(archive)) {
            newest = segments.filter(Files::isRegularFile).sorted().toList().getLast();
        }
        byte[] bytes = Files.readAllBytes(newest);
        bytes[bytes.length / 2] ^= 1;
        Files.write(newest, bytes);
        Result damaged = drilled(1);
        assertTrue(damaged.out().contains("\"passed\":false"), damaged.out());
        assertTrue(damaged.out().contains(newest.getFileName().toString()), damaged.out());

        Files.move(archive, folder.resolve("elsewhere"));
        String lost = RunningRocket.member(drilled(0).out(), "lost_changes");
        assertEquals(since, lost);
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
