package dev.rocket.bootstrap.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.process.Distribution.Result;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rocket migrate} on a running server, as an operator uses it. */
class MigrateIT {

    private static final String SECRET = "hush-hush";
    private static final int TASKS = 50;

    @TempDir Path folder;

    private final String postgres = PostgresServer.fresh();
    private final StringBuilder told = new StringBuilder();

    private static Map<String, String> settings() {
        return new HashMap<>(
                Map.of("ROCKET_ADMIN_TOKEN", RunningRocket.TOKEN, "ROCKET_RATE_LIMIT", "off"));
    }

    private Result migrate(String... words) throws Exception {
        String[] all = new String[words.length + 1];
        all[0] = "migrate";
        System.arraycopy(words, 0, all, 1, words.length);
        Map<String, String> own =
                Map.of("ROCKET_TOKEN", RunningRocket.TOKEN, "ROCKET_TARGET_URL", postgres);
        Result result = Distribution.run(folder, own, all);
        told.append(result.out()).append(result.err());
        return result;
    }

    private Result moved(String... words) throws Exception {
        Result result = migrate(words);
        assertEquals(0, result.exit(), result.out() + result.err());
        return result;
    }

    private static void fill(RunningRocket rocket) throws Exception {
        for (int i = 0; i < TASKS; i++) {
            create(rocket, "task " + i);
        }
    }

    private static String create(RunningRocket rocket, String title) throws Exception {
        HttpResponse<String> made =
                rocket.ask("POST", "/v1/tasks", "{\"title\":\"" + title + "\"}");
        assertEquals(201, made.statusCode(), made.body());
        return "/v1/tasks/" + RunningRocket.member(made.body(), "id");
    }

    private void env(String text) throws IOException {
        Path env = folder.resolve(".env");
        Files.writeString(env, text);
        Files.setPosixFilePermissions(env, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void a_running_server_moves_to_postgres_and_back_and_the_next_start_knows() throws Exception {
        env("ROCKET_DB_PATH=tasks.db\nROCKET_TARGET_URL=" + postgres + "\n");
        List<String> tasks = there();
        Map<String, String> old = settings();
        old.put("ROCKET_DB_PATH", folder.resolve("tasks.db").toString());
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        IOException refused =
                assertThrows(IOException.class, () -> RunningRocket.start(elsewhere, old).close());
        assertTrue(refused.toString().contains("was moved to postgresql://"), refused.toString());
        try (RunningRocket rocket = RunningRocket.start(folder, settings())) {
            assertHolds(rocket, "postgres", tasks);
            Result back = moved("--url", rocket.url().toString(), "--back", "--write-env");
            assertTrue(back.out().contains("ROCKET_DB_PATH="), back.out());
            assertEquals(0, rocket.stop(), rocket.said());
            told.append(rocket.said());
        }
        try (RunningRocket rocket = RunningRocket.start(folder, settings())) {
            assertHolds(rocket, "sqlite", tasks);
        }
        assertEquals(0, Distribution.run(folder, Map.of(), "verify").exit());
        assertFalse(told.toString().contains(SECRET), told.toString());
    }

    /** Moves a running server to Postgres; tasks from before and after. */
    private List<String> there() throws Exception {
        try (RunningRocket rocket = RunningRocket.start(folder, settings())) {
            String url = rocket.url().toString();
            fill(rocket);
            String first = create(rocket, "first");
            Result dry = moved("--url", url, "--to", "--dry-run");
            assertTrue(dry.out().contains("empty, reachable, and may be written"), dry.out());
            assertTrue(migrate("status", "--url", url).out().contains("tasks.db"), dry.out());
            Result there = moved("--url", url, "--to", "--write-env");
            assertTrue(there.out().contains("; writes waited "), there.out());
            assertTrue(there.out().contains(".env holds them now."), there.out());
            String later = create(rocket, "later");
            Result status = migrate("status", "--url", url);
            assertTrue(status.out().contains("follower  " + folder), status.out());
            assertEquals(0, rocket.stop(), rocket.said());
            told.append(rocket.said());
            return List.of(first, later);
        }
    }

    private static void assertHolds(RunningRocket rocket, String engine, List<String> tasks)
            throws Exception {
        String ready = rocket.ask("GET", "/readyz", "").body();
        assertTrue(ready.contains("\"engine\":\"" + engine + "\""), ready);
        for (String task : tasks) {
            assertEquals(200, rocket.ask("GET", task, "").statusCode());
        }
    }

    @Test
    void a_move_waits_is_aborted_and_leaves_the_store_where_it_was() throws Exception {
        try (RunningRocket rocket = RunningRocket.start(folder, settings())) {
            String url = rocket.url().toString();
            fill(rocket);
            ProcessBuilder command =
                    Distribution.command(
                            folder,
                            Map.of("ROCKET_TOKEN", RunningRocket.TOKEN),
                            "migrate",
                            "--url",
                            url,
                            "--to",
                            "other.db",
                            "--pause-at",
                            "freezing");
            Process process = command.redirectErrorStream(true).start();
            while (!migrate("status", "--url", url).out().contains("waits before freezing")) {
                assertTrue(process.isAlive(), () -> told.toString());
            }
            create(rocket, "meanwhile");
            Result second = migrate("--url", url, "--to", "third.db");
            assertEquals(1, second.exit());
            assertTrue(second.err().contains("A move is under way"), second.err());
            assertEquals(0, migrate("abort", "--url", url).exit());
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(1, process.waitFor(), said);
            assertTrue(said.contains("Aborted: it was told to end"), said);
            Result none = migrate("abort", "--url", url);
            assertTrue(none.err().contains("No move is under way"), none.err());
            moved("--url", url, "--to", "other.db");
            assertEquals(0, rocket.stop(), rocket.said());
        }
        Result sound = Distribution.run(folder, Map.of(), "verify", "--db", "other.db");
        assertEquals(0, sound.exit(), sound.out() + sound.err());
    }

    @Test
    void what_stands_in_the_way_is_told_and_nothing_is_moved() throws Exception {
        Files.writeString(folder.resolve("other.db"), "something else");
        try (RunningRocket rocket = RunningRocket.start(folder, settings())) {
            String url = rocket.url().toString();
            fill(rocket);
            Result taken = migrate("--url", url, "--to", "other.db");
            assertEquals(1, taken.exit(), taken.out());
            assertTrue(taken.out().contains("Failed: "), taken.out());
            assertTrue(taken.out().contains("is not a SQLite database"), taken.out());
            Result flawed = migrate("--url", url, "--to", "postgres://nowhere");
            assertEquals(2, flawed.exit(), flawed.out() + flawed.err());
            Result back = migrate("--url", url, "--back");
            assertTrue(back.err().contains("No former store follows"), back.err());
            Result open = migrate("--url", url, "--to", postgres);
            assertEquals(2, open.exit());
            assertTrue(open.err().contains("which others on this machine can see"), open.err());
            assertEquals(200, rocket.ask("GET", "/readyz", "").statusCode());
        }
        assertFalse(told.toString().contains(SECRET), told.toString());
    }
}
