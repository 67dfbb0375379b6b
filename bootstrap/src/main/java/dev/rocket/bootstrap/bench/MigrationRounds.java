package dev.rocket.bootstrap.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What moving a store costs: the copy, the freezes, and the writes beside.
 *
 * <p>Updates go on at a fixed rate all the time. On either engine they are measured first while
 * nothing moves, and are looked at as often; only the first move copies, since the former store
 * follows for the way back. Updates that a freeze met are in the longest wait and in the errors,
 * and not in the percentiles, which tell of the time outside.
 */
final class MigrationRounds {

    private static final String FILE = "update on SQLite";
    private static final String POSTGRES = "update on Postgres";
    private static final String THERE = "update, moving to Postgres";
    private static final String BACK = "update, moving back";

    private static final String ADDRESS = "ROCKET_DATABASE_URL";

    /** Updates a second. */
    private static final int RATE = 500;

    private final Rounds rounds;
    private final Benchmark.Size size;
    private final Ground ground;
    private final Map<String, List<Span>> times = new HashMap<>();

    MigrationRounds(Rounds rounds, Benchmark.Size size, Ground ground) {
        this.rounds = rounds;
        this.size = size;
        this.ground = ground;
    }

    /** Runs all of it; the file and the schema are gone afterwards. */
    void run(int moves) throws IOException {
        Path folder = ServerProcess.folder();
        try (FreshSchema schema = new FreshSchema(ground)) {
            Map<String, String> settings = new HashMap<>(schema.settings());
            String to = settings.getOrDefault(ADDRESS, "");
            // With the address the server would begin there; the schema is the target's.
            settings.remove(ADDRESS);
            try (ServerProcess server = ServerProcess.start(folder, settings);
                    MoveRoutes routes = new MoveRoutes(server)) {
                Workloads work = rounds.seeded(server, size.tasks());
                measure(server, work, new MoveWatch(routes), new Plan(to, moves));
            }
        } finally {
            ServerProcess.delete(folder);
        }
    }

    /**
     * What to do.
     *
     * @param to the address to move to first
     * @param moves how many, each way counted
     */
    private record Plan(String to, int moves) {}

    private void measure(Target server, Workloads work, MoveWatch watch, Plan plan)
            throws IOException {
        try (SteadyLoad load = SteadyLoad.start(server, work, RATE)) {
            long warm = atRest(watch, FILE).from();
            MoveWatch.Copied copied = first(watch, plan.to());
            atRest(watch, POSTGRES);
            for (int move = 2; move <= plan.moves(); move++) {
                rounds.say("move " + move + " of " + plan.moves());
                long from = System.nanoTime();
                watch.begin("{\"back\":true}");
                watch.untilDone();
                note(move % 2 == 0 ? BACK : THERE, new Span(from, System.nanoTime()));
            }
            List<SteadyLoad.Write> writes =
                    load.end().stream().filter(write -> write.time().from() - warm > 0).toList();
            load.failure().ifPresent(told -> rounds.say("an update failed: " + told));
            tell(writes, watch.freezes(), copied);
            rounds.add("moves", plan.moves(), "", "");
        }
    }

    /** Measures updates while nothing moves, once they are warm on that engine. */
    private Span atRest(MoveWatch watch, String name) throws IOException {
        rounds.say(name);
        watch.idle(Duration.ofSeconds(size.warm()));
        Span time = watch.idle(Duration.ofSeconds(4L * size.seconds()));
        note(name, time);
        return time;
    }

    private MoveWatch.Copied first(MoveWatch watch, String to) throws IOException {
        rounds.say("the first move, with the copy");
        String place = to.replace("\\", "\\\\").replace("\"", "\\\"");
        long from = System.nanoTime();
        MoveWatch.Copied copied =
                watch.copied("{\"to\":\"" + place + "\",\"pauseAt\":\"tailing\"}");
        watch.untilDone();
        note(THERE, new Span(from, System.nanoTime()));
        rounds.say("copied " + copied.rows() + " rows in " + copied.took().toMillis() + " ms");
        return copied;
    }

    private void note(String name, Span time) {
        times.computeIfAbsent(name, some -> new ArrayList<>()).add(time);
    }

    private void tell(
            List<SteadyLoad.Write> writes,
            List<MoveWatch.Freeze> freezes,
            MoveWatch.Copied copied) {
        List<Span> frozen = freezes.stream().map(MoveWatch.Freeze::time).toList();
        List.of(FILE, POSTGRES, THERE, BACK).forEach(name -> row(name, writes, frozen));
        rounds.add("rows copied to Postgres", (double) copied.rows(), "", "");
        rounds.add("rows a second", copied.perSecond(), "", "30000 or more");
        Histogram held = new Histogram(3);
        freezes.forEach(freeze -> held.recordValue(freeze.millis()));
        rounds.add("freezes", freezes.size(), "", "");
        rounds.add("freeze, median", (double) held.getValueAtPercentile(50), "ms", "");
        rounds.add("freeze, p99", (double) held.getValueAtPercentile(99), "ms", "250 at most");
        rounds.tails(
                "moving to Postgres: p99 over that on SQLite", THERE, List.of(FILE), "3 at most");
        if (times.containsKey(BACK)) {
            rounds.tails(
                    "moving back: p99 over that on Postgres", BACK, List.of(POSTGRES), "3 at most");
        }
        long longest = writes.stream().mapToLong(SteadyLoad.Write::nanos).max().orElse(0);
        rounds.add("longest wait of an update", longest / 1e6, "ms", "");
        rounds.add("updates that failed", (double) failed(writes), "", "0");
    }

    private void row(String name, List<SteadyLoad.Write> writes, List<Span> frozen) {
        List<Span> spans = times.getOrDefault(name, List.of());
        List<SteadyLoad.Write> here =
                writes.stream()
                        .filter(write -> spans.stream().anyMatch(s -> s.holds(write.time().from())))
                        .toList();
        Histogram outside = new Histogram(3);
        here.stream()
                .filter(write -> frozen.stream().noneMatch(write.time()::meets))
                .forEach(write -> outside.recordValue(write.nanos()));
        if (!spans.isEmpty()) {
            long failed = failed(here);
            double perSecond = (here.size() - failed) * 1e9 / Span.nanos(spans);
            rounds.add(name, perSecond, outside, failed);
        }
    }

    private static long failed(Collection<SteadyLoad.Write> writes) {
        return writes.stream().filter(write -> !write.isGood()).count();
    }
}
