package dev.rocket.http.observe;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the process itself uses.
 *
 * <p>Source: proc(5); systems without {@code /proc} report neither resident memory nor files.
 */
final class ProcessFigures {

    private static final Path STATM = Path.of("/proc/self/statm");
    private static final Path FILES = Path.of("/proc/self/fd");
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Pattern MOST = Pattern.compile("(?m)^Max open files\\s+(\\d+)\\s");
    private static final int PAGE_BYTES = 4096;

    private ProcessFigures() {}

    static void register(Metrics metrics) {
        ProcessHandle.Info info = ProcessHandle.current().info();
        double started = info.startInstant().orElse(Instant.EPOCH).toEpochMilli() / 1000.0;
        metrics.gauge(
                "process_start_time_seconds", "When the process began, since 1970.", () -> started);
        metrics.gauge(
                "process_cpu_seconds",
                "Processor time of the process so far.",
                () ->
                        ProcessHandle.current()
                                        .info()
                                        .totalCpuDuration()
                                        .orElse(Duration.ZERO)
                                        .toMillis()
                                / 1000.0);
        metrics.gauge(
                "jvm_memory_used_bytes",
                "Heap in use, garbage included.",
                () -> Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        metrics.gauge(
                "jvm_memory_max_bytes", "Heap at most.", () -> Runtime.getRuntime().maxMemory());
        metrics.gauge(
                "jvm_gc_seconds",
                "Time spent on collecting garbage so far.",
                ProcessFigures::collecting);
        fromProc(metrics);
    }

    private static void fromProc(Metrics metrics) {
        if (Files.isReadable(LIMITS)) {
            metrics.gauge(
                    "process_open_fds",
                    "Files and sockets that are open.",
                    ProcessFigures::openFiles);
            metrics.gauge(
                    "process_max_fds",
                    "Files and sockets that may be open.",
                    ProcessFigures::mostFiles);
        }
        if (Files.isReadable(STATM)) {
            metrics.gauge(
                    "process_resident_memory_bytes",
                    "Memory of the process that is resident.",
                    ProcessFigures::residentBytes);
        }
    }

    private static double collecting() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .mapToLong(one -> Math.max(0, one.getCollectionTime()))
                        .sum()
                / 1000.0;
    }

    private static double openFiles() {
        String[] files = FILES.toFile().list();
        return files == null ? 0 : files.length;
    }

    /** The soft limit, which Java has raised to the hard one when it started. */
    private static double mostFiles() {
        try {
            Matcher line = MOST.matcher(Files.readString(LIMITS));
            return line.find() ? Double.parseDouble(line.group(1)) : Double.POSITIVE_INFINITY;
        } catch (IOException e) {
            return 0;
        }
    }

    private static double residentBytes() {
        try {
            String statm = Files.readString(STATM);
            int from = statm.indexOf(' ') + 1;
            return Long.parseLong(statm, from, statm.indexOf(' ', from), 10) * (double) PAGE_BYTES;
        } catch (IOException e) {
            return 0;
        }
    }
}
