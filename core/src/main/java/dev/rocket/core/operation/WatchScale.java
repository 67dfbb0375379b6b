package dev.rocket.core.operation;

import dev.rocket.core.port.Probe;
import dev.rocket.core.port.Store;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells whether the store's engine still suffices on this host.
 *
 * <p>Each evaluation measures the ceiling anew, in a bounded time, and compares it with the load of
 * the last day. Its line is the detail of its run, so the runs are its history ({@link
 * ScaleHistory}). A store on an engine whose ceiling is not measured, where it may have been moved
 * meanwhile, is not evaluated.
 */
public final class WatchScale {

    /** The name of its job. */
    public static final String JOB = "scale";

    private static final double MIB = 1 << 20;

    private final Store store;
    private final WriterLoad load;
    private final Supplier<Optional<Ceiling>> ceiling;
    private final ScaleHistory history;

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

    /** What is done where a ceiling is measured. */
    @FunctionalInterface
    private interface Measured {

        Outcome run(Ceiling ceiling) throws Exception;
    }

    /**
     * Watches the writer of a store.
     *
     * @param ceiling of the engine that the store is on now; empty where none is measured
     */
    public WatchScale(Store store, WriterLoad load, Supplier<Optional<Ceiling>> ceiling) {
        this.store = store;
        this.load = load;
        this.ceiling = ceiling;
        this.history = new ScaleHistory(store);
    }

    /** The chore that evaluates. */
    public Chore chore(Timetable timetable) {
        String about = "measures this host and says whether SQLite suffices";
        return new Chore(JOB, about, timetable, work(some -> Outcome.done(evaluate(some).print())));
    }

    /** The chore that sums up what was evaluated in a quarter. */
    public Chore report(Timetable timetable) {
        String about = "sums up whether SQLite sufficed in the quarter";
        return new Chore("scale-report", about, timetable, work(some -> history.report()));
    }

    private Chore.Work work(Measured measured) {
        return new Chore.Work() {
            @Override
            public boolean isNeeded() {
                return ceiling.get().isPresent();
            }

            @Override
            public boolean isRecorded() {
                return isNeeded();
            }

            @Override
            public Outcome run(Lease lease) throws Exception {
                Optional<Ceiling> some = ceiling.get();
                return some.isPresent()
                        ? measured.run(some.get())
                        : Outcome.skipped("the store is not on SQLite");
            }
        };
    }

    /** What was told last, on whichever server; empty when that was of another engine. */
    public Optional<Scale.Earlier> newest() {
        return ceiling.get().flatMap(some -> history.newest());
    }

    /**
     * Evaluates now.
     *
     * @throws Exception when the ceiling cannot be measured
     */
    Scale evaluate(Ceiling some) throws Exception {
        double measured = some.measure();
        Probe.Reading reading = store.probe().reading();
        Scale now =
                new Scale(
                        measured,
                        load.peak(),
                        reading.dataBytes() / MIB,
                        reading.freeBytes() / MIB,
                        Optional.empty());
        return now.with(history.growth(now));
    }
}
