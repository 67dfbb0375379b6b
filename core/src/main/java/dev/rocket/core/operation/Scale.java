package dev.rocket.core.operation;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a store on one file still suffices.
 *
 * <p>It is printed as one line, which is kept as the detail of a run; the figures in it are read
 * again to see how they grow.
 *
 * @param ceiling durable commands a second that this host was measured to do
 * @param peak of the load of the last day
 * @param dataMib size of the data
 * @param freeMib space left on its volume
 * @param reached when the trigger will be reached if it goes on like this
 */
public record Scale(
        double ceiling,
        WriterLoad.Peak peak,
        double dataMib,
        double freeMib,
        Optional<LocalDate> reached) {

    /** Used part of the ceiling from which one should prepare to move. */
    static final double NEAR = 0.5;

    /** Used part of the ceiling at which the trigger fires. */
    static final double FIRED = 0.8;

    private static final Pattern FIGURES =
            Pattern.compile(".*peak (\\d+) of (\\d+) commands/s.* data ([\\d.]+) MiB.*");

    /** How near the limit is. */
    public enum Verdict {
        /** There is room. */
        CALM(0),
        /** It is time to prepare. */
        NEAR(1),
        /** It is time to move. */
        FIRED(2);

        private final int figure;

        Verdict(int figure) {
            this.figure = figure;
        }

        /** What stands for it among figures; rises with the need. */
        public int figure() {
            return figure;
        }
    }

    /** Figures of an earlier evaluation that growth is told by. */
    record Earlier(double peak, double dataMib) {}

    /** The used part, by the load or by the writer's time, whichever is more. */
    double used() {
        double load = ceiling > 0 ? peak.perSecond() / ceiling : 0;
        return Math.max(load, peak.busy());
    }

    /** What is left of the ceiling, 0 to 1. */
    public double headroom() {
        return Math.max(0, 1 - used());
    }

    /** How near the limit is. */
    public Verdict verdict() {
        double used = used();
        return used >= FIRED ? Verdict.FIRED : used >= NEAR ? Verdict.NEAR : Verdict.CALM;
    }

    /** One line for people, with what to do when it is time. */
    public String print() {
        String line =
                String.format(
                        Locale.ROOT,
                        "%s: headroom %d %%, peak %d of %d commands/s, writer busy %d %%,"
                                + " wait %.1f ms, commit %.1f ms, data %.1f MiB, free %.0f MiB, %s",
                        verdict().name().toLowerCase(Locale.ROOT),
                        Math.round(100 * headroom()),
                        Math.round(peak.perSecond()),
                        Math.round(ceiling),
                        Math.round(100 * peak.busy()),
                        peak.waited().toNanos() / 1e6,
                        peak.commit().toNanos() / 1e6,
                        dataMib,
                        freeMib,
                        reached.map(day -> "reached about " + day).orElse("no limit in sight"));
        return verdict() == Verdict.CALM
                ? line
                : line + "; move with: rocket migrate --to postgres://…";
    }

    /** The figures in a line that {@link #print} wrote; empty when it is none. */
    static Optional<Earlier> parse(String line) {
        Matcher figures = FIGURES.matcher(line);
        return figures.matches()
                ? Optional.of(
                        new Earlier(
                                Double.parseDouble(figures.group(1)),
                                Double.parseDouble(figures.group(3))))
                : Optional.empty();
    }
}
