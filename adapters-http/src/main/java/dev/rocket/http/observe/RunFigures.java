package dev.rocket.http.observe;

import dev.rocket.core.model.Job;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;

/** The figures of maintenance; a server knows its jobs, so their names are few. */
final class RunFigures {

    private static final double[] SECONDS = {.1, .5, 1, 5, 15, 60, 300, 900, 3_600, 14_400};

    private final Counter runs;
    private final Histogram times;
    private final Gauge successes;

    RunFigures(PrometheusRegistry registry) {
        runs =
                Counter.builder()
                        .name("rocket_maintenance_runs_total")
                        .help("Runs of maintenance that this server did.")
                        .labelNames("job", "result")
                        .withoutExemplars()
                        .register(registry);
        times =
                Metrics.histogram("rocket_maintenance_run_duration_seconds", SECONDS)
                        .help("Time that a run of maintenance took.")
                        .labelNames("job")
                        .register(registry);
        successes =
                Gauge.builder()
                        .name("rocket_maintenance_last_success_timestamp_seconds")
                        .help("When maintenance succeeded last, on any server, since 1970.")
                        .labelNames("job")
                        .register(registry);
    }

    /** A run ended. */
    void ended(String job, Job.Run run) {
        runs.labelValues(job, run.result().wire()).inc();
        Duration took = Duration.between(run.started(), run.ended());
        times.labelValues(job).observe(took.toNanos() / 1e9);
    }

    /** A job went well. */
    void succeeded(String job, Instant at) {
        successes.labelValues(job).set(at.toEpochMilli() / 1000.0);
    }
}
