package dev.rocket.bootstrap.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.process.Distribution.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two servers on one Postgres, of which one archives the feed and is killed, again and again.
 *
 * <p>Goal: the other one takes over and goes on with the same chain, one alone archives at any
 * time, and every place that was archived can be come back to. Method: clients write on both; the
 * one that says that it archives is ended with {@code kill -9} at a moment drawn by lot, and
 * started again. While nobody writes, the store's digest is noted at its place; in the end a backup
 * from the beginning is brought forward to each of these places.
 */
@Timeout(600)
class ArchiveTurnsIT {

    private static final int KILLS = 4;
    private static final int WRITERS = 4;
    private static final int ANYWHERE = 3;

    @TempDir private Path folder = Path.of("");

    private final Map<String, String> settings = new HashMap<>();
    private final TreeMap<Long, String> digests = new TreeMap<>();

    private List<RunningRocket> start(int servers) throws IOException, InterruptedException {
        List<RunningRocket> started = new ArrayList<>();
        for (int i = 0; i < servers; i++) {
            started.add(RunningRocket.start(folder, settings));
        }
        return started;
    }

    private Result rocket(String... words) throws IOException, InterruptedException {
        Result result = Distribution.run(folder, settings, words);
        assertEquals(0, result.exit(), String.join(" ", words) + result.out() + result.err());
        return result;
    }

    @Test
    void the_next_server_goes_on_with_the_chain_of_one_that_was_killed() throws Exception {
        settings.put("ROCKET_DATABASE_URL", PostgresServer.fresh());
        settings.put("ROCKET_ADMIN_TOKEN", RunningRocket.TOKEN);
        settings.put("ROCKET_RATE_LIMIT", "off");
        settings.put("ROCKET_ARCHIVE", folder.resolve("feed").toString());
        settings.put("ROCKET_BACKUP_DIR", folder.resolve("backups").toString());
        settings.put("ROCKET_MAINTENANCE", "off");
        long seed = System.nanoTime();
        System.out.println("ArchiveTurnsIT: seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        List<RunningRocket> servers = start(2);
        try {
            rocket("backup");
            for (int kill = 0; kill < KILLS; kill++) {
                round(servers, random.nextInt(8_000));
            }
            note(servers.getFirst());
            long end = digests.lastKey();
            awaitArchived(servers, end);
            for (RunningRocket server : servers) {
                assertEquals(0, server.stop(), server.said());
            }
        } finally {
            servers.forEach(RunningRocket::close);
        }
        assertTrue(rocket("audit", "verify").out().startsWith("The archive is whole"));
        assertUnbroken();
        for (Map.Entry<Long, String> place : digests.entrySet()) {
            String to = "at-" + place.getKey() + ".db";
            Result restored =
                    rocket("restore", "--at", place.getKey().toString(), "--to", to, "--json");
            assertEquals(place.getValue(), RunningRocket.member(restored.out(), "digest"));
        }
        for (int i = 0; i < ANYWHERE; i++) {
            assertRestored(random.nextLong(digests.firstKey(), digests.lastKey()));
        }
    }

    /** Comes back to a place at which others wrote; what was written since is all that differs. */
    private void assertRestored(long seq) throws Exception {
        String to = "amid-" + seq + ".db";
        Result restored = rocket("restore", "--at", Long.toString(seq), "--to", to, "--json");
        String last = RunningRocket.member(restored.out(), "seq");
        assertTrue(Long.parseLong(last) <= seq, restored.out());
        Map<String, String> against = new HashMap<>(settings);
        against.put("ROCKET_AGAINST_URL", settings.getOrDefault("ROCKET_DATABASE_URL", ""));
        Result compared = Distribution.run(folder, against, "verify", "--db", to, "--against");
        assertTrue(compared.out().contains("against is ahead by"), compared.out());
        assertFalse(compared.out().contains("  place "), compared.out());
    }

    /** Writes on both, kills the one that archives, waits for the other, starts the one again. */
    private void round(List<RunningRocket> servers, int millis) throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            RunningRocket server = servers.get(i % 2);
            writers.add(Thread.ofPlatform().start(() -> write(server, enough)));
        }
        RunningRocket archives = awaitOne(servers);
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
        archives.kill();
        servers.remove(archives);
        RunningRocket next = servers.getFirst();
        awaitOne(servers);
        enough.set(true);
        for (Thread writer : writers) {
            writer.join();
        }
        note(next);
        servers.addAll(start(1));
    }

    private static void write(RunningRocket server, AtomicBoolean enough) {
        int written = 0;
        try {
            while (!enough.get()) {
                String title = "{\"title\":\"task " + written++ + "\"}";
                assertEquals(201, server.ask("POST", "/v1/tasks", title).statusCode());
            }
        } catch (IOException e) {
            // It was killed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The one of them that tells how far the archive is; the other one does not. */
    private static RunningRocket awaitOne(List<RunningRocket> servers) {
        while (true) {
            List<RunningRocket> telling =
                    servers.stream()
                            .filter(one -> metric(one, "rocket_archive_lag_seconds") >= 0)
                            .toList();
            if (telling.size() == 1) {
                return telling.getFirst();
            }
            pause();
        }
    }

    private static void pause() {
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }

    /** A figure; NaN as it is told. */
    private static double metric(RunningRocket server, String name) {
        try {
            assertTrue(server.process().isAlive(), server.said());
            String all = server.ask("GET", "/metrics", "").body();
            return all.lines()
                    .filter(line -> line.startsWith(name + " "))
                    .map(line -> Double.parseDouble(line.substring(name.length() + 1)))
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Notes what the store holds while nobody writes but whoever's turn it is. */
    private void note(RunningRocket server) throws Exception {
        assertTrue(server.process().isAlive(), server.said());
        Result verified = rocket("verify", "--json");
        long seq = Long.parseLong(RunningRocket.member(verified.out(), "seq"));
        digests.put(seq, RunningRocket.member(verified.out(), "digest"));
    }

    private void awaitArchived(List<RunningRocket> servers, long seq) throws Exception {
        RunningRocket any = servers.getFirst();
        // What only tells whose turn it is waits for company.
        assertEquals(201, any.ask("POST", "/v1/tasks", "{\"title\":\"last\"}").statusCode());
        while (last() < seq) {
            assertTrue(any.process().isAlive(), any.said());
            pause();
        }
    }

    private long last() throws IOException {
        return names().stream()
                .mapToLong(name -> Long.parseLong(name.split("-", 4)[2]))
                .max()
                .orElse(0);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("feed"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".seg"))
                    .sorted()
                    .toList();
        }
    }

    private void assertUnbroken() throws IOException {
        List<String> names = names();
        for (int i = 0; i < names.size(); i++) {
            long number = Long.parseLong(names.get(i).split("-", 4)[1]);
            assertEquals(i + 1, number, () -> String.join("\n", names));
        }
        assertFalse(names.isEmpty());
    }
}
