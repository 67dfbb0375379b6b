package dev.rocket.bootstrap.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.process.Distribution.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A new version of the packaged program starts on what an older one left.
 *
 * <p>Method: a store is filled, and taken back to the schema before. Then servers are started on
 * it: one that is left alone, one that cannot make the change, and one after another that gets
 * SIGKILL when it says that it begins a step.
 */
class UpgradeIT {

    private static final List<String> STEPS =
            List.of(
                    "making a backup",
                    "backup: copying",
                    "backup: restoring",
                    "backup: checking",
                    "backup: comparing",
                    "backup: judging",
                    "rehearsing it",
                    "copying the backup",
                    "changing a copy",
                    "checking it",
                    "changing the store");

    @TempDir Path folder;

    private Path file() {
        return folder.resolve("rocket.db");
    }

    private static Map<String, String> settings(String... more) {
        Map<String, String> settings = new HashMap<>();
        settings.put("ROCKET_ADMIN_TOKEN", RunningRocket.TOKEN);
        settings.put("ROCKET_RATE_LIMIT", "off");
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    private Result run(Map<String, String> settings, String... words) throws Exception {
        return Distribution.run(folder, settings, words);
    }

    private Result done(Map<String, String> settings, String... words) throws Exception {
        Result result = run(settings, words);
        assertEquals(0, result.exit(), result.out() + result.err());
        return result;
    }

    private void sql(String... statements) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The digest that verify told before the file was taken back. */
    private String older() throws Exception {
        done(Map.of(), "seed", "--tasks", "120");
        String digest = digest(done(Map.of(), "verify").out());
        sql("DROP TABLE custody", "PRAGMA user_version = 1");
        return digest;
    }

    private static String digest(String text) {
        int at = text.indexOf("digest    ") + "digest    ".length();
        return text.substring(
                        at, text.indexOf('\n', at) < 0 ? text.length() : text.indexOf('\n', at))
                .strip();
    }

    private String bytes() throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file()));
        return HexFormat.of().formatHex(hash);
    }

    private int tasks(RunningRocket rocket) throws Exception {
        String page = rocket.ask("GET", "/v1/tasks?limit=200", "").body();
        return page.split("\"revision\"", -1).length - 1;
    }

    @Test
    void a_server_on_an_older_file_advances_it_after_a_backup() throws Exception {
        String digest = older();
        Result refused = run(Map.of(), "token", "list");
        assertEquals(1, refused.exit());
        assertTrue(refused.err().contains("`rocket upgrade` advances it"), refused.err());
        Result checked = done(Map.of(), "upgrade", "--check");
        assertTrue(checked.out().startsWith("It would go well"), checked.out());
        try (RunningRocket rocket = RunningRocket.start(folder, settings())) {
            assertTrue(rocket.said().contains("is at schema 2 now"), rocket.said());
            assertTrue(tasks(rocket) > 0);
            assertEquals(0, rocket.stop(), rocket.said());
        }
        Result listed = done(Map.of(), "backups");
        assertEquals(1, listed.out().lines().filter(line -> line.endsWith("verified")).count());
        Result restored = done(Map.of(), "restore", "latest", "--to", "then.db");
        assertEquals(digest, digest(restored.out()));
        Result nothing = done(Map.of(), "upgrade");
        assertTrue(nothing.out().contains("at schema 2; nothing to do"), nothing.out());
    }

    @Test
    void a_change_that_cannot_be_made_leaves_the_file_as_it_was() throws Exception {
        older();
        sql("CREATE TABLE custody (of INTEGER)");
        String before = bytes();
        for (String[] words :
                List.of(
                        new String[] {"serve", "--port", "0"},
                        new String[] {"upgrade"},
                        new String[] {"upgrade", "--check"},
                        new String[] {"upgrade", "--without-backup"})) {
            Result failed = run(settings(), words);
            assertEquals(1, failed.exit(), failed.out() + failed.err());
            assertTrue(failed.err().contains("is as it was, at 1"), failed.err());
            assertTrue(failed.err().contains("custody already exists"), failed.err());
            assertEquals(before, bytes(), String.join(" ", words));
        }
        sql("DROP TABLE custody");
        RunningRocket.start(folder, settings()).close();
    }

    @Test
    void no_space_for_a_backup_is_told_with_what_to_do() throws Exception {
        older();
        String before = bytes();
        Path small = Files.createDirectory(folder.resolve("small"));
        ProcessBuilder serve =
                Distribution.command(
                        folder,
                        settings("ROCKET_BACKUP_DIR", small.toString()),
                        "serve",
                        "--port",
                        "0");
        long size = Files.size(file()) * 3 / 2;
        String mount = "mount -t tmpfs -o size=" + size + " tmpfs '" + small + "' && exec \"$@\"";
        serve.command()
                .addAll(
                        0,
                        List.of(
                                "unshare",
                                "--user",
                                "--map-root-user",
                                "--mount",
                                "sh",
                                "-c",
                                mount,
                                "sh"));
        Result failed = Distribution.run(serve);
        assertEquals(1, failed.exit(), failed.out() + failed.err());
        assertTrue(failed.err().contains("rocket upgrade --without-backup"), failed.err());
        assertEquals(before, bytes());
        Result plainly = done(Map.of(), "upgrade", "--without-backup");
        assertTrue(plainly.out().contains("backup    none"), plainly.out());
        RunningRocket.start(folder, settings()).close();
    }

    /** Starts a server and kills it when it says a word; whether it came to say it. */
    private boolean kill(Map<String, String> settings, String word) throws Exception {
        Process process =
                Distribution.command(folder, settings, "serve", "--port", "0")
                        .redirectErrorStream(true)
                        .start();
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.endsWith(word)) {
                    return true;
                }
                assertFalse(line.startsWith("Ready"), "it never said " + word);
            }
            return false;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private List<String> strays() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("rocket.db.backups"))) {
            return files.map(one -> String.valueOf(one.getFileName()))
                    .filter(name -> name.startsWith(".") && !name.equals(".lock"))
                    .toList();
        }
    }

    @Test
    void a_kill_at_any_step_leaves_it_as_it_was_and_the_next_start_goes_well() throws Exception {
        String digest = older();
        String before = bytes();
        for (String step : STEPS) {
            assertTrue(kill(settings(), step), step);
            // The last step may have come to its end before the signal came.
            if (!step.equals("changing the store")) {
                assertEquals(before, bytes(), "killed when " + step);
            }
        }
        try (RunningRocket rocket = RunningRocket.start(folder, settings())) {
            assertEquals(0, rocket.stop(), rocket.said());
        }
        Result backups = done(Map.of(), "backup");
        assertTrue(backups.out().contains("verified"), backups.out());
        assertEquals(List.of(), strays());
        Result restored = done(Map.of(), "restore", "latest", "--to", "then.db");
        assertTrue(digest(restored.out()).length() == digest.length());
    }

    @Test
    void of_two_servers_on_older_tables_one_advances_them_and_both_serve() throws Exception {
        String url = PostgresServer.fresh();
        Map<String, String> settings = settings("ROCKET_DATABASE_URL", url);
        done(settings, "seed", "--tasks", "80");
        String digest = digest(done(settings, "verify").out());
        PostgresServer.run(url, "DROP TABLE rocket.custody; UPDATE rocket.rocket SET version = 1");
        assertTrue(kill(settings, "changing a copy"));
        CompletableFuture<RunningRocket> first = start(settings);
        CompletableFuture<RunningRocket> second = start(settings);
        try (RunningRocket one = first.join();
                RunningRocket other = second.join()) {
            String said = one.said() + other.said();
            assertEquals(1, said.split("is at schema 2 now", -1).length - 1, said);
            assertTrue(tasks(one) > 0);
            assertEquals(tasks(one), tasks(other));
            assertEquals(0, one.stop(), one.said());
            assertEquals(0, other.stop(), other.said());
        }
        assertEquals(
                List.of(),
                PostgresServer.ask(
                        url, "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'rocket_%'"));
        Result restored = done(settings, "restore", "latest", "--to", "then.db");
        assertEquals(digest, digest(restored.out()));
    }

    private CompletableFuture<RunningRocket> start(Map<String, String> settings) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return RunningRocket.start(folder, settings);
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }
}
