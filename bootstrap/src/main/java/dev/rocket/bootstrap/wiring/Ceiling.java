package dev.rocket.bootstrap.wiring;

import dev.rocket.core.operation.SampleTask;
import dev.rocket.core.port.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * This host's measured ceiling: durable updates a second on one volume.
 *
 * <p>A store that is thrown away is updated by as many callers as the benchmark has connections,
 * for a bounded time, on the disk that the served store is on.
 */
final class Ceiling {

    private static final int CALLERS = 64;
    private static final Duration TIME = Duration.ofMillis(1_500);
    private static final List<String> FILES = List.of("", "-wal", "-shm", "-journal", ".lock");

    private Ceiling() {}

    /**
     * Measures beside a file.
     *
     * @param opener opens a store on a file that is not there
     * @throws IOException when what was measured on cannot be taken away
     */
    static double measure(Path beside, Function<Path, Store> opener) throws Exception {
        // Always the same name, so that what a crash left is taken away by the next measurement.
        Path file = beside.resolveSibling(beside.getFileName() + ".ceiling").toAbsolutePath();
        remove(file);
        try (Store store = opener.apply(file)) {
            return perSecond(store);
        } finally {
            remove(file);
        }
    }

    private static void remove(Path file) throws IOException {
        for (String ending : FILES) {
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + ending));
        }
    }

    private static double perSecond(Store store) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(CALLERS);
        try {
            List<Callable<Integer>> callers = new ArrayList<>();
            long begin = System.nanoTime();
            for (int i = 0; i < CALLERS; i++) {
                int caller = i;
                callers.add(() -> updates(store, caller, begin + TIME.toNanos()));
            }
            double all = 0;
            for (Future<Integer> one : pool.invokeAll(callers)) {
                all += one.get();
            }
            return all / ((System.nanoTime() - begin) / 1e9);
        } finally {
            pool.shutdownNow();
        }
    }

    private static int updates(Store store, int caller, long end) {
        SampleTask sample = new SampleTask(store, caller);
        int count = 0;
        while (System.nanoTime() < end) {
            sample.edit("ceiling " + count);
            count++;
        }
        return count;
    }
}
