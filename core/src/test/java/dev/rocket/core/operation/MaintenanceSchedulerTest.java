package dev.rocket.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.contract.SettableClock;
import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Job;
import dev.rocket.core.model.Label;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MaintenanceSchedulerTest {

    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Instant NOON = Instant.parse("2026-03-28T12:00:00Z");

    private final Store store = new MemoryStore();
    private final SettableClock clock = new SettableClock(NOON);
    private final List<Instant> runs = new ArrayList<>();
    private final List<MaintenanceScheduler.Report> reports = new ArrayList<>();
    private final List<String> succeeded = new ArrayList<>();
    private final List<String> maintained = new ArrayList<>();
    private Chore.Work work = lease -> Outcome.done("well");

    private MaintenanceScheduler server(ZoneId zone, Chore... chores) {
        Meter meter =
                new Meter() {
                    @Override
                    public void maintained(String job, Job.Run run) {
                        maintained.add(job + " " + run.result().wire());
                    }

                    @Override
                    public void succeeded(String job, Instant at) {
                        succeeded.add(job + " " + at);
                    }
                };
        MaintenanceScheduler.Place place =
                new MaintenanceScheduler.Place(clock, zone, "here", meter);
        return new MaintenanceScheduler(store, place, List.of(chores), reports::add);
    }

    private MaintenanceScheduler server(String timetable) {
        return server(UTC, chore(timetable));
    }

    private Chore chore(String timetable) {
        return new Chore(
                "backup",
                "Tests.",
                Timetable.parse(timetable),
                lease -> {
                    runs.add(clock.instant());
                    return work.run(lease);
                });
    }

    private void begin() {
        UUID id = new UUID(1, store.head().value());
        Label label = Label.named(new Label.Id(id), "l" + store.head().value(), NOON);
        Change born = Change.draft(Actor.system("test"), "test", clock.instant(), label);
        store.write(tx -> tx.apply(born));
    }

    private void crashHoldingIt() {
        assertTrue(Lease.take(store, clock, "backup", Optional.empty(), "crashed").isPresent());
    }

    private Job job() {
        return store.<Optional<Job>>read(s -> s.find(Job.Id.of("backup"))).orElseThrow();
    }

    private static List<Instant> instants(String... texts) {
        return List.of(texts).stream().map(Instant::parse).toList();
    }

    /** Ticks as a clockwork does, every half hour here. */
    private void live(MaintenanceScheduler server, Duration time) {
        Instant end = clock.instant().plus(time);
        while (clock.instant().isBefore(end)) {
            clock.pass(Duration.ofMinutes(30));
            server.tick();
        }
    }

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
