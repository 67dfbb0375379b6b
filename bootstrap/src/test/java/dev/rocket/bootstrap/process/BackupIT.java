package dev.rocket.bootstrap.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.process.Distribution.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program makes backups beside its own running server, and comes back from one. */
class BackupIT {

    private static final int WRITERS = 16;
    private static final int MANY = 500;

    @TempDir Path folder;

    @Test
    void a_server_that_lost_its_file_comes_back_from_a_backup_made_beside_it() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        try (RunningRocket rocket = RunningRocket.start(folder)) {
            CompletableFuture<Integer> writing =
                    CompletableFuture.supplyAsync(() -> write(rocket, enough));
            Result made = Distribution.run(folder, Map.of(), "backup", "--json");
            enough.set(true);
            assertTrue(writing.join() > 0);
            assertEquals(0, made.exit(), made.out() + made.err());
            assertEquals("verified", RunningRocket.member(made.out(), "verdict"));
            String metrics = rocket.ask("GET", "/metrics", "").body();
            assertTrue(metrics.contains("rocket_backups{verdict=\"verified\"} 1.0"), metrics);
            assertTrue(
                    metrics.matches("(?s).*rocket_backup_last_verified_timestamp_seconds 1.*"),
                    metrics);
            assertEquals(0, rocket.stop(), rocket.said());
        }
        Path away = Files.move(folder.resolve("rocket.db"), folder.resolve("away.db"));
        Result refused = Distribution.run(folder, Map.of(), "serve", "--port", "0");
        assertEquals(1, refused.exit(), refused.out());
        assertTrue(refused.err().contains("run: rocket restore latest"), refused.err());
        Result restored = Distribution.run(folder, Map.of(), "restore", "latest");
        assertEquals(0, restored.exit(), restored.out() + restored.err());
        try (RunningRocket rocket = RunningRocket.start(folder)) {
            assertEquals(200, rocket.ask("GET", "/v1/tasks?limit=1", "").statusCode());
            assertEquals(0, rocket.stop(), rocket.said());
        }
        Result behind = Distribution.run(folder, Map.of(), "verify", "--against", away.toString());
        boolean equal = behind.exit() == 0 && behind.out().startsWith("The stores are equal");
        assertTrue(equal || behind.out().contains("against is ahead by"), behind.out());
    }

    /**
     * Goal: a backup of a store that is written to as fast as it takes is that of one place.
     * Method: writers that never pause, on Postgres; what is restored has the place and the digest
     * of the backup's note, lacks no task that was answered before the backup began, and tells the
     * same feed up to there as the store, which has gone on.
     */
    @Test
    void a_backup_of_postgres_under_full_load_is_the_store_at_its_place() throws Exception {
        String url = PostgresServer.fresh();
        Map<String, String> settings =
                Map.of(
                        "ROCKET_DATABASE_URL",
                        url,
                        "ROCKET_ADMIN_TOKEN",
                        RunningRocket.TOKEN,
                        "ROCKET_RATE_LIMIT",
                        "off");
        Set<String> before = new HashSet<>();
        String made = backUpUnderLoad(settings, before);
        assertEquals("verified", RunningRocket.member(made, "verdict"));
        done(settings, "restore", "latest", "--to", "copy.db");
        String checked = done(Map.of(), "verify", "--db", "copy.db", "--json");
        for (String member : List.of("seq", "digest")) {
            String restored = RunningRocket.member(checked, member);
            assertEquals(RunningRocket.member(made, member), restored, checked);
        }
        Result behind =
                Distribution.run(folder, settings, "verify", "--db", "copy.db", "--against", url);
        assertTrue(behind.out().contains("against is ahead by"), behind.out() + behind.err());
        assertFalse(behind.out().contains(" in the feed"), behind.out());
        Map<String, String> there = Map.of("ROCKET_DB_PATH", "copy.db", "ROCKET_RATE_LIMIT", "off");
        try (RunningRocket rocket = RunningRocket.start(folder, there)) {
            assertTrue(tasks(rocket).containsAll(before), "a task is missing");
        }
    }

    private String done(Map<String, String> settings, String... words) throws Exception {
        Result result = Distribution.run(folder, settings, words);
        assertEquals(0, result.exit(), result.out() + result.err());
        return result.out();
    }

    /** What the backup says of itself; {@code before} gets the tasks that were there already. */
    private String backUpUnderLoad(Map<String, String> settings, Set<String> before)
            throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                RunningRocket rocket = RunningRocket.start(folder, settings)) {
            List<CompletableFuture<Integer>> writing = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                writing.add(CompletableFuture.supplyAsync(() -> write(rocket, enough), threads));
            }
            while (before.size() < MANY) {
                before.addAll(tasks(rocket));
            }
            String made = done(settings, "backup", "--json");
            enough.set(true);
            for (CompletableFuture<Integer> writer : writing) {
                assertTrue(writer.join() > 0);
            }
            assertEquals(0, rocket.stop(), rocket.said());
            return made;
        }
    }

    private static Set<String> tasks(RunningRocket rocket) throws Exception {
        Set<String> ids = new HashSet<>();
        Api.of(rocket).tasks().forEach(task -> ids.add(task.id()));
        return ids;
    }

    @Test
    void a_store_on_postgres_gives_the_same_kind_of_file() throws Exception {
        String url = PostgresServer.fresh();
        Map<String, String> settings = Map.of("ROCKET_DATABASE_URL", url);
        Result filled = Distribution.run(folder, settings, "seed", "--tasks", "60");
        assertEquals(0, filled.exit(), filled.out() + filled.err());
        Result made = Distribution.run(folder, settings, "backup", "--json");
        assertEquals(0, made.exit(), made.out() + made.err());
        assertEquals("postgres", RunningRocket.member(made.out(), "engine"));
        assertEquals("verified", RunningRocket.member(made.out(), "verdict"));
        Result restored =
                Distribution.run(folder, settings, "restore", "latest", "--to", "copy.db");
        assertEquals(0, restored.exit(), restored.out() + restored.err());
        Result equal =
                Distribution.run(folder, settings, "verify", "--db", "copy.db", "--against", url);
        assertEquals(0, equal.exit(), equal.out() + equal.err());
    }

    private static int write(RunningRocket rocket, AtomicBoolean enough) {
        int written = 0;
        try {
            while (!enough.get()) {
                String body = "{\"title\":\"task " + written + "\"}";
                assertEquals(201, rocket.ask("POST", "/v1/tasks", body).statusCode());
                written++;
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return written;
    }
}
