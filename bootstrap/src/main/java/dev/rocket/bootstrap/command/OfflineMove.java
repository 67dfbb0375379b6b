package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.wiring.ConfigException;
import dev.rocket.bootstrap.wiring.StorePlace;
import dev.rocket.bootstrap.wiring.Wiring;
import dev.rocket.core.operation.CompareStores;
import dev.rocket.core.operation.CopyStore;
import dev.rocket.core.operation.ForgetReceipts;
import dev.rocket.core.operation.MigrateStore;
import dev.rocket.core.port.Custody;
import dev.rocket.core.port.Loader;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Probe;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/**
 * The move of a store that no server has.
 *
 * <p>The target is marked as arriving before anything is copied, and the source as moved once both
 * agree; so after a crash a server starts on one of them alone.
 */
final class OfflineMove {

    private final StoreFile source;
    private final StoreFile target;
    private final StorePlace arrival;
    private final PrintWriter out;
    private final PrintWriter err;

    OfflineMove(StoreFile source, StoreFile target, CommandLine line) throws IOException {
        if (source.isSame(target)) {
            throw new ConfigException(List.of("--to names the store itself; name another place."));
        }
        this.source = source;
        this.target = target;
        this.arrival = new StorePlace(target.config(), Meter.NONE);
        this.out = line.getOut();
        this.err = line.getErr();
    }

    /** Looks, and copies nothing; the exit code. */
    int plan() throws IOException {
        try (Store store = source.openExisting()) {
            plan(store);
        }
        say("Nothing was copied. Leave out --dry-run to do it.");
        return 0;
    }

    /** Moves, or leaves the source in charge when it is but a copy; the exit code. */
    int run(boolean isCopy) throws IOException {
        if (!isCopy) {
            checkNoServer();
        }
        try (Store store = source.openExisting()) {
            if (!isCopy) {
                arrival.discard(source.config().place());
            }
            plan(store);
            copy(store, isCopy);
            Store made =
                    arrival.found()
                            .orElseThrow(() -> new IOException(arrival.place() + " is gone"));
            try (made) {
                if (!compare(store, made)) {
                    say("The copy differs, so start no server on it; drop it, and report this.");
                    return 1;
                }
                if (!isCopy) {
                    mark(store, made);
                }
            }
        }
        say("Nothing was lost. Start the server on the copy with:");
        target.config().settings().forEach(line -> say("  " + line));
        return 0;
    }

    /** A file that a server has open cannot be opened anyway. */
    private void checkNoServer() {
        boolean isFile = source.config().file().isPresent();
        int servers = isFile ? 0 : new StorePlace(source.config(), Meter.NONE).servers();
        if (servers > 0) {
            throw new StoreException(
                    StoreException.Kind.LOCKED,
                    source.config().place()
                            + " is in use by "
                            + servers
                            + " servers. Move it while it is used with --url, stop them, or take a"
                            + " copy alone with --copy.");
        }
    }

    private void mark(Store store, Store made) {
        String from = source.config().place();
        MigrateStore.handOver(store, from, made, arrival.place(), Wiring.clock().instant());
        say("moved     " + from + " is marked as moved and kept");
    }

    /** Tries the way in with the first changes, which are thrown away, and tells what it took. */
    private void plan(Store store) throws IOException {
        Probe.Reading reading = store.probe().reading();
        Optional<Path> file = target.config().file();
        if (file.isPresent()) {
            checkSpace(reading.dataBytes() + reading.walBytes(), file.get());
        }
        CopyStore.Progress sample;
        Duration took;
        try (Loader loader = target.loader()) {
            long began = System.nanoTime();
            sample = new CopyStore(store).sample(loader);
            took = Duration.ofNanos(System.nanoTime() - began);
        }
        say("from      " + source.config().place());
        say("  size    " + mib(reading.dataBytes()) + ", a feed up to " + sample.end().value());
        say("to        " + target.config().place());
        say("  empty, reachable, and may be written");
        say("estimate  " + estimate(sample, took));
    }

    private static void checkSpace(long bytes, Path file) throws IOException {
        Path folder = file.toAbsolutePath().resolveSibling(".").normalize();
        if (!Files.isDirectory(folder)) {
            throw new ConfigException(List.of("The folder " + folder + " does not exist."));
        }
        long needed = bytes + bytes / 4;
        long free = folder.toFile().getUsableSpace();
        if (free < needed) {
            String takes = " left, and the copy takes about " + mib(needed);
            throw new IOException(
                    folder + " has " + mib(free) + takes + "; free space, or name another place.");
        }
    }

    private static String mib(long bytes) {
        return (bytes >> 20) + " MiB";
    }

    private static String estimate(CopyStore.Progress sample, Duration took) {
        String measured = "the first " + sample.rows() + " changes took " + took.toMillis() + " ms";
        if (sample.at().equals(sample.end())) {
            return "moments; " + measured;
        }
        long millis = took.toMillis() * sample.end().value() / sample.at().value();
        String feed = "about " + (millis / 1_000 + 1) + " s for the feed";
        return feed + ", as long again for entities and comparison; " + measured;
    }

    private void copy(Store store, boolean isCopy) {
        long end = store.read(Snapshot::seq).value();
        try (Loader loader = target.loader();
                Progress progress = Progress.ofCopy(err, "migrate", end)) {
            if (!isCopy) {
                String place = source.config().place();
                loader.custody(
                        new Custody(Custody.State.ARRIVING, place, Wiring.clock().instant()));
            }
            CopyProgress told = new CopyProgress(progress, System::nanoTime);
            CopyStore.Report report = new CopyStore(store).run(loader, told);
            Duration took = told.took();
            String what =
                    report.changes()
                            + " changes, "
                            + report.entities()
                            + " entities, "
                            + report.receipts()
                            + " idempotency keys";
            String rate = took.toMillis() + " ms, " + CopyProgress.rate(report.rows(), took);
            say("copied    " + what + " in " + rate);
        }
    }

    private boolean compare(Store store, Store made) {
        CompareStores.Report report;
        try (Progress progress = Progress.ofChecks(err, "compare")) {
            report =
                    new CompareStores(store, made)
                            .run(
                                    CompareStores.Places.KEPT,
                                    Wiring.clock().instant().minus(ForgetReceipts.REMEMBERED),
                                    looked -> progress.to(0, looked));
        }
        say(new Comparison(report, source.config().place(), target.config().place()).text());
        return report.equal();
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
