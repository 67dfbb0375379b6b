package dev.rocket.bootstrap.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.process.Distribution.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two servers on one Postgres, of which one makes the backup that counts for both. */
@Timeout(300)
class BackupTurnsIT {

    @TempDir private Path folder = Path.of("");

    private static double figure(RunningRocket server, String name) throws Exception {
        String metrics = server.ask("GET", "/metrics", "").body();
        String line =
                metrics.lines().filter(one -> one.startsWith(name + " ")).findFirst().orElseThrow();
        return Double.parseDouble(line.substring(name.length() + 1));
    }

    /** The backup's file and its note. */
    private static long copies(Path place) throws IOException {
        Path backups = place.resolve("backups");
        if (!Files.isDirectory(backups)) {
            return 0;
        }
        try (Stream<Path> copies = Files.list(backups)) {
            return copies.filter(file -> file.toString().matches(".*/rocket-[^/]*")).count();
        }
    }

    @Test
    void the_one_without_the_file_tells_of_it_all_the_same() throws Exception {
        Path one = Files.createDirectory(folder.resolve("one"));
        Path two = Files.createDirectory(folder.resolve("two"));
        Path there = Files.createDirectory(folder.resolve("there"));
        Map<String, String> settings = new HashMap<>();
        settings.put("ROCKET_DATABASE_URL", PostgresServer.fresh());
        settings.put("ROCKET_ADMIN_TOKEN", RunningRocket.TOKEN);
        settings.put("ROCKET_TOKEN", RunningRocket.TOKEN);
        settings.put("ROCKET_OFFSITE", there.toString());
        String made = "rocket_backup_last_verified_timestamp_seconds";
        try (RunningRocket first = RunningRocket.start(one, settings);
                RunningRocket second = RunningRocket.start(two, settings)) {
            assertEquals(Double.NaN, figure(second, made));
            String url = first.url().toString();
            Result backup =
                    Distribution.run(one, settings, "maintenance", "run", "backup", "--url", url);
            assertEquals(0, backup.exit(), backup.out() + backup.err());
            assertTrue(figure(second, made) > 0);
            // Nobody asked for it: who made the backup takes it off-site.
            while (copies(there) < 2) {
                assertTrue(first.process().isAlive(), first.said());
            }
            Result doctor = Distribution.run(two, settings, "doctor");
            assertTrue(doctor.out().contains(" made the newest, "), doctor.out() + doctor.err());
        }
    }
}
