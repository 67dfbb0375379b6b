package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.wiring.ConfigException;
import dev.rocket.core.operation.CompareStores;
import dev.rocket.core.operation.CopyStore;
import dev.rocket.core.port.Loader;
import dev.rocket.core.port.Probe;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Copies a store, with its whole past, to another place. */
@Command(
        name = "migrate",
        description = "Copy a store to Postgres or to a file, with its whole past.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  rocket migrate --to postgres://rocket@db/tasks --password --dry-run",
            "                                  ask for the password, check, estimate",
            "  rocket migrate --from tasks.db --to",
            "                                  to the place that ROCKET_TARGET_URL names, or",
            "                                  the file that ROCKET_TARGET_URL_FILE names",
            "  rocket migrate --to home.db     take a copy home from Postgres",
            "",
            "Stop the server first. Changes, entities, tokens and idempotency keys are",
            "copied at their own places and revisions, so cursors, ETags and keys stay",
            "good. The target must hold nothing; it is checked first, and with --dry-run",
            "only that. Afterwards both are compared. The source is left as it is, and what",
            "is interrupted leaves no target: begin anew. Exit code 1 when something failed",
            "or the copy differs."
        })
public final class Migrate implements Callable<Integer> {

    @Option(
            names = "--from",
            paramLabel = "STORE",
            description = "SQLite file or postgres://…, instead of the settings.")
    private @Nullable String from;

    @Option(
            names = "--to",
            required = true,
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "STORE",
            description = "SQLite file that does not exist, or postgres://….")
    private String to = "";

    @Option(
            names = "--password",
            interactive = true,
            arity = "0",
            description = "Ask for the password of the target's database.")
    private @Nullable String password;

    @Option(names = "--dry-run", description = "Check and estimate; copy nothing.")
    private boolean dryRun;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        StoreFile source = StoreFile.source(from);
        StoreFile target = StoreFile.target(to);
        if (password != null) {
            target = target.withPassword(password);
        }
        if (source.isSame(target)) {
            throw new ConfigException(List.of("--to names the store itself; name another place."));
        }
        try (Store store = source.openExisting()) {
            plan(store, source, target);
            if (dryRun) {
                say("Nothing was copied. Leave out --dry-run to do it.");
                return 0;
            }
            copy(store, target);
            return compare(store, source, target) ? 0 : 1;
        }
    }

    /** Tries the way in with the first changes, which are thrown away, and tells what it took. */
    private void plan(Store store, StoreFile source, StoreFile target) throws IOException {
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

    private void copy(Store store, StoreFile target) {
        PrintWriter err = spec.commandLine().getErr();
        long end = store.read(Snapshot::seq).value();
        try (Loader loader = target.loader();
                Progress progress = Progress.ofCopy(err, "migrate", end)) {
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

    private boolean compare(Store store, StoreFile source, StoreFile target) {
        PrintWriter err = spec.commandLine().getErr();
        CompareStores.Report report;
        try (Store copy = target.openExisting();
                Progress progress = Progress.ofChecks(err, "compare")) {
            report =
                    new CompareStores(store, copy)
                            .run(CompareStores.Places.KEPT, looked -> progress.to(0, looked));
        }
        say(new Comparison(report, source.config().place(), target.config().place()).text());
        if (report.equal()) {
            say("Nothing was lost. Start the server on the copy with:");
            target.config().settings().forEach(line -> say("  " + line));
        } else {
            say("The copy differs, so start no server on it; drop it, and report this.");
        }
        return report.equal();
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
