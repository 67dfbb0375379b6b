package dev.rocket.bootstrap.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What backups cost: time, space, and the writer's slowest answers meanwhile.
 *
 * <p>First the commands are timed beside a server that nobody asks, each as a process of its own
 * from its start to its end; then see {@link BesideBackup}.
 */
final class BackupRounds {

    private static final Map<String, String> FEW = Map.of("ROCKET_BACKUP_KEEP", "2");

    private final Rounds rounds;
    private final Benchmark.Size size;
    private final PlainCopy plain;

    BackupRounds(Rounds rounds, Benchmark.Size size, PlainCopy plain) {
        this.rounds = rounds;
        this.size = size;
        this.plain = plain;
    }

    /** Runs all of it in a folder of its own. */
    void run() throws IOException {
        Path folder = ServerProcess.folder();
        try (ServerProcess server = ServerProcess.start(folder, FEW)) {
            Workloads work = rounds.seeded(server, size.tasks());
            BesideBackup backups = new BesideBackup(rounds, folder, FEW);
            Duration quiet = quiet(folder, backups);
            rounds.measure(server, "", Rounds.UPDATE, work.update());
            backups.run(server, work.update(), quiet);
        } finally {
            ServerProcess.delete(folder);
        }
    }

    /** Times the commands while nobody writes; how long a backup took. */
    private Duration quiet(Path folder, BesideBackup backups) throws IOException {
        Path database = folder.resolve("bench.db");
        rounds.say("a copy by VACUUM INTO");
        Path copy = folder.resolve("plain.db");
        long start = System.nanoTime();
        plain.make(database, copy);
        double seconds = (System.nanoTime() - start) / 1e9;
        double bytes = Files.size(copy);
        rounds.add("VACUUM INTO", seconds, "s", "");
        Duration backup = backups.time("backup");
        add("backup", backup, seconds);
        add("verify", backups.time("verify", "latest"), seconds);
        Path target = folder.resolve("restored.db");
        add("restore", backups.time("restore", "latest", "--to", target.toString()), seconds);
        rounds.add("size of VACUUM INTO", bytes / (1 << 20), "MiB", "");
        rounds.add("size of a backup over that", backupBytes(folder) / bytes, "x", "");
        return backup;
    }

    private void add(String name, Duration took, double plainSeconds) {
        rounds.add(name, took.toNanos() / 1e9, "s", "");
        rounds.add(name + " over VACUUM INTO", took.toNanos() / 1e9 / plainSeconds, "x", "");
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
