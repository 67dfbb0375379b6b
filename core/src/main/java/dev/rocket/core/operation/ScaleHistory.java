package dev.rocket.core.operation;

import dev.rocket.core.model.Job;
import dev.rocket.core.operation.Diagnose.Finding;
import dev.rocket.core.port.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The evaluations of {@link WatchScale} that a store holds.
 *
 * <p>They go back as far as its feed does.
 *
 * @param store they are read from, each time that something is asked
 */
public record ScaleHistory(Store store) {

    /** Runs that are looked at for what was told last. */
    private static final int NEWEST = 10;

    /** Runs that a forecast and a report look at: a quarter of days. */
    private static final int LOOKED_AT = 92;

    /** No growth is told from less. */
    private static final Duration LEAST = Duration.ofDays(7);

    /** Later than that, nobody can tell. */
    private static final long FURTHEST_DAYS = 3_650;

    private static final String CHECK = "scale";

    /** An evaluation. */
    private record Point(Job.Run run, Scale.Earlier told) {

        static Stream<Point> of(Job.Run run) {
            return Scale.parse(run.detail()).map(told -> new Point(run, told)).stream();
        }

        double day() {
            return Duration.between(Instant.EPOCH, run.ended()).toSeconds() / 86_400.0;
        }

        LocalDate date() {
            return LocalDate.ofInstant(run.ended(), ZoneOffset.UTC);
        }
    }

    private List<Point> points(int limit) {
        return points(new JobBook(store).runs(WatchScale.JOB, limit));
    }

    private static List<Point> points(List<Job.Run> runs) {
        return runs.stream().flatMap(Point::of).toList();
    }

    /** What was told last; empty when nothing was. */
    Optional<Scale.Earlier> newest() {
        return points(NEWEST).stream().findFirst().map(Point::told);
    }

    /** What {@link Diagnose} is told: how near the limit was when it was looked at last. */
    public List<Finding> look() {
        Optional<Point> newest = points(NEWEST).stream().findFirst();
        if (newest.isEmpty()) {
            return List.of(Finding.ok(CHECK, "not evaluated yet; rocket scale does it now"));
        }
        String line = newest.get().run().detail();
        String what = line.replace(Scale.ADVICE, "") + ", on " + newest.get().date();
        return List.of(
                Scale.Verdict.warns(line)
                        ? Finding.warning(CHECK, what, Scale.REMEDY)
                        : Finding.ok(CHECK, what));
    }

    /** The worst of a quarter's evaluations, and the last one. */
    Outcome report() {
        List<Point> points = points(LOOKED_AT);
        if (points.isEmpty()) {
            return Outcome.skipped("nothing was evaluated; rocket scale does it now");
        }
        Point worst =
                points.stream()
                        .min(Comparator.comparingDouble(point -> point.told().headroom()))
                        .orElseThrow();
        return Outcome.done(
                String.format(
                        Locale.ROOT,
                        "%s: headroom %.0f %% on %s at the worst of %d evaluations since %s;"
                                + " the last: %s",
                        worst.told().verdict().word(),
                        100 * worst.told().headroom(),
                        worst.date(),
                        points.size(),
                        points.getLast().date(),
                        points.getFirst().run().detail()));
    }

    /** How load and data grow towards what is now; empty when too little is known. */
    Optional<Scale.Growth> growth(Scale now) {
        return growth(now, new JobBook(store).runs(WatchScale.JOB, LOOKED_AT));
    }

    /** The same from some runs, and when load or disk is at its limit, whichever comes first. */
    static Optional<Scale.Growth> growth(Scale now, List<Job.Run> runs) {
        List<Point> points = points(runs);
        double first = points.stream().mapToDouble(Point::day).min().orElse(0);
        double last = points.stream().mapToDouble(Point::day).max().orElse(0);
        if (last - first < LEAST.toDays()) {
            return Optional.empty();
        }
        Line load = Line.through(points, point -> point.told().peak());
        Line data = Line.through(points, point -> point.told().dataMib());
        double soonest =
                Math.min(
                        load.reaches(Scale.FIRED * now.ceiling()),
                        data.reaches(now.dataMib() + now.freeMib()));
        Optional<LocalDate> reached =
                soonest - last > FURTHEST_DAYS
                        ? Optional.empty()
                        : Optional.of(LocalDate.ofEpochDay((long) Math.max(last, soonest)));
        return Optional.of(new Scale.Growth(load.slope(), data.slope(), reached));
    }

    /**
     * The straight line that comes nearest to some points.
     *
     * @param day in the middle of them
     * @param value on that day
     * @param slope what it rises by each day
     */
    private record Line(double day, double value, double slope) {

        static Line through(List<Point> points, ToDoubleFunction<Point> value) {
            double day = points.stream().mapToDouble(Point::day).average().orElse(0);
            double mean = points.stream().mapToDouble(value).average().orElse(0);
            double rise = 0;
            double spread = 0;
            for (Point point : points) {
                rise += (point.day() - day) * (value.applyAsDouble(point) - mean);
                spread += (point.day() - day) * (point.day() - day);
            }
            return new Line(day, mean, rise / spread);
        }

        /** The day on which it comes to a limit; never when it does not rise. */
        double reaches(double limit) {
            return slope > 0 ? day + (limit - value) / slope : Double.POSITIVE_INFINITY;
        }
    }
}
