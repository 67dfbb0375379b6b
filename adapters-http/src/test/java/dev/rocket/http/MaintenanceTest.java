package dev.rocket.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Job;
import dev.rocket.core.model.Token;
import dev.rocket.core.usecase.Caller;
import dev.rocket.core.usecase.ManageTokens;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MaintenanceTest {

    private final TestServer server = TestServer.plain();

    @AfterEach
    void close() {
        server.close();
    }

    private void tick() {
        server.operations.maintenance().tick();
    }

    private void ask() {
        assertEquals(202, server.call("POST", "/v1/maintenance/tidy/runs", "").statusCode());
    }

    @Test
    void a_job_is_listed_before_it_was_ever_done() {
        String list = server.get("/v1/maintenance").body();
        assertTrue(
                list.startsWith(
                        "{\"items\":[{\"name\":\"tidy\",\"about\":\"tidies up\","
                                + "\"timetable\":\"daily 03:00\",\"state\":\"waiting\",\"next\":"),
                list);
        assertTrue(list.endsWith(",\"failures\":0}]}"), list);
    }

    @Test
    void a_job_that_is_asked_for_is_done_by_the_next_tick_and_tells_how_it_went() {
        ask();
        ask();
        assertTrue(server.get("/v1/maintenance").body().contains("\"state\":\"asked\""));
        tick();
        tick();
        String one = server.get("/v1/maintenance/tidy").body();
        assertTrue(one.contains("\"state\":\"waiting\""), one);
        assertTrue(one.contains("\"last\":{\"by\":\"host/1\""), one);
        assertEquals(2, one.split("\"detail\":\"2 things\"", -1).length - 1, one);
    }

    @Test
    void what_has_no_job_is_not_found() {
        assertEquals(404, server.get("/v1/maintenance/sweep").statusCode());
        assertEquals(404, server.call("POST", "/v1/maintenance/sweep/runs", "").statusCode());
    }

    @Test
    void nobody_but_an_administrator_may_look_or_ask() {
        Set<Token.Scope> scopes = Set.of(Token.Scope.WRITE);
        ManageTokens.Wish wish = new ManageTokens.Wish("writer", scopes, Optional.empty());
        String secret = server.useCases.tokens().create(Caller.system("test"), wish).secret();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + server.port + "/v1/maintenance"))
                        .header("Authorization", "Bearer " + secret);
        assertEquals(403, server.send(request).statusCode());
    }

    @Test
    void followers_of_the_feed_never_see_jobs() {
        ask();
        tick();
        Job job = server.store.read(s -> s.find(Job.Id.of("tidy"))).orElseThrow();
        assertTrue(job.last().isPresent());
        String changes = server.get("/v1/changes?after=0").body();
        assertFalse(changes.contains("\"kind\":\"job\""), changes);
        assertTrue(changes.contains("\"next\":" + server.store.head().value()), changes);
    }

    @Test
    void figures_tell_runs_and_the_last_success() {
        ask();
        tick();
        tick();
        server.ahead.set(Duration.ofMinutes(2));
        tick();
        String figures = server.get("/metrics").body();
        assertTrue(
                figures.contains("rocket_maintenance_runs_total{job=\"tidy\",result=\"ok\"} 1"),
                figures);
        assertTrue(
                figures.contains("rocket_maintenance_run_duration_seconds_count{job=\"tidy\"} 1"),
                figures);
        Job job = server.store.read(s -> s.find(Job.Id.of("tidy"))).orElseThrow();
        double seconds = job.succeeded().orElseThrow().toEpochMilli() / 1000.0;
        assertTrue(
                figures.contains(
                        "rocket_maintenance_last_success_timestamp_seconds{job=\"tidy\"} "
                                + seconds),
                figures + seconds);
    }
}
