package dev.rocket.bootstrap.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The writer's slowest answers while a backup is made, over those without one.
 *
 * <p>The load is measured for as long as a backup took that nobody wrote beside, so that all of it
 * lies beside the slower one. It is measured alone before and after, and the better of the two is
 * compared with: pages of a store that was just filled are not in memory yet.
 *
 * @param folder of the server
 * @param settings of the server, which the command shares
 */
record BesideBackup(Rounds rounds, Path folder, Map<String, String> settings) {

    private static final String BESIDE = "update, beside a backup";
    private static final String AFTER = "update, after it";
    private static final Duration SHORT = Duration.ofSeconds(1);

    /** Runs a command to its end; how long that took. */
    Duration time(String... words) throws IOException {
        rounds.say("rocket " + String.join(" ", words));
        long start = System.nanoTime();
        end(command(words).start(), words[0]);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /**
     * Measures it.
     *
     * @param asks what was measured alone as {@link Rounds#UPDATE}
     * @param quiet how long a backup took
     */
    void run(Target server, Supplier<byte[]> asks, Duration quiet) throws IOException {
        Duration load = quiet.compareTo(SHORT) < 0 ? SHORT : quiet;
        Process process = command("backup").start();
        try {
            rounds.measureAtOnce(server, BESIDE, asks, load);
        } finally {
            end(process, "backup");
        }
        rounds.measureAtOnce(server, AFTER, asks, load);
        List<String> alone = List.of(Rounds.UPDATE, AFTER);
        rounds.tails("update: p99 beside a backup over without", BESIDE, alone, "2 at most");
    }

    private ProcessBuilder command(String... words) {
        return ServerProcess.builder(folder, settings, List.of(words))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile());
    }

    private static void end(Process process, String name) throws IOException {
        try {
            if (!process.waitFor(30, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException("rocket " + name + " failed or took more than 30 minutes");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while rocket " + name + " ran", e);
        }
    }
}
