package dev.rocket.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.contract.SettableClock;
import dev.rocket.core.model.Job;
import dev.rocket.core.operation.Diagnose.Finding;
import dev.rocket.core.port.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchScaleTest {

    private static final Instant NOW = Instant.parse("2026-03-28T12:00:00Z");
    private static final Duration SHORT = Duration.ofMillis(1);

    private final SettableClock clock = new SettableClock(NOW);
    private final WriterLoad load = new WriterLoad(clock);
    private final Store store = new MemoryStore();

    /** Minutes in which so many commands a second were written, each second in one group. */
    private void write(int minutes, int perSecond, Duration commit) {
        for (int minute = 0; minute < minutes; minute++) {
            for (int second = 0; second < 60; second++) {
                load.group(perSecond, Duration.ZERO, commit);
            }
            for (int i = 0; i < perSecond; i++) {
                load.queued(SHORT);
            }
            clock.pass(Duration.ofMinutes(1));
        }
    }

    private WatchScale watch(double ceiling) {
        return new WatchScale(store, load, () -> Optional.of(() -> ceiling));
    }

    private Scale evaluated(double ceiling) throws Exception {
        return watch(ceiling).evaluate(() -> ceiling);
    }

    /** Does a chore as the scheduler would, so that the store knows of it. */
    private Outcome run(Chore chore) throws Exception {
        Job.Id id = Job.Id.of(chore.name());
        Optional<Job> job = store.read(snapshot -> snapshot.find(id));
        Lease lease = Lease.take(store, clock, chore.name(), job, "here").orElseThrow();
        Outcome outcome = chore.work().run(lease);
        Instant now = clock.instant();
        lease.end(
                new Job.Run("here", now, now, outcome.result(), outcome.detail()),
                Optional.empty());
        return outcome;
    }

    @Test
    void an_idle_store_is_calm_with_all_its_headroom() throws Exception {
        Scale scale = evaluated(5_000);
        assertEquals(Scale.Verdict.CALM, scale.verdict());
        assertEquals(1, scale.headroom());
        assertTrue(scale.print().startsWith("calm: headroom 100 %, peak 0 of 5000 commands/s"));
    }

    @Test
    void the_verdict_follows_the_part_of_the_ceiling_that_is_used() throws Exception {
        write(WriterLoad.HELD, 100, SHORT);
        assertEquals(Scale.Verdict.CALM, evaluated(201).verdict());
        assertEquals(Scale.Verdict.NEAR, evaluated(200).verdict());
        assertEquals(Scale.Verdict.NEAR, evaluated(126).verdict());
        assertEquals(Scale.Verdict.FIRED, evaluated(125).verdict());
        assertTrue(evaluated(125).print().endsWith("rocket migrate --to postgres://…"));
        assertEquals(0.2, evaluated(125).headroom(), 1e-9);
    }

    @Test
    void a_burst_that_is_shorter_than_the_holding_time_says_nothing() throws Exception {
        write(WriterLoad.HELD - 1, 1_000, SHORT);
        assertEquals(Scale.Verdict.CALM, evaluated(1_000).verdict());
        write(1, 1_000, SHORT);
        assertEquals(Scale.Verdict.FIRED, evaluated(1_000).verdict());
    }

    @Test
    void a_writer_that_is_busy_for_another_reason_fires_as_well() throws Exception {
        write(WriterLoad.HELD, 1, Duration.ofMillis(900));
        Scale scale = evaluated(1_000_000);
        assertEquals(Scale.Verdict.FIRED, scale.verdict());
        assertEquals(Duration.ofMillis(900), scale.peak().commit());
    }

    @Test
    void the_load_of_the_day_before_is_forgotten() throws Exception {
        write(WriterLoad.HELD, 1_000, SHORT);
        clock.pass(Duration.ofHours(23));
        assertEquals(Scale.Verdict.FIRED, evaluated(1_000).verdict());
        clock.pass(Duration.ofHours(2));
        assertEquals(Scale.Verdict.CALM, evaluated(1_000).verdict());
    }

    private static Job.Run run(int day, double peak, double dataMib) {
        Instant at = NOW.plus(Duration.ofDays(day));
        WriterLoad.Peak some = new WriterLoad.Peak(peak, 0, Duration.ZERO, Duration.ZERO);
        String line = new Scale(1_000, some, dataMib, 1_000, Optional.empty()).print();
        return new Job.Run("here", at, at, Job.Result.OK, line);
    }

    private static Optional<LocalDate> forecast(int days, double perDay, double mibPerDay) {
        return growth(days, perDay, mibPerDay).flatMap(Scale.Growth::reached);
    }

    private static Scale evaluatedAt(double peak) {
        WriterLoad.Peak some = new WriterLoad.Peak(peak, 0, Duration.ZERO, Duration.ZERO);
        return new Scale(1_000, some, 50, 1_000, Optional.empty());
    }

    private static Optional<Scale.Growth> growth(int days, double perDay, double mibPerDay) {
        List<Job.Run> runs = new ArrayList<>();
        for (int day = 0; day <= days; day++) {
            runs.add(0, run(day, 100 + perDay * day, 50 + mibPerDay * day));
        }
        WriterLoad.Peak peak =
                new WriterLoad.Peak(100 + perDay * days, 0, Duration.ZERO, Duration.ZERO);
        double data = 50 + mibPerDay * days;
        return ScaleHistory.growth(new Scale(1_000, peak, data, 1_000, Optional.empty()), runs);
    }

    @Test
    void growth_of_load_or_data_tells_when_the_limit_is_reached() {
        LocalDate start = LocalDate.of(2026, 3, 28);
        assertEquals(Optional.of(start.plusDays(70)), forecast(10, 10, 0));
        assertEquals(Optional.of(start.plusDays(110)), forecast(10, 0, 10));
        assertEquals(Optional.of(start.plusDays(70)), forecast(10, 10, 10));
    }

    @Test
    void no_forecast_is_made_of_a_few_days_or_without_growth() {
        assertEquals(Optional.empty(), forecast(6, 10, 10));
        assertEquals(Optional.empty(), forecast(30, 0, 0));
        assertEquals(Optional.empty(), forecast(30, -1, 0));
    }

    @Test
    void growth_is_told_by_the_day() {
        Scale now = evaluatedAt(10);
        String told = now.with(growth(10, 10, -0.5)).print();
        assertTrue(told.contains("growing by -0.5 MiB and 10.0 commands/s a day, "), told);
        assertTrue(told.endsWith("reached about 2026-06-06"), told);
        String young = now.with(growth(6, 10, 10)).print();
        assertTrue(young.endsWith("growth is known after a week"), young);
    }

    @Test
    void waits_and_commits_of_the_day_before_are_forgotten_as_well() throws Exception {
        write(1, 1, Duration.ofMillis(900));
        assertEquals(Duration.ofMillis(900), load.peak().commit());
        clock.pass(Duration.ofHours(23));
        write(2, 1, Duration.ofMillis(100));
        clock.pass(Duration.ofHours(2));
        assertEquals(Duration.ofMillis(100), load.peak().commit());
        assertEquals(Duration.ofNanos(SHORT.toNanos() / 60), load.peak().waited());
        clock.pass(Duration.ofHours(24));
        assertEquals(Duration.ZERO, load.peak().commit());
        assertEquals(Duration.ZERO, load.peak().waited());
    }

    @Test
    void its_line_is_the_detail_of_its_run() throws Exception {
        Outcome outcome = run(watch(5_000).chore(Timetable.OFF));
        assertEquals(Job.Result.OK, outcome.result());
        assertEquals(evaluated(5_000).print(), outcome.detail());
        assertTrue(Scale.parse("something else").isEmpty());
    }

    @Test
    void what_was_told_last_is_known_to_another_process() throws Exception {
        assertEquals(Optional.empty(), watch(125).newest());
        write(WriterLoad.HELD, 100, SHORT);
        run(watch(125).chore(Timetable.OFF));
        WatchScale other = new WatchScale(store, new WriterLoad(clock), () -> Optional.of(() -> 1));
        Scale.Earlier told = other.newest().orElseThrow();
        assertEquals(Scale.Verdict.FIRED, told.verdict());
        assertEquals(0.2, told.headroom(), 1e-9);
    }

    @Test
    void a_store_that_was_moved_to_another_engine_is_not_evaluated() throws Exception {
        List<WatchScale.Ceiling> here = new ArrayList<>(List.of(() -> 125));
        WatchScale watch = new WatchScale(store, load, () -> here.stream().findFirst());
        List<Chore> chores = List.of(watch.chore(Timetable.OFF), watch.report(Timetable.OFF));
        write(WriterLoad.HELD, 100, SHORT);
        for (Chore chore : chores) {
            assertEquals(Job.Result.OK, run(chore).result());
            assertTrue(chore.work().isNeeded());
        }
        assertTrue(watch.newest().isPresent());
        here.clear();
        for (Chore chore : chores) {
            assertFalse(chore.work().isNeeded());
            assertFalse(chore.work().isRecorded());
            assertEquals(Outcome.skipped("the store is not on SQLite"), run(chore));
        }
        assertEquals(Optional.empty(), watch.newest());
    }

    private Finding look() {
        return new ScaleHistory(store).look().get(0);
    }

    @Test
    void the_doctor_is_told_what_was_found_last_and_what_to_do() throws Exception {
        assertEquals(Finding.ok("scale", "not evaluated yet; rocket scale does it now"), look());
        write(WriterLoad.HELD, 100, SHORT);
        run(watch(1_000).chore(Timetable.OFF));
        assertEquals(Diagnose.Verdict.OK, look().verdict());
        assertTrue(look().evidence().startsWith("calm: headroom 90 %, "), look().evidence());
        run(watch(200).chore(Timetable.OFF));
        assertEquals(Diagnose.Verdict.WARNING, look().verdict());
        run(watch(125).chore(Timetable.OFF));
        assertEquals(Diagnose.Verdict.WARNING, look().verdict());
        assertTrue(look().evidence().startsWith("fired: headroom 20 %, "), look().evidence());
        assertTrue(look().evidence().endsWith(", on 2026-03-28"), look().evidence());
        assertEquals("rocket migrate --to postgres://…", look().remedy());
    }

    @Test
    void a_quarter_is_reported_with_its_worst_and_its_last_evaluation() throws Exception {
        Chore report = watch(1).report(Timetable.OFF);
        assertEquals(Job.Result.SKIPPED, run(report).result());
        write(WriterLoad.HELD, 100, SHORT);
        run(watch(200).chore(Timetable.OFF));
        clock.pass(Duration.ofHours(30));
        run(watch(200).chore(Timetable.OFF));
        String told = run(report).detail();
        assertTrue(
                told.startsWith(
                        "near: headroom 50 % on 2026-03-28 at the worst of 2 evaluations since"
                                + " 2026-03-28; the last: calm: headroom 100 %, peak 0 of 200"),
                told);
        assertTrue(Scale.Verdict.warns(told));
    }
}
