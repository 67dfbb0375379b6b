package dev.rocket.bootstrap.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a benchmark measured, for people and for programs. */
public final class Figures {

    /**
     * One workload.
     *
     * @param name what was asked
     * @param perSecond good answers a second
     * @param p50 median latency in milliseconds
     * @param p99 99th percentile in milliseconds
     * @param failed answers that were not good
     * @param cpuMicros the server's CPU microseconds an answer; negative where unknown
     * @param against the workload it is compared with; empty for none
     */
    public record Row(
            String name,
            double perSecond,
            double p50,
            double p99,
            long failed,
            double cpuMicros,
            String against) {}

    /**
     * One single figure.
     *
     * @param name what was measured
     * @param value how much
     * @param unit of what
     * @param goal what it should be, in words; empty for none
     */
    public record Single(String name, double value, String unit, String goal) {}

    private final List<Row> rows = new ArrayList<>();
    private final List<Single> singles = new ArrayList<>();

    /** Adds a workload. */
    public void add(Row row) {
        rows.add(row);
    }

    /** Adds a single figure. */
    public void add(Single single) {
        singles.add(single);
    }

    /** The workload of that name. */
    public Optional<Row> row(String name) {
        return rows.stream().filter(row -> row.name().equals(name)).findFirst();
    }

    private Optional<Double> ratio(Row row) {
        return row(row.against()).map(other -> row.perSecond() / other.perSecond());
    }

    /** The table. */
    public String table() {
        StringBuilder out = new StringBuilder();
        out.append(
                String.format(
                        Locale.ROOT,
                        "%-26s %10s %9s %9s %7s %9s  %s%n",
                        "workload",
                        "req/s",
                        "p50 ms",
                        "p99 ms",
                        "errors",
                        "CPU us",
                        "ratio"));
        rows.forEach(row -> out.append(line(row)));
        out.append(System.lineSeparator());
        for (Single s : singles) {
            String goal = s.goal().isEmpty() ? "" : "  (goal: " + s.goal() + ")";
            out.append(
                    String.format(
                            Locale.ROOT,
                            "%-44s %10.2f %s%s%n",
                            s.name(),
                            s.value(),
                            s.unit(),
                            goal));
        }
        return out.toString();
    }

    private String line(Row row) {
        String cpu =
                row.cpuMicros() < 0 ? "-" : String.format(Locale.ROOT, "%.1f", row.cpuMicros());
        String ratio =
                ratio(row)
                        .map(r -> String.format(Locale.ROOT, "%.2f of ", r) + row.against())
                        .orElse("");
        return String.format(
                Locale.ROOT,
                "%-26s %10.0f %9.2f %9.2f %7d %9s  %s%n",
                row.name(),
                row.perSecond(),
                row.p50(),
                row.p99(),
                row.failed(),
                cpu,
                ratio);
    }

    /** One JSON object. */
    public String json() {
        String workloads = rows.stream().map(this::object).collect(Collectors.joining(","));
        String figures = singles.stream().map(Figures::object).collect(Collectors.joining(","));
        return "{\"workloads\":[" + workloads + "],\"figures\":[" + figures + "]}";
    }

    private String object(Row row) {
        String measured =
                String.format(
                        Locale.ROOT,
                        "{\"name\":\"%s\",\"per_second\":%.1f,\"p50_ms\":%.3f,"
                                + "\"p99_ms\":%.3f,\"errors\":%d,\"cpu_us\":%.2f",
                        row.name(),
                        row.perSecond(),
                        row.p50(),
                        row.p99(),
                        row.failed(),
                        row.cpuMicros());
        String ratio =
                ratio(row)
                        .map(
                                r ->
                                        String.format(
                                                Locale.ROOT,
                                                ",\"ratio\":%.4f,\"ratio_of\":\"%s\"",
                                                r,
                                                row.against()))
                        .orElse("");
        return measured + ratio + "}";
    }

    private static String object(Single s) {
        return String.format(
                Locale.ROOT,
                "{\"name\":\"%s\",\"value\":%.3f,\"unit\":\"%s\"}",
                s.name(),
                s.value(),
                s.unit());
    }
}
