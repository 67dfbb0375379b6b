package dev.rocket.http.observe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * What the process itself uses.
 *
 * <p>Source: proc(5), {@code /proc/self/statm}; systems without it report no resident memory.
 */
final class ProcessFigures {

    private static final Path STATM = Path.of("/proc/self/statm");
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
        if (Files.isReadable(STATM)) {
            metrics.gauge(
                    "process_resident_memory_bytes",
                    "Memory of the process that is resident.",
                    ProcessFigures::residentBytes);
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
