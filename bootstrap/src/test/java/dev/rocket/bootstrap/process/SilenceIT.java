package dev.rocket.bootstrap.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a server logs holds no secret and nothing that people wrote.
 *
 * <p>Method: a whole session at the finest level, with requests that are answered, refused and
 * fail, on either engine; every word in it is one that stands nowhere else, and is searched for in
 * all that was printed.
 */
class SilenceIT {

    private static final String WRITTEN = "qzx-";
    private static final String PASSWORD = "hush-hush";
    private static final String KEY = "a2V5LXRoYXQtc2VhbHMtY29waWVzLTMyLWJ5dGVzISE=";

    @TempDir Path folder;

    private final List<String> secrets =
            new ArrayList<>(List.of(RunningRocket.TOKEN, PASSWORD, KEY, WRITTEN));

    private static Map<String, String> settings(String name, String value) {
        return Map.of(
                "ROCKET_ADMIN_TOKEN",
                RunningRocket.TOKEN,
                "ROCKET_LOG_LEVEL",
                "debug",
                "ROCKET_RATE_LIMIT",
                "off",
                "ROCKET_OFFSITE",
                "elsewhere",
                "ROCKET_OFFSITE_KEY",
                KEY,
                name,
                value);
    }

    private static void expect(int status, HttpResponse<String> answer) {
        assertEquals(status, answer.statusCode(), answer.body());
    }

    private static String made(HttpResponse<String> answer, String member) {
        expect(201, answer);
        return RunningRocket.member(answer.body(), member);
    }

    private static void write(Api api) throws Exception {
        String all =
                "{\"title\":\"qzx-title\",\"notes\":\"qzx-notes\\n2031-01-01 ERROR qzx-forged\"}";
        String[] key = {"Idempotency-Key", "qzx-key"};
        String id = made(api.send("POST", "/v1/tasks", all, key), "id");
        expect(422, api.send("POST", "/v1/tasks", "{\"title\":\"qzx-other\"}", key));
        String task = "/v1/tasks/" + id;
        expect(412, api.send("PATCH", task, "{\"title\":\"qzx-late\"}", "If-Match", "\"99\""));
        made(api.send("POST", task + "/comments", "{\"text\":\"qzx-comment\"}"), "id");
        for (String kind : List.of("projects", "labels", "members")) {
            made(api.send("POST", "/v1/" + kind, "{\"name\":\"qzx-" + kind + "\"}"), "id");
        }
        expect(200, api.send("GET", "/v1/tasks?q=qzx-query", ""));
        expect(400, api.send("GET", "/v1/tasks?qzx-parameter=qzx-value", ""));
        expect(400, api.send("POST", "/v1/tasks", "{\"qzx-field\":"));
        String item = "{\"method\":\"DELETE\",\"path\":\"" + task + "\"}";
        expect(200, api.send("POST", "/v1/batch", "{\"items\":[" + item + "]}"));
    }

    private void authenticate(RunningRocket rocket, Api api) throws Exception {
        String wish = "{\"name\":\"qzx-laptop\",\"scopes\":[\"read\"]}";
        String token = made(api.send("POST", "/v1/tokens", wish), "token");
        secrets.add(token);
        expect(403, rocket.ask("POST", "/v1/tasks", "{\"title\":\"qzx-no\"}", token));
        String wrong = "wrong-token-that-somebody-guessed";
        secrets.add(wrong);
        expect(401, rocket.ask("GET", "/v1/tasks", "", wrong));
        secrets.add(RunningRocket.member(api.send("POST", "/v1/tickets", "").body(), "ticket"));
        expect(401, rocket.ask("GET", "/v1/tasks?token=" + token, "", "none"));
    }

    /** The store takes no more writes: what fails is logged with its trace. */
    private static void fail(Api api) throws Exception {
        int status = api.send("POST", "/v1/tasks", "{\"title\":\"qzx-lost\"}").statusCode();
        assertEquals(503, status);
    }

    private void assertSilent(String said) {
        assertTrue(said.contains(" DEBUG http"), said);
        for (String secret : secrets) {
            assertFalse(said.contains(secret), () -> secret + " was logged:\n" + said);
        }
    }

    @Test
    void nothing_that_was_entrusted_to_a_file_is_logged() throws Exception {
        Files.createDirectory(folder.resolve("elsewhere"));
        Map<String, String> settings = settings("ROCKET_DB_PATH", "tasks.db");
        try (RunningRocket rocket = RunningRocket.start(folder, settings)) {
            Api api = Api.of(rocket);
            Follower.open(rocket, 0);
            write(api);
            authenticate(rocket, api);
            String url = rocket.url().toString();
            Map<String, String> me = Map.of("ROCKET_TOKEN", RunningRocket.TOKEN);
            for (String job : List.of("backup", "offsite", "receipts", "upkeep")) {
                Distribution.Result run =
                        Distribution.run(folder, me, "maintenance", "run", job, "--url", url);
                assertEquals(0, run.exit(), run.out() + run.err());
            }
            Path away = Files.move(folder.resolve("tasks.db"), folder.resolve("away.db"));
            fail(api);
            Files.move(away, folder.resolve("tasks.db"));
            rocket.stop();
            assertSilent(rocket.said());
        }
    }

    @Test
    void nothing_that_was_entrusted_to_postgres_is_logged() throws Exception {
        Files.createDirectory(folder.resolve("elsewhere"));
        String url = PostgresServer.fresh();
        assertTrue(url.contains(PASSWORD), url);
        try (RunningRocket rocket =
                RunningRocket.start(folder, settings("ROCKET_DATABASE_URL", url))) {
            Api api = Api.of(rocket);
            Follower.open(rocket, 0);
            write(api);
            authenticate(rocket, api);
            PostgresServer.run(url, "ALTER TABLE rocket.task RENAME TO away");
            fail(api);
            PostgresServer.run(url, "ALTER TABLE rocket.away RENAME TO task");
            rocket.stop();
            assertSilent(rocket.said());
        }
    }
}
