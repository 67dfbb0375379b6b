package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.bench.Benchmark;
import dev.rocket.bootstrap.bench.Figures;
import dev.rocket.bootstrap.wiring.ConfigException;
import dev.rocket.bootstrap.wiring.StoreKit;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures what this machine can do. */
@Command(
        name = "bench",
        description = "Measure what this machine can do.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  rocket bench                     the short form, about four minutes",
            "  rocket bench --tasks 1000000     the same on a million tasks",
            "  rocket bench --crowd 10000 --requests 1000000",
            "                                   memory of sockets and after load, too",
            "  rocket bench --backups --tasks 1000000",
            "                                   what backups cost in time, space and p99",
            "  ROCKET_TOKEN=... rocket bench --url http://127.0.0.1:9000",
            "                                   a server that runs with ROCKET_BENCH=on;",
            "                                   what the benchmark creates there, stays",
            "  ROCKET_DATABASE_URL=... rocket bench --postgres",
            "                                   on Postgres: one server, two servers, and a",
            "                                   plain implementation to compare with",
            "  ROCKET_DATABASE_URL=... rocket bench --migration --tasks 1000000",
            "                                   a store that moves to Postgres and back",
            "                                   under a load, again and again",
            "",
            "Starts servers of its own on throw-away databases on the loopback address and",
            "stops them. On Postgres these are schemas of its own, rocket_bench_...; it",
            "touches no other and drops them at the end. An address on the command line is",
            "seen by others on the machine, so leave its password to ROCKET_DATABASE_URL.",
            "Read the ratios: they compare with an empty handler of the same",
            "server in the same run, so they hold on a slow or busy machine too."
        })
public final class Bench implements Callable<Integer> {

    @Option(
            names = "--url",
            description = "A server that runs already, instead of servers of its own.")
    private @Nullable String url;

    @Option(
            names = "--postgres",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "<postgres://...>",
            description = "Measure on Postgres; without an address on ROCKET_DATABASE_URL.")
    private @Nullable String postgres;

    @Option(
            names = "--migration",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "<postgres://...>",
            description =
                    "Measure moves to Postgres and back; without an address on"
                            + " ROCKET_DATABASE_URL.")
    private @Nullable String migration;

    @Option(
            names = "--moves",
            description = "Moves of --migration, each way counted (default: ${DEFAULT-VALUE}).",
            defaultValue = "20")
    private int moves;

    @Option(names = "--backups", description = "Measure backups instead of the workloads.")
    private boolean backups;

    @Option(
            names = "--tasks",
            description = "Tasks in the store first (default: ${DEFAULT-VALUE}).",
            defaultValue = "1000")
    private int tasks;

    @Option(
            names = "--connections",
            description = "Keep-alive connections (default: ${DEFAULT-VALUE}).",
            defaultValue = "64")
    private int connections;

    @Option(
            names = "--seconds",
            description = "Seconds for each workload (default: ${DEFAULT-VALUE}).",
            defaultValue = "5")
    private int seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description =
                    "Seconds that each workload runs before it counts, while its code is compiled"
                            + " (default: ${DEFAULT-VALUE}).",
            defaultValue = "12")
    private int warm;

    @Option(
            names = "--sockets",
            description = "Sockets that hear each change (default: ${DEFAULT-VALUE}).",
            defaultValue = "1000")
    private int sockets;

    @Option(
            names = "--crowd",
            description = "Idle sockets to weigh; 0 leaves it out (default: ${DEFAULT-VALUE}).",
            defaultValue = "0")
    private int crowd;

    @Option(
            names = "--requests",
            description =
                    "Requests before memory is read; 0 leaves it out (default: ${DEFAULT-VALUE}).",
            defaultValue = "0")
    private long requests;

    @Option(names = "--json", description = "Print one JSON object instead of the table.")
    private boolean json;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Stream<Boolean> modes =
                Stream.of(url != null, postgres != null, migration != null, backups);
        if (modes.filter(on -> on).count() > 1) {
            String what = "--url, --postgres, --migration and --backups exclude each other.";
            throw new ConfigException(List.of(what));
        }
        require("--tasks", tasks, 1, 10_000_000);
        require("--connections", connections, 1, 10_000);
        require("--seconds", seconds, 1, 3_600);
        require("--warm-up", warm, 0, 3_600);
        require("--sockets", sockets, 0, 20_000);
        require("--crowd", crowd, 0, 20_000);
        require("--requests", requests, 0, 1_000_000_000);
        require("--moves", moves, 1, 1_000);
        Benchmark.Size size =
                new Benchmark.Size(tasks, connections, seconds, warm, sockets, crowd, requests);
        Benchmark benchmark =
                new Benchmark(size, line -> spec.commandLine().getErr().println("... " + line));
        Figures figures = measure(benchmark);
        spec.commandLine().getOut().println(json ? figures.json() : figures.table());
        return 0;
    }

    private Figures measure(Benchmark benchmark) throws IOException {
        if (url != null) {
            String token = Optional.ofNullable(System.getenv("ROCKET_TOKEN")).orElse("");
            return benchmark.run(url, token);
        }
        if (backups) {
            return benchmark.run(StoreKit::plainCopy);
        }
        if (migration != null) {
            return benchmark.run(BenchGround.of("--migration", migration), moves);
        }
        return postgres != null
                ? benchmark.run(BenchGround.of("--postgres", postgres))
                : benchmark.run();
    }

    private static void require(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new ConfigException(
                    List.of(option + " " + value + " must be from " + least + " to " + most + "."));
        }
    }
}
