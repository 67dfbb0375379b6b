package dev.rocket.bootstrap.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The measurements, one after another, each beside what it is compared with.
 *
 * <p>Every figure that counts is a ratio to an empty handler of the same server in the same run, so
 * it holds on a slow or busy machine too.
 */
public final class Benchmark {

    /**
     * How much to measure.
     *
     * @param tasks how many the store holds first
     * @param connections keep-alive connections
     * @param seconds for each workload
     * @param warm seconds that each workload runs before it counts
     * @param sockets for the fan-out
     * @param crowd for the memory a socket takes; 0 leaves it out
     * @param requests before the memory after load is read; 0 leaves it out
     */
    public record Size(
            int tasks,
            int connections,
            int seconds,
            int warm,
            int sockets,
            int crowd,
            long requests) {}

    /** Rounds of the fan-out that do not count. */
    private static final int WARM_ROUNDS = 300;

    private final Size size;
    private final Consumer<String> progress;
    private final Figures figures = new Figures();
    private final Rounds rounds;

    /** Prepares measurements; {@code progress} hears what is being done. */
    public Benchmark(Size size, Consumer<String> progress) {
        this.size = size;
        this.progress = progress;
        this.rounds = new Rounds(size, progress, figures);
    }

    /**
     * Measures what can be told from outside of a server that runs already: the workloads and the
     * fan-out. What it creates there, stays.
     *
     * @param token with the scope write; empty for none
     * @throws IOException when it cannot be measured or breaks a connection
     */
    public Figures run(String url, String token) throws IOException {
        Target server = RunningServer.at(url, token);
        workloads(server);
        fanout(server);
        return figures;
    }

    /**
     * Runs everything, on servers of its own.
     *
     * @throws IOException when a server does not come up or breaks a connection
     */
    public Figures run() throws IOException {
        startup();
        inFolder(Map.of(), this::workloads);
        inFolder(Map.of("ROCKET_GROUP_MAX", "1"), this::oneByOne);
        inFolder(Map.of(), this::fanout);
        if (size.crowd() > 0) {
            inFolder(Map.of(), this::crowd);
        }
        if (size.requests() > 0) {
            inFolder(Map.of(), this::memory);
        }
        return figures;
    }

    /**
     * Runs what can be told of Postgres, on servers and schemas of its own.
     *
     * @throws IOException when a server does not come up or breaks a connection
     */
    public Figures run(Ground ground) throws IOException {
        new PostgresRounds(rounds, size, ground).run();
        return figures;
    }

    /**
     * Runs what can be told of backups, on a server of its own.
     *
     * @param plain what they are compared with
     * @throws IOException when the server does not come up, or a command fails
     */
    public Figures run(PlainCopy plain) throws IOException {
        new BackupRounds(rounds, size, plain).run();
        return figures;
    }

    /**
     * Runs what can be told of moves from a file to Postgres and back, on a server, a file and a
     * schema of its own.
     *
     * @param moves how many to make, each way counted
     * @throws IOException when the server does not come up, or a move fails
     */
    public Figures run(Ground ground, int moves) throws IOException {
        new MigrationRounds(rounds, size, ground).run(moves);
        return figures;
    }

    private interface Measurement {
        void on(Target server) throws IOException;
    }

    private void inFolder(Map<String, String> settings, Measurement measurement)
            throws IOException {
        Path folder = ServerProcess.folder();
        try (ServerProcess server = ServerProcess.start(folder, settings)) {
            measurement.on(server);
        } finally {
            ServerProcess.delete(folder);
        }
    }

    private void startup() throws IOException {
        progress.accept("starting five times");
        Path folder = ServerProcess.folder();
        List<Double> seconds = new ArrayList<>();
        double idle = 0;
        try {
            for (int i = 0; i < 6; i++) {
                try (ServerProcess server = ServerProcess.start(folder, Map.of())) {
                    seconds.add(server.firstAnswer().toNanos() / 1e9);
                    idle = server.residentBytes().orElse(0) / 1e6;
                }
            }
        } finally {
            ServerProcess.delete(folder);
        }
        List<Double> warm = seconds.subList(1, seconds.size()).stream().sorted().toList();
        rounds.add("start to first answer, median of five", warm.get(warm.size() / 2), "s", "0.45");
        rounds.add("resident memory, idle", idle, "MB", "80");
    }

    private void oneByOne(Target server) throws IOException {
        Workloads work = rounds.seeded(server, size.tasks());
        rounds.measure(server, Rounds.UPDATE, "update, one a commit", work.update());
        double grouped = figures.row(Rounds.UPDATE).orElseThrow().perSecond();
        double single = figures.row("update, one a commit").orElseThrow().perSecond();
        rounds.add("update: grouped over one a commit", grouped / single, "x", "8 or more");
    }

    private void workloads(Target server) throws IOException {
        rounds.workloads(server, rounds.seeded(server, size.tasks()));
        ratioOfTails(Rounds.UPDATE);
        ratioOfTails(Rounds.CREATE);
        ServerMetrics.read(server).into(figures);
    }

    private void ratioOfTails(String name) {
        double tail = figures.row(name).orElseThrow().p99();
        double empty = figures.row(Rounds.EMPTY_POST).orElseThrow().p99();
        rounds.add(name + ": p99 over that of the empty POST", tail / empty, "x", "4 at most");
    }

    private void fanout(Target server) throws IOException {
        progress.accept("change to the last of " + size.sockets() + " sockets");
        Workloads work = rounds.seeded(server, 1);
        HttpLoad single = new HttpLoad(server.address(), 1);
        int times = 40 * size.seconds();
        double[] millis = new double[times];
        try (SocketCrowd crowd = SocketCrowd.open(server, size.sockets())) {
            // As for the workloads, what is measured comes once the code is compiled.
            for (int i = -WARM_ROUNDS; i < times; i++) {
                String title = "fan-out round " + (i + WARM_ROUNDS) + ".";
                crowd.expect(title);
                long start = System.nanoTime();
                single.run(() -> work.titled(title), Duration.ofSeconds(10), 1);
                double took = (crowd.untilSeenBy(crowd.size()) - start) / 1e6;
                if (i >= 0) {
                    millis[i] = took;
                }
            }
        }
        Arrays.sort(millis);
        String name = "change to last of " + size.sockets() + " sockets, ";
        rounds.add(name + "median", millis[times / 2], "ms", "20");
        rounds.add(name + "p99", millis[times * 99 / 100], "ms", "");
    }

    private void crowd(Target server) throws IOException {
        progress.accept("holding " + size.crowd() + " sockets");
        rounds.seeded(server, 1);
        try (SocketCrowd first = SocketCrowd.open(server, 100)) {
            double before = server.residentBytes().orElse(0);
            try (SocketCrowd crowd = SocketCrowd.open(server, size.crowd())) {
                double after = server.residentBytes().orElse(0);
                double each = (after - before) / crowd.size() / 1024;
                rounds.add("memory a socket, of " + crowd.size(), each, "KiB", "32");
            }
            progress.accept(first.size() + " sockets stayed open");
        }
    }

    private void memory(Target server) throws IOException {
        progress.accept("memory after " + size.requests() + " requests");
        Workloads work = rounds.seeded(server, Math.min(size.tasks(), 1000));
        HttpLoad load = new HttpLoad(server.address(), size.connections());
        load.run(work.mixed(), Duration.ofMinutes(20), size.requests());
        double bytes = server.residentBytes().orElse(0) / 1e6;
        rounds.add("resident memory after " + size.requests() + " requests", bytes, "MB", "160");
    }
}
