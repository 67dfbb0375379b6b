package dev.rocket.bootstrap.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What is measured on Postgres beside the workloads.
 *
 * <p>The plain implementation answers the same route of the same server by the same statements, and
 * differs in its store alone: places come from a counter row. The two servers share one schema, and
 * share the connections of the load.
 */
final class PostgresRounds {

    private static final String PLAIN = "update, by a counter row";
    private static final String ONE = "update, one server";
    private static final String BOTH = "update, two servers";

    /** Changes a second while the way from server to server is timed. */
    private static final int RATE = 500;

    private final Rounds rounds;
    private final Benchmark.Size size;
    private final Ground ground;

    PostgresRounds(Rounds rounds, Benchmark.Size size, Ground ground) {
        this.rounds = rounds;
        this.size = size;
        this.ground = ground;
    }

    /** Runs all of it; every schema is dropped, also when something fails or the program ends. */
    void run() throws IOException {
        inSchema("on", this::one);
        inSchema("plain", this::plain);
        inSchema("on", this::pair);
        rounds.compare("get one over the empty GET", Rounds.GET, Rounds.EMPTY_GET, "0.35 or more");
        rounds.compare("update over that by a counter row", Rounds.UPDATE, PLAIN, "3 or more");
        rounds.compare("update: two servers over one", BOTH, ONE, "1 or more");
    }

    private interface Measurement {
        void on(Path folder, Map<String, String> settings) throws IOException;
    }

    private void inSchema(String bench, Measurement measurement) throws IOException {
        Path folder = ServerProcess.folder();
        try (FreshSchema schema = new FreshSchema(ground)) {
            Map<String, String> settings = new HashMap<>(schema.settings());
            settings.put("ROCKET_BENCH", bench);
            measurement.on(folder, settings);
        } finally {
            ServerProcess.delete(folder);
        }
    }

    private void one(Path folder, Map<String, String> settings) throws IOException {
        try (ServerProcess server = ServerProcess.start(folder, settings)) {
            Workloads work = rounds.seeded(server, size.tasks());
            rounds.warm(List.of(server), work.mixed());
            rounds.workloads(server, work);
            BesideBackup backups = new BesideBackup(rounds, folder, settings);
            backups.run(server, work.update(), backups.time("backup"));
        }
    }

    private void plain(Path folder, Map<String, String> settings) throws IOException {
        try (ServerProcess server = ServerProcess.start(folder, settings)) {
            Workloads work = rounds.seeded(server, size.tasks());
            rounds.warm(List.of(server), work.mixed());
            rounds.measure(server, Rounds.EMPTY_POST, PLAIN, work.update());
        }
    }

    private void pair(Path folder, Map<String, String> settings) throws IOException {
        try (ServerProcess one = ServerProcess.start(folder, settings);
                ServerProcess other = ServerProcess.start(folder, settings)) {
            Workloads work = rounds.seeded(one, size.tasks());
            List<ServerProcess> both = List.of(one, other);
            rounds.say("warming two servers");
            rounds.warm(both, work.mixed());
            rounds.warmThrough(both, work.update());
            Rounds.Field alone = new Rounds.Field(ONE, List.of(one));
            rounds.inTurns(alone, new Rounds.Field(BOTH, both), work.update());
            rounds.say(RATE + " changes a second to a socket on the other server");
            Histogram times = new Relay(one, other, work).run(RATE, size.seconds());
            String name = "change to the other server's socket, ";
            rounds.add(name + "median", times.getValueAtPercentile(50) / 1e6, "ms", "");
            rounds.add(name + "p99", times.getValueAtPercentile(99) / 1e6, "ms", "50 at most");
        }
    }
}
