package dev.rocket.bootstrap.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.page.JsonTree;
import dev.rocket.bootstrap.process.Distribution.Result;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.io.TempDir;

/** A real server whose store is moved to a real Postgres, and the tasks that it was given. */
abstract class MoveGround {

    static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long LOOK_NANOS = 5_000_000;

    /** So many that copying them takes a while. */
    private static final String MANY = "40000";

    @TempDir Path folder;

    private final List<String> tasks = new ArrayList<>();

    /** Where to. */
    abstract String target();

    final RunningRocket start() throws Exception {
        return RunningRocket.start(folder, settings());
    }

    static Map<String, String> settings() {
        return new HashMap<>(
                Map.of("ROCKET_ADMIN_TOKEN", RunningRocket.TOKEN, "ROCKET_RATE_LIMIT", "off"));
    }

    final void create(RunningRocket rocket) throws Exception {
        HttpResponse<String> made =
                rocket.ask("POST", "/v1/tasks", "{\"title\":\"task " + tasks.size() + "\"}");
        assertEquals(201, made.statusCode(), made.body());
        tasks.add("/v1/tasks/" + RunningRocket.member(made.body(), "id"));
    }

    final void assertHolds(RunningRocket rocket, String engine) throws Exception {
        String ready = rocket.ask("GET", "/readyz", "").body();
        assertTrue(ready.contains("\"engine\":\"" + engine + "\""), ready);
        for (String task : tasks) {
            assertEquals(200, rocket.ask("GET", task, "").statusCode(), task);
        }
    }

    final void begin(RunningRocket rocket, String pauseAt) throws Exception {
        String pause = pauseAt.isEmpty() ? "" : ",\"pauseAt\":\"" + pauseAt + "\"";
        String wish = "{\"to\":\"" + target() + "\"" + pause + "}";
        // The one before is over a moment before the server is ready for another.
        awaitTrue(
                "no move begins",
                () -> rocket.ask("POST", "/v1/migration", wish).statusCode() == 202);
    }

    interface Look {
        boolean isSo() throws Exception;
    }

    static void awaitTrue(String message, Look look) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!look.isSo()) {
            assertTrue(System.nanoTime() < end, message);
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    static Map<String, Object> await(RunningRocket rocket, Predicate<Map<String, Object>> reached)
            throws Exception {
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

    static boolean isCopying(Map<String, Object> told) {
        return JsonTree.text(told, "phase").equals("copying")
                && !JsonTree.text(told, "rows").equals("0");
    }

    static boolean isPaused(Map<String, Object> told) {
        return JsonTree.text(told, "paused").equals("true");
    }

    static void assertEnds(RunningRocket rocket, String phase, String said) throws Exception {
        Map<String, Object> told = await(rocket, MoveGround::isOver);
        String detail = JsonTree.text(told, "detail");
        assertEquals(phase, JsonTree.text(told, "phase"), detail);
        assertTrue(detail.contains(said), detail);
    }

    /** Moves back to the file, which holds all then. */
    final void moveBack(RunningRocket rocket) throws Exception {
        assertEquals(202, rocket.ask("POST", "/v1/migration", "{\"back\":true}").statusCode());
        assertEnds(rocket, "done", "; writes waited ");
        assertHolds(rocket, "sqlite");
    }

    static void resume(RunningRocket rocket) throws Exception {
        assertEquals(2, rocket.ask("POST", "/v1/migration/resume", "").statusCode() / 100);
    }

    final void seed() throws Exception {
        Result seeded = Distribution.run(folder, Map.of(), "seed", "--tasks", MANY);
        assertEquals(0, seeded.exit(), seeded.out() + seeded.err());
    }

    final void verify() throws Exception {
        Map<String, String> there = Map.of("ROCKET_DATABASE_URL", target());
        Result sound = Distribution.run(folder, there, "verify");
        assertEquals(0, sound.exit(), sound.out() + sound.err());
    }
}
