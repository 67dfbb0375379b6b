package dev.rocket.http.observe;

import dev.rocket.core.model.Job;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Probe;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * The figures that Prometheus scrapes.
 *
 * <p>Labels take their values from the route table and the names of operations, so the number of
 * series is bounded. Thread-safe; an observation is an addition or two.
 */
public final class Metrics implements Meter {

    private static final double[] SECONDS = {
        .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10
    };
    private static final double[] SHORT_SECONDS = {
        .0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1
    };
    private static final double[] SIZES = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512};

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    private final Histogram requests;
    private final Histogram operations;
    private final DistributionDataPoint groups;
    private final DistributionDataPoint commits;
    private final DistributionDataPoint waits;
    private final CounterDataPoint created;
    private final CounterDataPoint completed;
    private final RunFigures runs;
    private final Map<String, DistributionDataPoint[]> byOperation = new ConcurrentHashMap<>();

    /** Figures that start from nothing. */
    public Metrics() {
        requests =
                histogram("http_server_request_duration_seconds", SECONDS)
                        .help("Time from a request's head until its answer is ready.")
                        .labelNames("route", "method", "status")
                        .register(registry);
        operations =
                histogram("rocket_task_operation_duration_seconds", SECONDS)
                        .help("Time of a use case from call to durable answer.")
                        .labelNames("operation", "outcome")
                        .register(registry);
        groups =
                histogram("rocket_writer_group_commands", SIZES)
                        .help("Commands that one durable commit held.")
                        .register(registry);
        commits =
                histogram("rocket_writer_commit_duration_seconds", SHORT_SECONDS)
                        .help("Time to make a group of commands durable.")
                        .register(registry);
        waits =
                histogram("rocket_writer_queue_wait_seconds", SHORT_SECONDS)
                        .help("Time that a command waited for the writer.")
                        .register(registry);
        created = counter("rocket_tasks_created_total", "Tasks that were created through the API.");
        completed =
                counter("rocket_tasks_completed_total", "Tasks that became done through the API.");
        runs = new RunFigures(registry);
        ProcessFigures.register(this);
    }

    static Histogram.Builder histogram(String name, double[] bounds) {
        return Histogram.builder()
                .name(name)
                .classicOnly()
                .classicUpperBounds(bounds)
                .withoutExemplars();
    }

    private Counter counter(String name, String help) {
        return Counter.builder().name(name).help(help).withoutExemplars().register(registry);
    }

    /**
     * Adds a figure that is read when it is scraped.
     *
     * @param name in full, with its unit
     * @param help one sentence
     * @param figure gives its value; may be called from any thread; NaN stands for one that throws
     */
    public void gauge(String name, String help, DoubleSupplier figure) {
        FigureReader reader = new FigureReader(name);
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(point -> point.call(reader.read(figure::getAsDouble, Double.NaN)))
                .register(registry);
    }

    /**
     * Adds figures that differ by one label and are read when they are scraped.
     *
     * @param name in full, with its unit
     * @param label what they differ by
     * @param figures gives a value for each of a bounded set of names; from any thread; there are
     *     none while it throws
     */
    public void gauges(
            String name, String help, String label, Supplier<Map<String, Double>> figures) {
        FigureReader reader = new FigureReader(name);
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(label)
                .callback(
                        point ->
                                reader.read(figures, Map.of())
                                        .forEach((which, value) -> point.call(value, which)))
                .register(registry);
    }

    /** Tells which program this is. */
    public void build(String version) {
        Info.builder()
                .name("rocket_build_info")
                .help("Which Rocket this is, and what it runs on.")
                .labelNames("version", "java")
                .register(registry)
                .setLabelValues(version, Runtime.version().toString());
    }

    /** Adds the figures of a store, which may be moved to another engine meanwhile. */
    public void watch(Probe probe) {
        FigureReader made = new FigureReader("rocket_store_info");
        registry.register(
                () -> info(made.read(() -> Optional.of(probe.reading()), Optional.empty())));
        gauge(
                "rocket_writer_queue_commands",
                "Commands that wait for the writer.",
                () -> probe.reading().queued());
        gauge("rocket_store_data_bytes", "Size of the data.", () -> probe.reading().dataBytes());
        gauge(
                "rocket_store_wal_bytes",
                "Size of what is logged and not yet merged.",
                () -> probe.reading().walBytes());
        gauge(
                "rocket_store_free_bytes",
                "Space left on the store's volume; NaN on Postgres, which does not tell.",
                () -> told(probe.reading().freeBytes()));
    }

    private static InfoSnapshot info(Optional<Probe.Reading> now) {
        InfoSnapshot.Builder info =
                InfoSnapshot.builder().name("rocket_store").help("What the store is made of.");
        now.map(Metrics::labels)
                .map(labels -> InfoDataPointSnapshot.builder().labels(labels).build())
                .ifPresent(info::dataPoint);
        return info.build();
    }

    private static Labels labels(Probe.Reading now) {
        return Labels.of("engine", now.engine(), "schema", Integer.toString(now.schema()));
    }

    private static double told(long bytes) {
        return bytes == Probe.Reading.UNTOLD ? Double.NaN : bytes;
    }

    /** The timer of a route. */
    public RouteTimer route(String method, String template) {
        return new RouteTimer(requests, method, template);
    }

    /** A task was created. */
    public void created() {
        created.inc();
    }

    /** A task became done. */
    public void completed() {
        completed.inc();
    }

    @Override
    public void group(int commands, Duration work, Duration commit) {
        groups.observe(commands);
        commits.observe(seconds(commit));
    }

    @Override
    public void queued(Duration wait) {
        waits.observe(seconds(wait));
    }

    @Override
    public void operation(String operation, boolean answered, Duration took) {
        DistributionDataPoint[] points = byOperation.get(operation);
        if (points == null) {
            points =
                    new DistributionDataPoint[] {
                        operations.labelValues(operation, "refused"),
                        operations.labelValues(operation, "answered")
                    };
            byOperation.put(operation, points);
        }
        points[answered ? 1 : 0].observe(seconds(took));
    }

    @Override
    public void maintained(String job, Job.Run run) {
        runs.ended(job, run);
    }

    @Override
    public void succeeded(String job, Instant at) {
        runs.succeeded(job, at);
    }

    /** Everything, in Prometheus' text format 0.0.4. */
    public byte[] text() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(16 * 1024);
        try {
            writer.write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
