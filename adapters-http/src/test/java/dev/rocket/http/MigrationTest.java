package dev.rocket.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MigrationTest {

    private static final String PLACE = "/v1/migration";

    private final TestServer server = TestServer.plain();

    @AfterEach
    void close() {
        server.close();
    }

    private void tick() {
        server.operations.maintenance().tick();
    }

    private HttpResponse<String> ask(String body) {
        return server.call("POST", PLACE, body.replace('\'', '"'));
    }

    private String status() {
        return server.get(PLACE).body();
    }

    private String phase() {
        return Json.text(server.get(PLACE), "phase");
    }

    private String task() {
        HttpResponse<String> made = server.call("POST", "/v1/tasks", "{\"title\":\"kept\"}");
        return Json.text(made, "id");
    }

    @Test
    void before_any_move_it_is_idle_and_tells_where_the_store_is() {
        assertTrue(status().startsWith("{\"phase\":\"idle\",\"here\":\"here\","), status());
        assertTrue(status().endsWith("\"plan\":[]}"), status());
    }

    @Test
    void the_store_is_moved_there_and_back_and_answers_stay_good() {
        String task = "/v1/tasks/" + task();
        Optional<String> tag = server.get(task).headers().firstValue("ETag");
        assertEquals(202, ask("{'to':'there'}").statusCode());
        assertEquals("preflight", phase());
        tick();
        assertEquals("done", phase());
        assertTrue(status().contains("\"here\":\"there\""), status());
        assertTrue(status().contains("\"plan\":[\"PLACE=there\"]"), status());
        assertTrue(status().contains("\"following\":\"here until "), status());
        assertEquals(tag, server.get(task).headers().firstValue("ETag"));
        String later = "/v1/tasks/" + task();
        server.operations.migration().follow();
        assertEquals(202, ask("{'back':true}").statusCode());
        tick();
        assertTrue(status().contains("\"here\":\"here\""), status());
        assertEquals(200, server.get(later).statusCode());
    }

    @Test
    void a_dry_run_tells_the_plan_and_moves_nothing() {
        task();
        assertEquals(202, ask("{'to':'there','dryRun':true}").statusCode());
        tick();
        assertEquals("done", phase());
        assertTrue(status().contains("empty, reachable, and may be written"), status());
        assertTrue(status().contains("\"here\":\"here\""), status());
    }

    @Test
    void one_move_at_a_time() {
        assertEquals(202, ask("{'to':'there'}").statusCode());
        HttpResponse<String> second = ask("{'to':'elsewhere'}");
        assertEquals(409, second.statusCode());
        assertEquals("/problems/wrong-moment", Json.text(second, "type"));
        assertTrue(status().contains("\"to\":\"there\""), status());
    }

    @Test
    void a_move_that_is_aborted_leaves_the_store_where_it_was() {
        assertEquals(409, server.delete(PLACE).statusCode());
        ask("{'to':'there','pauseAt':'copying'}");
        assertEquals(202, server.delete(PLACE).statusCode());
        tick();
        assertEquals("aborted", phase());
        assertTrue(status().contains("\"here\":\"here\""), status());
        assertEquals(409, server.delete(PLACE).statusCode());
    }

    @Test
    void a_move_waits_where_it_was_told_to_until_it_is_told_to_go_on() throws Exception {
        assertEquals(409, server.call("POST", PLACE + "/resume", "").statusCode());
        ask("{'to':'there','pauseAt':'comparing'}");
        Thread move = Thread.ofVirtual().start(this::tick);
        while (!status().contains("\"paused\":true")) {
            Thread.onSpinWait();
        }
        assertEquals("tailing", phase());
        assertEquals(202, server.call("POST", PLACE + "/resume", "").statusCode());
        move.join();
        assertEquals("done", phase());
    }

    @Test
    void without_a_former_store_there_is_no_way_back() {
        HttpResponse<String> answer = ask("{'back':true}");
        assertEquals(409, answer.statusCode());
        assertTrue(answer.body().contains("No former store follows here"), answer.body());
    }

    @Test
    void what_names_no_place_or_breaks_a_bound_is_refused() {
        List<String> bodies =
                List.of(
                        "{}",
                        "{'back':false}",
                        "{'to':'there','back':true}",
                        "{'to':'nowhere'}",
                        "{'to':7}",
                        "{'to':'there','freezeMillis':9}",
                        "{'to':'there','freezeMillis':10001}",
                        "{'to':'there','pauseAt':'done'}",
                        "{'to':'there','pauseAt':'preflight'}",
                        "{'to':'there','speed':'high'}");
        for (String body : bodies) {
            assertEquals(400, ask(body).statusCode(), body);
        }
        assertEquals("idle", phase());
    }

    @Test
    void a_password_is_never_told() {
        for (String body : List.of("{'to':'nowhere hunter2'}", "{'to':'there hunter2'}")) {
            assertFalse(ask(body).body().contains("hunter2"));
        }
        assertFalse(status().contains("hunter2"), status());
        tick();
        assertFalse(status().contains("hunter2"), status());
        assertFalse(server.get("/v1/maintenance/migration").body().contains("hunter2"));
    }
}
