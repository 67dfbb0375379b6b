package dev.rocket.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Job;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SchedulerTimesTest extends ServerLife {

    @Test
    void a_job_is_done_when_it_is_appointed_and_recorded_with_what_it_tells() {
        begin();
        MaintenanceScheduler server = server("daily 03:00");
        live(server, Duration.ofDays(2));
        assertEquals(instants("2026-03-29T03:00:00Z", "2026-03-30T03:00:00Z"), runs);
        Job job = job();
        assertEquals(Job.Result.OK, job.last().orElseThrow().result());
        assertEquals("well", job.last().orElseThrow().detail());
        assertEquals("here", job.last().orElseThrow().by());
        assertEquals(Optional.empty(), job.lease());
        assertEquals(Optional.of(Instant.parse("2026-03-30T03:00:00Z")), job.covered());
        assertEquals(2, server.runs("backup", 10).size());
        assertEquals(List.of("backup ok", "backup ok"), maintained);
        assertTrue(succeeded.contains("backup 2026-03-30T03:00:00Z"));
        MaintenanceScheduler.Entry entry = server.entries().get(0);
        assertEquals(Optional.of(Instant.parse("2026-03-31T03:00:00Z")), entry.next());
        assertFalse(entry.isRunning());
    }

    @Test
    void what_was_missed_while_no_server_ran_is_made_up_for_once_at_the_start() {
        begin();
        clock.pass(Duration.ofDays(5));
        Instant start = clock.instant();
        MaintenanceScheduler server = server("daily 03:00");
        server.tick();
        server.tick();
        assertEquals(List.of(start), runs);
        live(server, Duration.ofDays(1));
        assertEquals(2, runs.size());
    }

    @Test
    void a_server_that_is_never_up_at_the_appointed_time_does_it_when_it_starts() {
        begin();
        for (int day = 0; day < 4; day++) {
            MaintenanceScheduler server = server("daily 03:00");
            live(server, Duration.ofHours(6));
            clock.pass(Duration.ofHours(18));
        }
        assertEquals(3, runs.size());
    }

    @Test
    void a_new_store_has_missed_nothing() {
        MaintenanceScheduler server = server("daily 03:00");
        server.tick();
        begin();
        server.tick();
        assertEquals(List.of(), runs);
    }

    @Test
    void a_night_whose_time_is_skipped_or_comes_twice_has_one_run() {
        begin();
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        live(server(berlin, chore("daily 02:30")), Duration.ofDays(2));
        assertEquals(instants("2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z"), runs);
        clock.set(Instant.parse("2026-10-24T12:00:00Z"));
        MaintenanceScheduler server = server(berlin, chore("daily 02:30"));
        server.tick();
        runs.clear();
        live(server, Duration.ofDays(2));
        assertEquals(instants("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"), runs);
    }

    @Test
    void a_clock_that_goes_back_over_the_run_does_not_repeat_it() {
        begin();
        MaintenanceScheduler server = server("daily 03:00");
        live(server, Duration.ofHours(16));
        assertEquals(1, runs.size());
        clock.pass(Duration.ofHours(-3));
        live(server, Duration.ofHours(12));
        assertEquals(1, runs.size());
        live(server, Duration.ofDays(1));
        assertEquals(2, runs.size());
    }

    @Test
    void a_clock_that_stood_years_ahead_does_not_keep_a_job_from_being_done() {
        begin();
        MaintenanceScheduler server = server("daily 03:00");
        clock.pass(Duration.ofDays(3_000));
        server.tick();
        clock.set(NOON.plus(Duration.ofHours(1)));
        live(server, Duration.ofDays(2));
        assertEquals(
                List.of(
                        NOON.plus(Duration.ofDays(3_000)),
                        NOON.plus(Duration.ofMinutes(90)),
                        Instant.parse("2026-03-29T03:00:00Z"),
                        Instant.parse("2026-03-30T03:00:00Z")),
                runs);
    }

    @Test
    void a_job_that_is_asked_for_is_done_at_once_and_its_night_still_comes() {
        begin();
        MaintenanceScheduler server = server("daily 03:00");
        assertTrue(server.ask("backup"));
        assertFalse(server.ask("tidy"));
        assertTrue(server.entries().get(0).isAsked());
        server.tick();
        assertEquals(List.of(NOON), runs);
        live(server, Duration.ofDays(1));
        assertEquals(2, runs.size());
    }

    @Test
    void a_job_that_is_off_is_done_only_when_it_is_asked_for() {
        begin();
        MaintenanceScheduler server = server("off");
        live(server, Duration.ofDays(100));
        assertEquals(List.of(), runs);
        server.ask("backup");
        server.tick();
        assertEquals(1, runs.size());
    }
}
