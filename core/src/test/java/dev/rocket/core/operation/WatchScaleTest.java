package dev.rocket.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.contract.SettableClock;
import dev.rocket.core.model.Job;
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

    private Scale evaluated(double ceiling) throws Exception {
        return new WatchScale(store, load, () -> ceiling).evaluate();
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
        List<Job.Run> runs = new ArrayList<>();
        for (int day = 0; day <= days; day++) {
            runs.add(0, run(day, 100 + perDay * day, 50 + mibPerDay * day));
        }
        WriterLoad.Peak peak =
                new WriterLoad.Peak(100 + perDay * days, 0, Duration.ZERO, Duration.ZERO);
        double data = 50 + mibPerDay * days;
        return WatchScale.reached(new Scale(1_000, peak, data, 1_000, Optional.empty()), runs);
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
    void its_line_is_the_detail_of_its_run() throws Exception {
        WatchScale watch = new WatchScale(store, load, () -> 5_000);
        Lease lease = Lease.take(store, clock, "scale", Optional.empty(), "here").orElseThrow();
        Outcome outcome = watch.chore(Timetable.OFF).work().run(lease);
        assertEquals(Job.Result.OK, outcome.result());
        assertEquals(watch.newest().orElseThrow().print(), outcome.detail());
        assertTrue(Scale.parse(outcome.detail()).isPresent());
        assertTrue(Scale.parse("something else").isEmpty());
    }
}
