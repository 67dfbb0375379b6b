package dev.rocket.bootstrap.wiring;

import dev.rocket.core.model.Job;
import dev.rocket.core.operation.Chore;
import dev.rocket.core.operation.MaintenanceScheduler;
import dev.rocket.core.operation.Scale;
import dev.rocket.core.operation.Timetable;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;

/** The maintenance of a store, by this machine's clock and zone. */
final class Maintenance {

    private static final System.Logger LOG = System.getLogger("dev.rocket.maintenance");
    private static final Path HOST = Path.of("/proc/sys/kernel/hostname");

    private Maintenance() {}

    /**
     * What maintenance goes by.
     *
     * @param meter hears of runs
     * @param clock says what is due
     * @param servers how many have the store open; 0 when that cannot be told
     */
    record Watch(Meter meter, InstantSource clock, IntSupplier servers) {}

    /**
     * Schedules chores.
     *
     * @param isByItself whether they are done when they are appointed, not only when asked for
     * @param watch what it goes by
     */
    static MaintenanceScheduler of(
            Store store, List<Chore> chores, boolean isByItself, Watch watch) {
        List<Chore> appointed =
                isByItself
                        ? chores
                        : chores.stream().map(chore -> chore.at(Timetable.OFF)).toList();
        return new MaintenanceScheduler(store, place(watch), appointed, Maintenance::tell);
    }

    /** This server, as others see it. */
    static MaintenanceScheduler.Place place(Watch watch) {
        return new MaintenanceScheduler.Place(
                watch.clock(),
                ZoneId.systemDefault(),
                holder(),
                watch.meter(),
                () -> watch.servers().getAsInt() == 1);
    }

    private static void tell(MaintenanceScheduler.Report report) {
        Job.Run run = report.run();
        Duration took = Duration.between(run.started(), run.ended());
        String line =
                String.format(
                        Locale.ROOT,
                        "%s %s after %.1f s: %s",
                        report.job(),
                        run.result().wire(),
                        took.toMillis() / 1000.0,
                        run.detail());
        boolean warns =
                run.result() == Job.Result.FAILED
                        || report.why().isPresent()
                        || Scale.Verdict.warns(run.detail());
        System.Logger.Level level = warns ? System.Logger.Level.WARNING : System.Logger.Level.INFO;
        report.why().ifPresentOrElse(why -> LOG.log(level, line, why), () -> LOG.log(level, line));
    }

    /** This process, as told to people: host and number. */
    private static String holder() {
        return host() + "/" + ProcessHandle.current().pid();
    }

    /** This machine, as told to people. */
    static String host() {
        String host;
        try {
            host = Files.isReadable(HOST) ? Files.readString(HOST).strip() : "";
        } catch (IOException e) {
            host = "";
        }
        return host.isEmpty() ? "server" : host;
    }
}
