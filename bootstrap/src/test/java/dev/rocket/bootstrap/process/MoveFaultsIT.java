package dev.rocket.bootstrap.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.page.JsonTree;
import dev.rocket.bootstrap.process.Distribution.Result;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What befalls the target of a move, with a real server on either side. */
class MoveFaultsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long LOOK_NANOS = 5_000_000;

    /** So many that their tables are larger than {@link #FULL}. */
    private static final String MANY = "40000";

    /** What a file may grow to on a disk that is full then: a segment of the log, and no more. */
    private static final long FULL = 16L << 20;

    @TempDir Path folder;

    private final Path data;
    private final List<String> tasks = new ArrayList<>();
    private EmbeddedPostgres postgres;

    MoveFaultsIT(@TempDir Path elsewhere) throws IOException {
        data = elsewhere.resolve("data");
        postgres = builder().start();
    }

    @AfterEach
    void end() throws IOException {
        postgres.close();
    }

    private EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false);
    }

    /** The same server again, on the port that it had. */
    private void startPostgres() throws IOException {
        postgres.close();
        postgres = builder().setPort(postgres.getPort()).start();
    }

    private ProcessHandle postmaster() throws IOException {
        String first = Files.readAllLines(data.resolve("postmaster.pid")).getFirst();
        return ProcessHandle.of(Long.parseLong(first.strip())).orElseThrow();
    }

    private void killPostgres() throws Exception {
        ProcessHandle server = postmaster();
        List<ProcessHandle> backends = server.children().toList();
        server.destroyForcibly();
        server.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        for (ProcessHandle backend : backends) {
            // They notice; a new server would be refused their memory before.
            backend.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private String target() {
        return "postgres://postgres@127.0.0.1:" + postgres.getPort() + "/postgres";
    }

    private RunningRocket start() throws Exception {
        return RunningRocket.start(folder, settings());
    }

    private static Map<String, String> settings() {
        return new HashMap<>(
                Map.of("ROCKET_ADMIN_TOKEN", RunningRocket.TOKEN, "ROCKET_RATE_LIMIT", "off"));
    }

    private void create(RunningRocket rocket) throws Exception {
        HttpResponse<String> made =
                rocket.ask("POST", "/v1/tasks", "{\"title\":\"task " + tasks.size() + "\"}");
        assertEquals(201, made.statusCode(), made.body());
        tasks.add("/v1/tasks/" + RunningRocket.member(made.body(), "id"));
    }

    private void assertHolds(RunningRocket rocket, String engine) throws Exception {
        String ready = rocket.ask("GET", "/readyz", "").body();
        assertTrue(ready.contains("\"engine\":\"" + engine + "\""), ready);
        for (String task : tasks) {
            assertEquals(200, rocket.ask("GET", task, "").statusCode(), task);
        }
    }

    private void begin(RunningRocket rocket, String pauseAt) throws Exception {
        String pause = pauseAt.isEmpty() ? "" : ",\"pauseAt\":\"" + pauseAt + "\"";
        String wish = "{\"to\":\"" + target() + "\"" + pause + "}";
        // The one before is over a moment before the server is ready for another.
        awaitTrue(
                "no move begins",
                () -> rocket.ask("POST", "/v1/migration", wish).statusCode() == 202);
    }

    private interface Look {
        boolean isSo() throws Exception;
    }

    private static void awaitTrue(String message, Look look) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!look.isSo()) {
            assertTrue(System.nanoTime() < end, message);
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static Map<String, Object> await(
            RunningRocket rocket, Predicate<Map<String, Object>> reached) throws Exception {
        Map<String, Object> last = new HashMap<>();
        awaitTrue(
                "it did not come to that",
                () -> {
                    String told = rocket.ask("GET", "/v1/migration", "").body();
                    last.putAll(JsonTree.parse(told));
                    return reached.test(last);
                });
        return last;
    }

    private static boolean isOver(Map<String, Object> told) {
        return Set.of("done", "failed", "aborted").contains(JsonTree.text(told, "phase"));
    }

    private static boolean isPaused(Map<String, Object> told) {
        return JsonTree.text(told, "paused").equals("true");
    }

    private static void assertEnds(RunningRocket rocket, String phase, String said)
            throws Exception {
        Map<String, Object> told = await(rocket, MoveFaultsIT::isOver);
        String detail = JsonTree.text(told, "detail");
        assertEquals(phase, JsonTree.text(told, "phase"), detail);
        assertTrue(detail.contains(said), detail);
    }

    private static void resume(RunningRocket rocket) throws Exception {
        assertEquals(2, rocket.ask("POST", "/v1/migration/resume", "").statusCode() / 100);
    }

    private void seed() throws Exception {
        Result seeded = Distribution.run(folder, Map.of(), "seed", "--tasks", MANY);
        assertEquals(0, seeded.exit(), seeded.out() + seeded.err());
    }

    private void verify() throws Exception {
        Map<String, String> there = Map.of("ROCKET_DATABASE_URL", target());
        Result sound = Distribution.run(folder, there, "verify");
        assertEquals(0, sound.exit(), sound.out() + sound.err());
    }

    @Test
    void a_target_that_restarts_is_waited_for() throws Exception {
        try (RunningRocket rocket = start()) {
            for (String phase : List.of("tailing", "comparing", "freezing")) {
                create(rocket);
                begin(rocket, phase);
                await(rocket, MoveFaultsIT::isPaused);
                create(rocket);
                postgres.close();
                create(rocket);
                resume(rocket);
                await(rocket, told -> JsonTree.text(told, "detail").startsWith("waiting: "));
                create(rocket);
                startPostgres();
                assertEnds(rocket, "done", "; writes waited ");
                assertHolds(rocket, "postgres");
                create(rocket);
                assertEquals(
                        202, rocket.ask("POST", "/v1/migration", "{\"back\":true}").statusCode());
                assertEnds(rocket, "done", "; writes waited ");
                assertHolds(rocket, "sqlite");
            }
            assertEquals(0, rocket.stop(), rocket.said());
        }
    }

    @Test
    void a_target_that_dies_amid_the_copy_is_begun_anew() throws Exception {
        seed();
        try (RunningRocket rocket = start()) {
            create(rocket);
            begin(rocket, "");
            await(
                    rocket,
                    told ->
                            JsonTree.text(told, "phase").equals("copying")
                                    && !JsonTree.text(told, "rows").equals("0"));
            killPostgres();
            assertEnds(rocket, "failed", "");
            create(rocket);
            assertHolds(rocket, "sqlite");
            startPostgres();
            begin(rocket, "");
            assertEnds(rocket, "done", "; writes waited ");
            assertHolds(rocket, "postgres");
            assertEquals(0, rocket.stop(), rocket.said());
        }
        verify();
    }

    @Test
    void a_target_that_fills_up_is_told_and_tried_again() throws Exception {
        seed();
        limit(Long.toString(FULL));
        try (RunningRocket rocket = start()) {
            create(rocket);
            begin(rocket, "");
            assertEnds(rocket, "failed", "While loading: Postgres answered with SQLSTATE");
            create(rocket);
            assertHolds(rocket, "sqlite");
            limit("unlimited");
            begin(rocket, "");
            assertEnds(rocket, "done", "; writes waited ");
            assertHolds(rocket, "postgres");
            assertEquals(0, rocket.stop(), rocket.said());
        }
        verify();
    }

    /** How large files may grow that the database writes from now on, for new connections. */
    private void limit(String bytes) throws Exception {
        String pid = Long.toString(postmaster().pid());
        Process limiter =
                new ProcessBuilder("prlimit", "--pid", pid, "--fsize=" + bytes + ":unlimited")
                        .inheritIO()
                        .start();
        assertEquals(0, limiter.waitFor());
    }

    @Test
    void no_server_starts_on_a_copy_that_has_not_taken_over() throws Exception {
        Map<String, String> there = settings();
        there.put("ROCKET_DATABASE_URL", target());
        try (RunningRocket rocket = start()) {
            create(rocket);
            begin(rocket, "freezing");
            await(rocket, MoveFaultsIT::isPaused);
            IOException refused =
                    assertThrows(
                            IOException.class, () -> RunningRocket.start(folder, there).close());
            assertTrue(
                    refused.toString().contains("is a copy that was being made of"),
                    refused.toString());
            create(rocket);
            resume(rocket);
            assertEnds(rocket, "done", "; writes waited ");
            try (RunningRocket second = RunningRocket.start(folder, there)) {
                create(second);
                assertHolds(rocket, "postgres");
                rocket.ask("POST", "/v1/migration", "{\"back\":true}");
                assertEnds(rocket, "failed", "servers");
                create(rocket);
                assertHolds(second, "postgres");
                assertEquals(0, second.stop(), second.said());
            }
            assertEquals(0, rocket.stop(), rocket.said());
        }
    }
}
