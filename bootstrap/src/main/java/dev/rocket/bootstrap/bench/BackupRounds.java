package dev.rocket.bootstrap.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What backups cost: time, space, and the writer's slowest answers meanwhile.
 *
 * <p>First the commands are timed beside a server that nobody asks, each as a process of its own
 * from its start to its end. Then one more backup is made while the load goes on; the load is
 * measured for as long as the quiet one took, so that all of it lies beside the slower one. Before
 * and after it the same load is measured alone, and the better of the two is compared with: pages
 * of a store that was just filled are not in memory yet.
 */
final class BackupRounds {

    private static final String BESIDE = "update, beside a backup";
    private static final String AFTER = "update, after it";
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Map<String, String> FEW = Map.of("ROCKET_BACKUP_KEEP", "2");

    private final Rounds rounds;
    private final Benchmark.Size size;
    private final Figures figures;
    private final PlainCopy plain;

    BackupRounds(Rounds rounds, Benchmark.Size size, Figures figures, PlainCopy plain) {
        this.rounds = rounds;
        this.size = size;
        this.figures = figures;
        this.plain = plain;
    }

    /** Runs all of it in a folder of its own. */
    void run() throws IOException {
        Path folder = ServerProcess.folder();
        try (ServerProcess server = ServerProcess.start(folder, FEW)) {
            Workloads work = rounds.seeded(server, size.tasks());
            Duration backup = quiet(folder);
            rounds.measure(server, "", Rounds.UPDATE, work.update());
            Duration load = backup.compareTo(SHORT) < 0 ? SHORT : backup;
            Process process = command(folder, "backup").start();
            try {
                rounds.measureAtOnce(server, BESIDE, work.update(), load);
            } finally {
                end(process, "backup");
            }
            rounds.measureAtOnce(server, AFTER, work.update(), load);
            double tail = figures.row(BESIDE).orElseThrow().p99();
            double alone =
                    Math.min(
                            figures.row(Rounds.UPDATE).orElseThrow().p99(),
                            figures.row(AFTER).orElseThrow().p99());
            rounds.add("update: p99 beside a backup over without", tail / alone, "x", "2 at most");
        } finally {
            ServerProcess.delete(folder);
        }
    }

    /** Times the commands while nobody writes; how long a backup took. */
    private Duration quiet(Path folder) throws IOException {
        Path database = folder.resolve("bench.db");
        rounds.say("a copy by VACUUM INTO");
        Path copy = folder.resolve("plain.db");
        long start = System.nanoTime();
        plain.make(database, copy);
        double seconds = (System.nanoTime() - start) / 1e9;
        double bytes = Files.size(copy);
        rounds.add("VACUUM INTO", seconds, "s", "");
        Duration backup = time(folder, "backup", seconds, "backup");
        time(folder, "verify", seconds, "verify", "latest");
        Path target = folder.resolve("restored.db");
        time(folder, "restore", seconds, "restore", "latest", "--to", target.toString());
        rounds.add("size of VACUUM INTO", bytes / (1 << 20), "MiB", "");
        rounds.add("size of a backup over that", backupBytes(folder) / bytes, "x", "");
        return backup;
    }

    private Duration time(Path folder, String name, double plainSeconds, String... words)
            throws IOException {
        rounds.say("rocket " + String.join(" ", words));
        long start = System.nanoTime();
        end(command(folder, words).start(), name);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        rounds.add(name, took.toNanos() / 1e9, "s", "");
        rounds.add(name + " over VACUUM INTO", took.toNanos() / 1e9 / plainSeconds, "x", "");
        return took;
    }

    private static ProcessBuilder command(Path folder, String... words) {
        return ServerProcess.builder(folder, FEW, List.of(words))
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

    private static double backupBytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("bench.db.backups"))) {
            return files.filter(file -> file.toString().endsWith(".db"))
                    .mapToLong(file -> file.toFile().length())
                    .max()
                    .orElseThrow();
        }
    }
}
