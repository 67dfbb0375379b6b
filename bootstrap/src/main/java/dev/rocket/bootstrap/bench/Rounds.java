package dev.rocket.bootstrap.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/** The workloads that every engine is measured by, and what is made of them. */
final class Rounds {

    static final String EMPTY_GET = "empty GET";
    static final String EMPTY_POST = "empty POST";
    static final String GET = "get one";
    static final String UPDATE = "update";
    static final String CREATE = "create";

    /** What is not faster by this much is warm; and it is warmed so often at most. */
    private static final double FASTER = 1.05;

    private static final int MOST_WARMINGS = 8;

    private final Benchmark.Size size;
    private final Consumer<String> progress;
    private final Figures figures;

    /** Measures into {@code figures}. */
    Rounds(Benchmark.Size size, Consumer<String> progress, Figures figures) {
        this.size = size;
        this.progress = progress;
        this.figures = figures;
    }

    /** Tells what is being done. */
    void say(String what) {
        progress.accept(what);
    }

    /** Fills a server with tasks. */
    Workloads seeded(Target server, int tasks) throws IOException {
        Workloads workloads = new Workloads(server);
        workloads.seed(
                tasks,
                n -> {
                    if (n % 50_000 == 0 || n == tasks) {
                        progress.accept("seeded " + n + " of " + tasks + " tasks");
                    }
                });
        return workloads;
    }

    /** Every workload on one server that is filled already. */
    void workloads(Target server, Workloads work) throws IOException {
        measure(server, "", EMPTY_GET, work.emptyGet());
        measure(server, EMPTY_GET, GET, work.one());
        measure(server, EMPTY_GET, "list 50", work.page());
        measure(server, "", EMPTY_POST, work.emptyPost());
        measure(server, EMPTY_POST, UPDATE, work.update());
        measure(server, EMPTY_POST, CREATE, work.create());
        measure(server, "", "mixed", work.mixed());
    }

    /** Measures one workload once it is warm. */
    void measure(Target server, String against, String name, Supplier<byte[]> asks)
            throws IOException {
        progress.accept(name);
        Turns turns = new Turns(new Field(name, List.of(server)));
        warm(turns.load, asks);
        turns.take(asks);
        progress.accept(name + ": " + Math.round(turns.sum.perSecond()) + " a second");
        turns.tell(against);
    }

    /** Some servers, under the name of what is measured on them. */
    record Field(String name, List<? extends Target> servers) {}

    /**
     * Measures one workload on two fields that are warm, in turns: first, second, second, first.
     *
     * <p>So whatever slows down or speeds up meanwhile does so to both.
     */
    void inTurns(Field first, Field second, Supplier<byte[]> asks) throws IOException {
        Turns one = new Turns(first);
        Turns two = new Turns(second);
        for (Turns turns : List.of(one, two, two, one)) {
            progress.accept(turns.field.name());
            turns.load.run(asks, Duration.ofSeconds(1), Long.MAX_VALUE);
            turns.take(asks);
        }
        one.tell("");
        two.tell(first.name());
    }

    /** What was measured on one field, in one turn or more, summed up. */
    private final class Turns {

        private final Field field;
        private final HttpLoad load;
        private HttpLoad.Outcome sum = HttpLoad.Outcome.NONE;
        private long micros;

        Turns(Field field) {
            this.field = field;
            this.load = load(field.servers());
        }

        void take(Supplier<byte[]> asks) throws IOException {
            long before = cpuMicros(field.servers());
            sum = sum.plus(load.run(asks, Duration.ofSeconds(size.seconds()), Long.MAX_VALUE));
            micros = before < 0 ? -1 : micros + cpuMicros(field.servers()) - before;
        }

        void tell(String against) {
            double each = micros < 0 ? -1 : (double) micros / Math.max(1, sum.answered());
            add(field.name(), against, sum, each);
        }
    }

    private void warm(HttpLoad load, Supplier<byte[]> asks) throws IOException {
        if (size.warm() > 0) {
            load.run(asks, Duration.ofSeconds(size.warm()), Long.MAX_VALUE);
        }
    }

    private void add(String name, String against, HttpLoad.Outcome outcome, double cpuMicros) {
        figures.add(
                new Figures.Row(
                        name,
                        outcome.perSecond(),
                        outcome.millis(50),
                        outcome.millis(99),
                        outcome.failed(),
                        cpuMicros,
                        against));
    }

    /** Measures a workload that is warm already, for a time of its own. */
    void measureAtOnce(Target server, String name, Supplier<byte[]> asks, Duration time)
            throws IOException {
        progress.accept(name);
        add(name, "", load(List.of(server)).run(asks, time, Long.MAX_VALUE), -1);
    }

    private HttpLoad load(List<? extends Target> servers) {
        return new HttpLoad(servers.stream().map(Target::address).toList(), size.connections());
    }

    /** CPU time of all; negative where it cannot be told. */
    private static long cpuMicros(List<? extends Target> servers) {
        long sum = 0;
        for (Target server : servers) {
            OptionalLong micros = server.cpuMicros();
            if (micros.isEmpty()) {
                return -1;
            }
            sum += micros.getAsLong();
        }
        return sum;
    }

    /** Runs requests that are not measured, until the servers' code is compiled. */
    void warm(List<? extends Target> servers, Supplier<byte[]> requests) throws IOException {
        warm(load(servers), requests);
    }

    /** The same, again and again until they get no faster by it. */
    void warmThrough(List<? extends Target> servers, Supplier<byte[]> asks) throws IOException {
        double best = 0;
        for (int i = 0; i < MOST_WARMINGS && size.warm() > 0; i++) {
            Duration time = Duration.ofSeconds(size.warm());
            double now = load(servers).run(asks, time, Long.MAX_VALUE).perSecond();
            if (now < best * FASTER) {
                return;
            }
            best = now;
        }
    }

    /** Adds a single figure. */
    void add(String name, double value, String unit, String goal) {
        figures.add(new Figures.Single(name, value, unit, goal));
    }

    /** Adds how many times as fast one workload was as another. */
    void compare(String name, String over, String under, String goal) {
        double ratio =
                figures.row(over).orElseThrow().perSecond()
                        / figures.row(under).orElseThrow().perSecond();
        add(name, ratio, "x", goal);
    }

    /** Adds a workload that was measured elsewhere; its latencies are in nanoseconds. */
    void add(String name, double perSecond, Histogram latencies, long failed) {
        double median = latencies.getValueAtPercentile(50) / 1e6;
        double tail = latencies.getValueAtPercentile(99) / 1e6;
        figures.add(new Figures.Row(name, perSecond, median, tail, failed, -1, ""));
    }

    /**
     * Adds how many times as slow the slowest answers of one workload were as of others, of which
     * the best counts.
     */
    void tails(String name, String over, List<String> under, String goal) {
        double best =
                under.stream()
                        .mapToDouble(one -> figures.row(one).orElseThrow().p99())
                        .min()
                        .orElseThrow();
        add(name, figures.row(over).orElseThrow().p99() / best, "x", goal);
    }
}
