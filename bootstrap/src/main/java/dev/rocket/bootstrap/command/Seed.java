package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.wiring.ConfigException;
import dev.rocket.bootstrap.wiring.Wiring;
import dev.rocket.core.operation.SeedStore;
import dev.rocket.core.port.Store;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Fills a store with sample data. */
@Command(
        name = "seed",
        description = "Fill a store with sample data, for staging and for trying things.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Projects, labels, members, tasks with subtasks, and comments, as people would",
            "have made them over half a year. A store that holds tasks is refused, so that",
            "no real one is filled by mistake. A file is needed for itself: stop the server",
            "first. The same --chance gives the same texts again.",
            "",
            "  rocket seed --db staging.db --tasks 5000"
        })
public final class Seed implements Callable<Integer> {

    @Option(names = "--db", description = "SQLite file or postgres://…, instead of the settings.")
    private @Nullable String db;

    @Option(
            names = "--tasks",
            description = "How many tasks (default: ${DEFAULT-VALUE}).",
            defaultValue = "1000")
    private int tasks;

    @Option(
            names = "--chance",
            description = "Number that the texts follow from (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private long chance;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (tasks < 1 || tasks > 10_000_000) {
            throw new ConfigException(List.of("--tasks must be from 1 to 10000000."));
        }
        StoreFile file = StoreFile.of(db);
        try (Store store = file.open();
                Progress progress = new Progress(spec.commandLine().getErr(), "seed", -1)) {
            if (!SeedStore.fits(store)) {
                String what = file.config().place() + " holds tasks; name an empty store by --db.";
                throw new ConfigException(List.of(what));
            }
            new SeedStore(store, Wiring.clock(), new Random(chance))
                    .run(tasks, written -> progress.to(0, written));
        }
        spec.commandLine().getOut().println("Wrote " + tasks + " tasks, and what belongs to them");
        spec.commandLine().getOut().flush();
        return 0;
    }
}
