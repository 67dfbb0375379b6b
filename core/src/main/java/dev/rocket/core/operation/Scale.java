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
 * @param growth as the evaluations before tell it; empty while they are too few
 */
public record Scale(
        double ceiling,
        WriterLoad.Peak peak,
        double dataMib,
        double freeMib,
        Optional<Growth> growth) {

    /** Used part of the ceiling from which one should prepare to move. */
    static final double NEAR = 0.5;

    /** Used part of the ceiling at which the trigger fires. */
    static final double FIRED = 0.8;

    /** What to do when it is time. */
    static final String REMEDY = "rocket migrate --to postgres://…";

    /** How a line ends then. */
    static final String ADVICE = "; move with: " + REMEDY;

    private static final Pattern FIGURES =
            Pattern.compile(
                    "(calm|near|fired): headroom (\\d+) %, peak (\\d+) of \\d+ commands/s.*"
                            + " data ([\\d.]+) MiB.*");

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

        /** The word that lines begin with. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether a line begins with a verdict that somebody should see. */
        public static boolean warns(String line) {
            return line.startsWith(NEAR.word() + ":") || line.startsWith(FIRED.word() + ":");
        }

        /** What stands for it among figures; rises with the need. */
        public int figure() {
            return figure;
        }
    }

    /**
     * How load and data grow.
     *
     * @param perSecond commands a second that the peak rises by, each day
     * @param mib that the data grows by, each day
     * @param reached when the trigger will be reached if it goes on like this; empty when that is
     *     not in sight
     */
    public record Growth(double perSecond, double mib, Optional<LocalDate> reached) {

        private String print() {
            return String.format(
                    Locale.ROOT,
                    "growing by %.1f MiB and %.1f commands/s a day, %s",
                    mib,
                    perSecond,
                    reached.map(day -> "reached about " + day).orElse("no limit in sight"));
        }
    }

    /**
     * What the line of an earlier evaluation tells.
     *
     * @param headroom 0 to 1
     * @param peak commands a second
     */
    public record Earlier(Verdict verdict, double headroom, double peak, double dataMib) {}

    /** The same with what is known of its growth. */
    Scale with(Optional<Growth> known) {
        return new Scale(ceiling, peak, dataMib, freeMib, known);
    }

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
                        verdict().word(),
                        Math.round(100 * headroom()),
                        Math.round(peak.perSecond()),
                        Math.round(ceiling),
                        Math.round(100 * peak.busy()),
                        peak.waited().toNanos() / 1e6,
                        peak.commit().toNanos() / 1e6,
                        dataMib,
                        freeMib,
                        growth.map(Growth::print).orElse("growth is known after a week"));
        return verdict() == Verdict.CALM ? line : line + ADVICE;
    }

    /** The figures in a line that {@link #print} wrote; empty when it is none. */
    static Optional<Earlier> parse(String line) {
        Matcher figures = FIGURES.matcher(line);
        return figures.matches()
                ? Optional.of(
                        new Earlier(
                                Verdict.valueOf(figures.group(1).toUpperCase(Locale.ROOT)),
                                Double.parseDouble(figures.group(2)) / 100,
                                Double.parseDouble(figures.group(3)),
                                Double.parseDouble(figures.group(4))))
                : Optional.empty();
    }
}
