package dev.rocket.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MaintenanceSchedulerTest extends ServerLife {

    @Test
    void a_lease_from_years_ahead_is_taken_over_when_nobody_renews_it() {
        begin();
        clock.pass(Duration.ofDays(3_000));
        crashHoldingIt();
        clock.set(NOON);
        MaintenanceScheduler server = server("daily 03:00");
        server.tick();
        clock.pass(Lease.LENGTH.minusSeconds(1));
        server.tick();
        assertEquals(List.of(), runs);
        clock.pass(Duration.ofMinutes(2));
        server.tick();
        assertEquals(1, runs.size());
    }

    @Test
    void who_is_alone_and_asked_does_at_once_what_a_dead_server_held() {
        crashHoldingIt();
        MaintenanceScheduler server = server("off");
        server.ask("backup");
        server.tick();
        assertEquals(List.of(), runs);
        alone = true;
        server.tick();
        assertEquals(List.of(NOON), runs);
    }

    @Test
    void a_failed_run_is_tried_again_later_each_time_and_reported() {
        begin();
        work =
                lease -> {
                    throw new IOException("the disk is full");
                };
        clock.pass(Duration.ofDays(1));
        MaintenanceScheduler server = server("daily 03:00");
        Instant start = clock.instant();
        for (int minute = 0; minute < 300; minute++) {
            server.tick();
            clock.pass(Duration.ofMinutes(1));
        }
        List<Long> minutes =
                runs.stream().map(at -> Duration.between(start, at).toMinutes()).toList();
        assertEquals(List.of(0L, 1L, 3L, 7L, 15L, 31L, 63L, 123L, 183L, 243L), minutes);
        assertEquals(10, job().failures());
        assertEquals("IOException: the disk is full", job().last().orElseThrow().detail());
        assertEquals(10, reports.size());
        work = lease -> Outcome.done("well");
        clock.pass(Duration.ofHours(1));
        server.tick();
        assertEquals(0, job().failures());
        server.tick();
        assertEquals(11, runs.size());
    }

    @Test
    void a_job_that_ends_its_process_counts_as_failed_and_is_not_begun_at_once() {
        begin();
        clock.pass(Duration.ofDays(1));
        crashHoldingIt();
        clock.pass(Lease.LENGTH);
        MaintenanceScheduler server = server("daily 03:00");
        server.tick();
        assertEquals(List.of(), runs);
        work = lease -> Outcome.failed("again");
        clock.pass(Duration.ofMinutes(1));
        server.tick();
        assertEquals(1, runs.size());
        assertEquals(2, job().failures());
    }

    @Test
    void a_job_that_is_not_needed_leaves_the_store_as_it_is() {
        begin();
        boolean[] needed = {false};
        int[] looks = {0};
        Chore.Work lazy =
                new Chore.Work() {
                    @Override
                    public Outcome run(Lease lease) {
                        runs.add(clock.instant());
                        return Outcome.done("well");
                    }

                    @Override
                    public boolean isNeeded() {
                        looks[0]++;
                        return needed[0];
                    }
                };
        Chore chore = new Chore("tidy", "Tests.", Timetable.parse("every 1h"), lazy);
        MaintenanceScheduler server = server(UTC, chore);
        live(server, Duration.ofHours(24));
        assertEquals(24, looks[0]);
        assertEquals(1, store.head().value());
        needed[0] = true;
        live(server, Duration.ofHours(1));
        assertEquals(1, runs.size());
    }

    private Duration overdue(MaintenanceScheduler server) {
        return server.entries().getFirst().overdue();
    }

    @Test
    void a_job_is_overdue_from_its_first_missed_time_until_it_was_done() {
        begin();
        MaintenanceScheduler server = server("quarterly 05:30");
        assertEquals(Duration.ZERO, overdue(server));
        clock.set(Instant.parse("2026-04-01T06:30:00Z"));
        assertEquals(Duration.ofHours(1), overdue(server));
        work = lease -> Outcome.failed("planted by the test");
        server.tick();
        assertEquals(1, job().failures());
        clock.pass(Duration.ofDays(100));
        assertEquals(Duration.ofDays(100).plusHours(1), overdue(server));
        work = lease -> Outcome.done("well");
        server.tick();
        assertEquals(Duration.ZERO, overdue(server));
        assertEquals(2, runs.size());
    }

    @Test
    void a_job_that_is_appointed_for_no_time_or_leaves_no_record_is_never_overdue() {
        begin();
        Chore forget = new ForgetReceipts(store, clock, clock::pass).chore();
        clock.pass(Duration.ofDays(30));
        assertEquals(Duration.ZERO, overdue(server(UTC, forget)));
        assertEquals(Duration.ZERO, overdue(server("off")));
    }

    @Test
    void a_server_that_stops_gives_its_job_back_for_the_next_start() {
        begin();
        clock.pass(Duration.ofDays(1));
        MaintenanceScheduler server = server("daily 03:00");
        work =
                lease -> {
                    server.stop();
                    lease.checkpoint();
                    throw new AssertionError("it went on");
                };
        server.tick();
        assertEquals(Optional.empty(), job().lease());
        assertEquals(Optional.empty(), job().last());
        server.tick();
        assertEquals(1, runs.size());
        work = lease -> Outcome.done("well");
        server("daily 03:00").tick();
        assertEquals(2, runs.size());
    }

    @Test
    void one_job_that_cannot_be_begun_does_not_hold_up_the_others() {
        begin();
        clock.pass(Duration.ofDays(1));
        Chore.Work broken =
                new Chore.Work() {
                    @Override
                    public Outcome run(Lease lease) {
                        throw new AssertionError("it is not needed");
                    }

                    @Override
                    public boolean isNeeded() {
                        throw new IllegalStateException("planted by the test");
                    }
                };
        Chore first = new Chore("broken", "Tests.", Timetable.parse("every 1m"), broken);
        MaintenanceScheduler server = server(UTC, first, chore("daily 03:00"));
        assertThrows(IllegalStateException.class, server::tick);
        assertEquals(1, runs.size());
    }

    @Test
    void two_chores_of_one_name_are_refused() {
        Chore chore = chore("off");
        assertThrows(IllegalArgumentException.class, () -> server(UTC, chore, chore));
    }
}
