package dev.rocket.bootstrap.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.page.JsonTree;
import dev.rocket.bootstrap.process.Distribution.Result;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged server from its first start to its end, as a deployer sees it. */
class ServeIT {

    private static final String TASK = "{\"title\":\"Water the plants\"}";

    @TempDir Path folder;

    private Result run(Map<String, String> settings, String... arguments)
            throws IOException, InterruptedException {
        return Distribution.run(folder, settings, arguments);
    }

    @Test
    void the_first_start_prints_a_link_that_sets_it_up_once()
            throws IOException, InterruptedException {
        String token;
        try (RunningRocket rocket = RunningRocket.start(folder, Map.of())) {
            String body = "{\"token\":\"" + rocket.setup().orElseThrow() + "\"}";
            HttpResponse<String> first = rocket.ask("POST", "/v1/setup", body, "none");
            assertEquals(201, first.statusCode(), first.body());
            token = RunningRocket.member(first.body(), "token");
            assertEquals(409, rocket.ask("POST", "/v1/setup", body, "none").statusCode());
            assertEquals(201, rocket.ask("POST", "/v1/tasks", TASK, token).statusCode());
            assertEquals(0, rocket.stop(), rocket.said());
        }
        try (RunningRocket rocket = RunningRocket.start(folder, Map.of())) {
            assertTrue(rocket.setup().isEmpty(), rocket.said());
            String tasks = rocket.ask("GET", "/v1/tasks", "", token).body();
            assertTrue(tasks.contains("Water the plants"), tasks);
        }
    }

    @Test
    void each_line_is_json_where_that_is_asked_for() throws IOException, InterruptedException {
        Map<String, String> settings =
                Map.of("ROCKET_LOG_FORMAT", "json", "ROCKET_LOG_LEVEL", "error");
        try (RunningRocket rocket = RunningRocket.start(folder, settings)) {
            assertTrue(rocket.setup().isPresent(), rocket.said());
            assertEquals(0, rocket.stop(), rocket.said());
            List<String> messages =
                    rocket.said()
                            .lines()
                            .map(line -> JsonTree.text(JsonTree.parse(line), "message"))
                            .toList();
            assertTrue(messages.contains("Ready: " + rocket.url()), rocket.said());
            assertEquals("Stopped", messages.getLast());
        }
    }

    @Test
    void a_token_file_sets_it_up_without_anybody() throws IOException, InterruptedException {
        Path secret = Files.writeString(folder.resolve("secret"), RunningRocket.TOKEN + "\n");
        Map<String, String> settings = Map.of("ROCKET_ADMIN_TOKEN_FILE", secret.toString());
        try (RunningRocket rocket = RunningRocket.start(folder, settings)) {
            assertTrue(rocket.setup().isEmpty(), rocket.said());
            assertEquals(200, rocket.ask("GET", "/v1/tokens", "").statusCode());
            assertFalse(rocket.said().contains(RunningRocket.TOKEN));
        }
    }

    @Test
    void only_its_owner_may_read_the_files() throws IOException, InterruptedException {
        try (RunningRocket rocket = RunningRocket.start(folder)) {
            assertEquals(201, rocket.ask("POST", "/v1/tasks", TASK).statusCode());
            for (String name : new String[] {"rocket.db", "rocket.db-wal", "rocket.db-shm"}) {
                Path file = folder.resolve(name);
                String may = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                assertEquals("rw-------", may, name);
            }
        }
    }

    @Test
    void it_runs_on_the_runtime_it_brings() throws IOException, InterruptedException {
        try (RunningRocket rocket = RunningRocket.start(folder)) {
            String runs = rocket.process().info().command().orElseThrow();
            assertEquals(Distribution.home().resolve("runtime/bin/java").toString(), runs);
        }
    }

    @Test
    void a_second_server_on_the_file_is_refused_and_the_first_goes_on()
            throws IOException, InterruptedException {
        try (RunningRocket rocket = RunningRocket.start(folder)) {
            Result second = run(Map.of(), "serve", "--port", "0");
            assertEquals(1, second.exit(), second.out() + second.err());
            assertTrue(second.err().startsWith("rocket: "), second.err());
            assertTrue(second.err().contains("rocket.db"), second.err());
            assertEquals(1, second.err().lines().count(), second.err());
            assertEquals(201, rocket.ask("POST", "/v1/tasks", TASK).statusCode());
        }
    }

    @Test
    void a_taken_port_is_said_in_one_line() throws IOException, InterruptedException {
        try (RunningRocket rocket = RunningRocket.start(folder)) {
            String port = Integer.toString(rocket.url().getPort());
            Result second = run(Map.of(), "serve", "--port", port, "--db", "other.db");
            assertEquals(1, second.exit(), second.out() + second.err());
            assertTrue(second.err().contains(port), second.err());
            assertEquals(1, second.err().lines().count(), second.err());
        }
    }

    @Test
    void an_unknown_setting_is_refused_with_the_nearest_known_one()
            throws IOException, InterruptedException {
        Result refused = run(Map.of("ROCKET_RATE_LIMTI", "off"), "serve");
        assertEquals(2, refused.exit());
        assertTrue(refused.err().contains("ROCKET_RATE_LIMTI"), refused.err());
        assertTrue(refused.err().contains("ROCKET_RATE_LIMIT"), refused.err());
        assertFalse(Files.exists(folder.resolve("rocket.db")));
    }

    @Test
    void going_without_tokens_is_refused_where_others_could_reach_it()
            throws IOException, InterruptedException {
        Map<String, String> open = Map.of("ROCKET_AUTH", "off", "ROCKET_HOST", "0.0.0.0");
        assertEquals(2, run(open, "serve", "--port", "0").exit());
        Map<String, String> production = Map.of("ROCKET_AUTH", "off", "NODE_ENV", "production");
        assertEquals(2, run(production, "serve", "--port", "0").exit());
        try (RunningRocket rocket = RunningRocket.start(folder, Map.of("ROCKET_AUTH", "off"))) {
            assertEquals(201, rocket.ask("POST", "/v1/tasks", TASK, "").statusCode());
        }
    }

    @Test
    void the_handlers_for_measuring_are_off() throws IOException, InterruptedException {
        try (RunningRocket rocket = RunningRocket.start(folder)) {
            assertEquals(404, rocket.ask("GET", "/bench/empty", "").statusCode());
            assertEquals(404, rocket.ask("GET", "/bench/echo", "").statusCode());
        }
    }

    @Test
    void settings_come_from_env_files_too() throws IOException, InterruptedException {
        Files.writeString(folder.resolve(".env"), "ROCKET_DB_PATH=base.db\nROCKET_READERS=3\n");
        Files.writeString(folder.resolve(".env.staging"), "ROCKET_DB_PATH=staging.db\n");
        Map<String, String> settings =
                Map.of("ROCKET_ENV", "staging", "ROCKET_ADMIN_TOKEN", RunningRocket.TOKEN);
        try (RunningRocket rocket = RunningRocket.start(folder, settings)) {
            assertTrue(Files.exists(folder.resolve("staging.db")), rocket.said());
            assertFalse(Files.exists(folder.resolve("base.db")));
        }
        String config = run(settings, "config").out();
        assertTrue(config.lines().anyMatch(l -> l.contains("ROCKET_READERS") && l.contains("3")));
        assertFalse(config.contains(RunningRocket.TOKEN), config);
    }

    @Test
    void tokens_are_made_listed_and_revoked_with_and_without_a_server()
            throws IOException, InterruptedException {
        Result made = run(Map.of(), "token", "create", "laptop", "--scope", "admin");
        assertEquals(0, made.exit(), made.err());
        String admin = made.out().strip();
        try (RunningRocket rocket = RunningRocket.start(folder, Map.of())) {
            Result locked = run(Map.of(), "token", "list");
            assertEquals(1, locked.exit());
            assertTrue(locked.err().contains("--url"), locked.err());
            Map<String, String> me = Map.of("ROCKET_TOKEN", admin);
            String url = rocket.url().toString();
            Result other = run(me, "token", "create", "phone", "--scope", "read", "--url", url);
            assertEquals(0, other.exit(), other.err());
            String reader = other.out().strip();
            assertEquals(200, rocket.ask("GET", "/v1/tasks", "", reader).statusCode());
            assertEquals(403, rocket.ask("POST", "/v1/tasks", TASK, reader).statusCode());
            String listed = run(me, "token", "list", "--url", url).out();
            assertTrue(listed.contains("phone") && !listed.contains(reader), listed);
            String id = idOf(listed, "phone");
            Result next = run(me, "token", "rotate", "phone", "--overlap", "1h", "--url", url);
            assertEquals(0, next.exit(), next.err());
            String renewed = next.out().strip();
            for (String secret : List.of(reader, renewed)) {
                assertEquals(200, rocket.ask("GET", "/v1/tasks", "", secret).statusCode());
            }
            assertEquals(0, run(me, "token", "revoke", id, "--url", url).exit());
            assertEquals(401, rocket.ask("GET", "/v1/tasks", "", reader).statusCode());
        }
        String rest = run(Map.of(), "token", "list").out();
        assertEquals(2, rest.lines().count(), rest);
        assertTrue(rest.contains("laptop") && rest.contains("never expires  phone"), rest);
    }

    private static String idOf(String listed, String name) {
        return listed.lines()
                .filter(line -> line.endsWith("  " + name))
                .findFirst()
                .orElseThrow()
                .substring(0, 36);
    }

    @Test
    void maintenance_is_shown_and_done_by_a_running_server()
            throws IOException, InterruptedException {
        try (RunningRocket rocket = RunningRocket.start(folder)) {
            Map<String, String> me = Map.of("ROCKET_TOKEN", RunningRocket.TOKEN);
            String url = rocket.url().toString();
            Result done = run(me, "maintenance", "run", "receipts", "--url", url);
            assertEquals(0, done.exit(), done.err());
            assertEquals("receipts ok: 0 keys forgotten", done.out().strip());
            String listed = run(me, "maintenance", "--url", url).out();
            assertTrue(listed.contains("0 keys forgotten"), listed);
            Result locked = run(Map.of(), "maintenance");
            assertEquals(1, locked.exit());
            assertTrue(locked.err().contains("--url"), locked.err());
        }
    }

    @Test
    void smoke_and_verify_say_that_all_is_well() throws IOException, InterruptedException {
        try (RunningRocket rocket = RunningRocket.start(folder)) {
            Map<String, String> me = Map.of("ROCKET_TOKEN", RunningRocket.TOKEN);
            Result smoke = run(me, "smoke", rocket.url().toString());
            assertEquals(0, smoke.exit(), smoke.out() + smoke.err());
            assertTrue(smoke.out().endsWith("PASS\n"), smoke.out());
            Result wrong = run(Map.of(), "smoke", rocket.url().toString());
            assertEquals(1, wrong.exit());
            assertTrue(wrong.out().endsWith("FAIL\n"), wrong.out());
            assertEquals(1, run(Map.of(), "verify").exit(), "a server has the store");
            assertEquals(0, rocket.stop(), rocket.said());
        }
        Result verify = run(Map.of(), "verify");
        assertEquals(0, verify.exit(), verify.out() + verify.err());
        assertTrue(verify.out().contains("agrees"), verify.out());
    }

    @Test
    void every_command_teaches() throws IOException, InterruptedException {
        String top = run(Map.of(), "--help").out();
        for (String verb :
                new String[] {
                    "serve", "config", "token", "verify", "smoke", "bench", "import", "export"
                }) {
            assertTrue(top.contains(verb), top);
            Result help = run(Map.of(), verb, "--help");
            assertEquals(0, help.exit(), verb + help.err());
            assertTrue(help.out().contains("Usage: rocket " + verb), help.out());
        }
        Result wrong = run(Map.of(), "srve");
        assertEquals(2, wrong.exit());
        assertTrue(wrong.err().contains("serve"), wrong.err());
    }
}
