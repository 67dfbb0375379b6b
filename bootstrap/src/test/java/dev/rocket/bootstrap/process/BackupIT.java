package dev.rocket.bootstrap.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.process.Distribution.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program makes backups beside its own running server, and comes back from one. */
class BackupIT {

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
