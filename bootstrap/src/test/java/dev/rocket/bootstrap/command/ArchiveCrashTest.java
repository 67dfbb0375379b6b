package dev.rocket.bootstrap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.rocket.core.operation.ArchiveFeed;
import dev.rocket.core.operation.ArchiveFolder;
import dev.rocket.core.port.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that writes and archives, again and again.
 *
 * <p>Goal: whatever it was doing, the next one goes on behind what was sealed, and the whole chain
 * is proven in the end. Method: the process says when it has archived; it is ended after a number
 * of runs drawn by lot, at once, so in the middle of the next write or seal.
 */
class ArchiveCrashTest {

    private static final int KILLS = 4;

    @TempDir private Path folder = Path.of("");

    @Test
    void an_archive_that_is_killed_at_any_step_stays_whole() throws IOException {
        long seed = System.nanoTime();
        System.out.println("ArchiveCrashTest: seed " + seed);
        Random random = new Random(seed);
        Path db = folder.resolve("tasks.db");
        for (int kill = 0; kill < KILLS; kill++) {
            killAfter(1 + random.nextInt(20), db);
        }
        try (Store store = StoreFile.of(db.toString()).open()) {
            ArchiveFeed.Archived archived =
                    new ArchiveFeed(store, new ArchiveFolder(folder.resolve("tasks.db.feed")))
                            .run();
            assertEquals(store.head(), archived.last());
        }
        Run run = Run.of("audit", "verify", "--db", db);
        assertEquals(0, run.code(), "seed " + seed + "\n" + run.out() + run.err());
    }

    private static void killAfter(int runs, Path db) throws IOException {
        Process victim =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home", ""), "bin", "java")
                                        .toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path", ""),
                                ArchiveVictim.class.getName(),
                                db.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader said = victim.inputReader()) {
            for (int i = 0; i < runs; i++) {
                assertNotNull(said.readLine(), "the process ended by itself");
            }
        } finally {
            victim.destroyForcibly().onExit().join();
        }
    }
}
