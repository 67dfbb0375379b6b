package dev.rocket.core.operation;

import dev.rocket.core.model.Job;
import dev.rocket.core.port.Probe;
import dev.rocket.core.port.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Tells whether the store's engine still suffices on this host.
 *
 * <p>Each evaluation measures the ceiling anew, in a bounded time, and compares it with the load of
 * the last day. Its line is the detail of its run, so the runs are the history that the forecast is
 * drawn from.
 */
public final class WatchScale {

    /** The name of its job. */
    public static final String JOB = "scale";

    /** Runs that a forecast looks at. */
    private static final int LOOKED_AT = 90;

    /** No forecast is made from less. */
    private static final Duration LEAST = Duration.ofDays(7);

    /** Later than that, nobody can tell. */
    private static final long FURTHEST_DAYS = 3_650;

    private static final double MIB = 1 << 20;

    private final Store store;
    private final WriterLoad load;
    private final Ceiling ceiling;
    private volatile Optional<Scale> newest = Optional.empty();

    /** Measures what this host can do. */
    @FunctionalInterface
    public interface Ceiling {

        /**
         * Durable commands a second, measured in a bounded time.
         *
         * @throws Exception when it cannot be measured
         */
        double measure() throws Exception;
    }

    private record Point(double day, Scale.Earlier figures) {}

    /** Watches the writer of a store. */
    public WatchScale(Store store, WriterLoad load, Ceiling ceiling) {
        this.store = store;
        this.load = load;
        this.ceiling = ceiling;
    }

    /** The chore. */
    public Chore chore(Timetable timetable) {
        String about = "measures this host and says whether the engine suffices";
        return new Chore(JOB, about, timetable, lease -> Outcome.done(evaluate().print()));
    }

    /** What the last evaluation of this process came to. */
    public Optional<Scale> newest() {
        return newest;
    }

    /**
     * Evaluates now.
     *
     * @throws Exception when the ceiling cannot be measured
     */
    Scale evaluate() throws Exception {
        double measured = ceiling.measure();
        Probe.Reading reading = store.probe().reading();
        Scale now =
                new Scale(
                        measured,
                        load.peak(),
                        reading.dataBytes() / MIB,
                        reading.freeBytes() / MIB,
                        Optional.empty());
        Scale told =
                new Scale(measured, now.peak(), now.dataMib(), now.freeMib(), reached(now, runs()));
        newest = Optional.of(told);
        return told;
    }

    private List<Job.Run> runs() {
        return new JobBook(store).runs(JOB, LOOKED_AT);
    }

    /** When load or disk will be at their limit, whichever comes first. */
    static Optional<LocalDate> reached(Scale now, List<Job.Run> runs) {
        List<Point> points = new ArrayList<>();
        for (Job.Run run : runs) {
            Scale.parse(run.detail()).ifPresent(some -> points.add(new Point(day(run), some)));
        }
        double first = points.stream().mapToDouble(Point::day).min().orElse(0);
        double last = points.stream().mapToDouble(Point::day).max().orElse(0);
        if (last - first < LEAST.toDays()) {
            return Optional.empty();
        }
        double load = day(points, last, Scale.FIRED * now.ceiling(), p -> p.figures().peak());
        double disk = now.dataMib() + now.freeMib();
        double full = day(points, last, disk, p -> p.figures().dataMib());
        double soonest = Math.min(load, full);
        return soonest - last > FURTHEST_DAYS
                ? Optional.empty()
                : Optional.of(LocalDate.ofEpochDay((long) Math.max(last, soonest)));
    }

    private static double day(Job.Run run) {
        return Duration.between(Instant.EPOCH, run.ended()).toSeconds() / 86_400.0;
    }

    /** The day at which the straight line through the points reaches a limit. */
    private static double day(
            List<Point> points, double last, double limit, ToDoubleFunction<Point> value) {
        double meanDay = points.stream().mapToDouble(Point::day).average().orElse(last);
        double mean = points.stream().mapToDouble(value).average().orElse(0);
        double rise = 0;
        double spread = 0;
        for (Point point : points) {
            rise += (point.day() - meanDay) * (value.applyAsDouble(point) - mean);
            spread += (point.day() - meanDay) * (point.day() - meanDay);
        }
        double slope = rise / spread;
        return slope > 0 ? meanDay + (limit - mean) / slope : Double.POSITIVE_INFINITY;
    }
}
