package dev.rocket.bootstrap.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.process.Distribution.Result;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program on a real Postgres server, as a deployer sees it. */
class PostgresIT {

    private static final String SECRET = "hush-hush";
    private static final int TASKS = 40;

    @TempDir Path folder;

    private final String url = PostgresServer.fresh();

    private Map<String, String> settings(String... more) {
        Map<String, String> settings = new HashMap<>();
        settings.put("ROCKET_DATABASE_URL", url);
        settings.put("ROCKET_ADMIN_TOKEN", RunningRocket.TOKEN);
        settings.put("ROCKET_RATE_LIMIT", "off");
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    private static String create(RunningRocket rocket, String title) throws Exception {
        HttpResponse<String> made =
                rocket.ask("POST", "/v1/tasks", "{\"title\":\"" + title + "\"}");
        assertEquals(201, made.statusCode(), made.body());
        return RunningRocket.member(made.body(), "id");
    }

    @Test
    void changes_on_one_server_reach_sockets_on_the_other() throws Exception {
        try (RunningRocket one = RunningRocket.start(folder, settings());
                RunningRocket other = RunningRocket.start(folder, settings())) {
            Follower follower = Follower.open(other, 0);
            Follower own = Follower.open(one, 0);
            List<String> made = new ArrayList<>();
            for (int i = 0; i < TASKS; i++) {
                made.add(create(i % 3 == 0 ? other : one, "task " + i));
            }
            for (RunningRocket server : List.of(one, other)) {
                HttpResponse<String> last = server.ask("GET", "/v1/tasks/" + made.getLast(), "");
                assertEquals(200, last.statusCode(), last.body());
            }
            long end = Api.of(one).changes(0).getLast().seq();
            Follower.open(other, 0, end).awaitLast();
            Follower.open(one, 0, end).awaitLast();
            List<Place> feed = Api.of(other).changes(0);
            assertEquals(feed, Api.of(one).changes(0));
            assertEquals(TASKS, feed.size());
            assertEquals(0, one.stop(), one.said());
            assertEquals(0, other.stop(), other.said());
            follower.awaitEnd();
            own.awaitEnd();
            assertEquals(feed, follower.heard());
            assertEquals(feed, own.heard());
            assertEquals(List.of(), follower.odd());
            assertFalse((one.said() + other.said()).contains(SECRET));
        }
    }

    @Test
    void it_says_where_it_is_and_how_it_is() throws Exception {
        try (RunningRocket rocket = RunningRocket.start(folder, settings())) {
            assertTrue(rocket.said().contains("as postgres, schema rocket"), rocket.said());
            String ready = rocket.ask("GET", "/readyz", "").body();
            assertTrue(ready.contains("\"engine\":\"postgres\""), ready);
            assertTrue(ready.contains("\"status\":\"ready\""), ready);
            assertFalse(ready.contains("freeBytes"), ready);
            String metrics = rocket.ask("GET", "/metrics", "").body();
            assertTrue(
                    metrics.contains("rocket_store_info{engine=\"postgres\",schema=\"2\"} 1"),
                    metrics);
        }
    }

    @Test
    void the_other_commands_work_on_it_while_a_server_runs() throws Exception {
        Map<String, String> settings = settings();
        try (RunningRocket rocket = RunningRocket.start(folder, settings)) {
            create(rocket, "kept");
            Result verified = Distribution.run(folder, settings, "verify");
            assertEquals(0, verified.exit(), verified.err());
            assertTrue(verified.out().startsWith("The store agrees"), verified.out());
            Result token = Distribution.run(folder, settings, "token", "create", "cli");
            assertEquals(0, token.exit(), token.out() + token.err());
        }
        Result exported = Distribution.run(folder, settings, "export", "all.jsonl");
        assertEquals(0, exported.exit(), exported.err());
        assertEquals("", exported.err().replaceAll("rocket: exported .*\\R", ""));
        Result imported = Distribution.run(folder, Map.of(), "import", "all.jsonl");
        assertEquals(0, imported.exit(), imported.out() + imported.err());
        Map<String, String> against = Map.of("ROCKET_AGAINST_URL", url);
        Result compared = Distribution.run(folder, against, "verify", "--against");
        assertEquals(1, compared.exit(), compared.out() + compared.err());
        assertTrue(compared.out().startsWith("DIFFERENT:"), compared.out());
        assertFalse((compared.out() + compared.err()).contains(SECRET), compared.out());
        String back = PostgresServer.fresh();
        Result again = Distribution.run(folder, Map.of(), "import", "--db", back, "all.jsonl");
        assertEquals(0, again.exit(), again.out() + again.err());
    }

    @Test
    void a_schema_that_is_only_validated_must_be_there_and_is_then_used() throws Exception {
        Map<String, String> settings = settings("ROCKET_SCHEMA", "validate");
        Result refused = Distribution.run(folder, settings, "serve", "--port", "0");
        assertEquals(1, refused.exit(), refused.out() + refused.err());
        assertTrue(refused.err().contains("`rocket schema`"), refused.err());
        Result sql = Distribution.run(folder, settings, "schema");
        assertEquals(0, sql.exit(), sql.err());
        PostgresServer.run(url, sql.out());
        try (RunningRocket rocket = RunningRocket.start(folder, settings)) {
            create(rocket, "kept");
        }
    }

    @Test
    void what_is_wrong_is_said_in_one_line_without_the_password() throws Exception {
        Files.writeString(folder.resolve(".env"), "ROCKET_DB_PATH=tasks.db\n");
        Result both = Distribution.run(folder, settings(), "serve", "--port", "0");
        assertEquals(2, both.exit(), both.out() + both.err());
        assertTrue(both.err().contains("unset ROCKET_DB_PATH"), both.err());
        Files.delete(folder.resolve(".env"));
        String nowhere = url.replaceAll(":\\d+/", ":1/");
        Result gone = Distribution.run(folder, settings("ROCKET_DATABASE_URL", nowhere), "serve");
        assertEquals(1, gone.exit(), gone.out() + gone.err());
        assertTrue(gone.err().contains("cannot be reached"), gone.err());
        assertEquals(1, gone.err().lines().count(), gone.err());
        Result shown = Distribution.run(folder, settings(), "config");
        for (Result result : List.of(both, gone, shown)) {
            assertFalse((result.out() + result.err()).contains(SECRET), result.err());
        }
    }
}
