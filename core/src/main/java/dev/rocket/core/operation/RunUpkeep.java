package dev.rocket.core.operation;

import dev.rocket.core.port.Probe;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.Upkeep;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Housekeeping of a store, in small steps and quiet moments.
 *
 * <p>Old changes are forgotten where that is wished, unused space is given back, the engine's
 * statistics are refreshed and the log is merged. A step is done only while few commands wait; when
 * many wait for longer than {@link #PATIENCE} altogether, the rest is left for another time.
 */
public final class RunUpkeep {

    /** How long quiet moments are waited for, in one run. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Between two steps, so that writers are never behind two of them. */
    private static final Duration BREATH = Duration.ofMillis(20);

    private static final double MIB = 1 << 20;

    private final Store store;
    private final Pause pause;
    private final Optional<CompactFeed> compacted;

    /** Lets time pass. */
    @FunctionalInterface
    public interface Pause {

        /**
         * Waits.
         *
         * @throws InterruptedException when the waiting thread is interrupted
         */
        void rest(Duration time) throws InterruptedException;
    }

    /** Keeps a store in order. */
    public RunUpkeep(Store store, Pause pause) {
        this(store, pause, Optional.empty());
    }

    private RunUpkeep(Store store, Pause pause, Optional<CompactFeed> compacted) {
        this.store = store;
        this.pause = pause;
        this.compacted = compacted;
    }

    /** The same, which also forgets old changes. */
    public RunUpkeep compacting(CompactFeed feed) {
        return new RunUpkeep(store, pause, Optional.of(feed));
    }

    /** The chore. */
    public Chore chore(Timetable timetable) {
        String about = "gives unused space back and refreshes statistics";
        return new Chore("upkeep", about, timetable, this::run);
    }

    /** Does all that fits into quiet moments. */
    Outcome run(Lease lease) throws IOException, InterruptedException {
        Upkeep upkeep = store.upkeep();
        Upkeep.Sizes before = upkeep.sizes();
        QuietMoments quiet = new QuietMoments(store, pause, PATIENCE, lease);
        String forgotten = compacted.isPresent() ? forget(compacted.get(), lease, quiet) : "";
        int steps = 0;
        boolean more = true;
        while (more && quiet.await()) {
            more = upkeep.giveBack(steps);
            steps++;
            pause.rest(BREATH);
        }
        boolean refreshed = !more && quiet.await();
        if (refreshed) {
            upkeep.refresh();
        }
        upkeep.merge();
        String told = told(before, upkeep.sizes(), steps) + forgotten;
        if (steps == 0) {
            return Outcome.skipped("never quiet for " + PATIENCE.toMinutes() + " min; " + told);
        }
        return Outcome.done(
                told + (refreshed ? ", statistics refreshed" : "; never quiet for the rest"));
    }

    private String forget(CompactFeed feed, Lease lease, QuietMoments quiet)
            throws IOException, InterruptedException {
        CompactFeed.Pass pass = feed.pass();
        boolean more = true;
        while (more && quiet.await()) {
            more = pass.step(lease);
            pause.rest(BREATH);
        }
        return ", " + pass.forgotten() + " old changes forgotten";
    }

    private static String told(Upkeep.Sizes before, Upkeep.Sizes after, int steps) {
        String unused =
                after.unused() == Probe.Reading.UNTOLD
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                ", unused %.1f to %.1f MiB",
                                before.unused() / MIB,
                                after.unused() / MIB);
        return String.format(
                Locale.ROOT,
                "data %.1f to %.1f MiB%s, in %d steps",
                before.data() / MIB,
                after.data() / MIB,
                unused,
                steps);
    }
}
