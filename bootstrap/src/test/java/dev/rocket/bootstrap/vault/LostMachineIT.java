package dev.rocket.bootstrap.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.process.Distribution;
import dev.rocket.bootstrap.process.Distribution.Result;
import dev.rocket.bootstrap.process.PostgresServer;
import dev.rocket.bootstrap.process.RunningRocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A machine that is lost with all that was on it, and the way back from what is off-site.
 *
 * <p>Goal: with nothing but the settings, all that got off-site is back; and what keeps that from
 * being done is told and leaves nothing behind. Method: a real server makes backups and archives,
 * its whole folder is deleted, and an empty one is restored into; digest and place must be those
 * that were.
 */
@Timeout(300)
class LostMachineIT {

    private static final String KEY = "5f".repeat(32);
    private static final String OTHER = "a0".repeat(32);

    @TempDir private Path folder = Path.of("");

    private final Map<String, String> settings = new HashMap<>();

    private Path machine(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    private Result rocket(Path machine, String... words) throws Exception {
        return Distribution.run(machine, settings, words);
    }

    private String well(Path machine, String... words) throws Exception {
        Result result = rocket(machine, words);
        assertEquals(0, result.exit(), String.join(" ", words) + result.out() + result.err());
        return result.out();
    }

    private static String line(String text, String name) {
        return text.lines().filter(one -> one.startsWith(name + " ")).findFirst().orElseThrow();
    }

    private static void lose(Path machine) throws IOException {
        try (Stream<Path> all = Files.walk(machine)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }

    private static List<Path> left(Path machine) throws IOException {
        try (Stream<Path> all = Files.list(machine)) {
            return all.toList();
        }
    }

    private static void create(RunningRocket rocket, String title) throws Exception {
        String body = "{\"title\":\"" + title + "\"}";
        assertEquals(201, rocket.ask("POST", "/v1/tasks", body).statusCode());
    }

    /** Serves, backs up and goes on; what the store held in the end. */
    private String serve(Path machine) throws Exception {
        settings.put("ROCKET_ADMIN_TOKEN", RunningRocket.TOKEN);
        settings.put("ROCKET_TOKEN", RunningRocket.TOKEN);
        try (RunningRocket rocket = RunningRocket.start(machine, settings)) {
            create(rocket, "before the backup");
            String url = rocket.url().toString();
            well(machine, "maintenance", "run", "backup", "--url", url);
            well(machine, "maintenance", "run", "offsite", "--url", url);
            create(rocket, "behind it");
            assertEquals(0, rocket.stop(), rocket.said());
            assertFalse(rocket.said().contains("not archived"), rocket.said());
        }
        return well(machine, "verify");
    }

    private void comesBack() throws Exception {
        Path lost = machine("lost");
        String was = serve(lost);
        lose(lost);
        Path empty = machine("empty");
        String listed = well(empty, "backups", "--offsite");
        assertTrue(listed.matches("(?s)name .*rocket-000001-.* verified\\s*"), listed);
        String now = Instant.now().plus(Duration.ofSeconds(1)).toString();
        String back = well(empty, "restore", "--offsite", "--at", now);
        assertEquals(line(was, "digest"), line(back, "digest"));
        assertEquals(line(was, "seq"), line(back, "seq"));
        assertEquals(List.of(empty.resolve("rocket.db")), left(empty));
        Result audit = rocket(empty, "audit", "verify", "--fetch", "feed");
        assertEquals(0, audit.exit(), audit.out() + audit.err());
        goesOn(empty);
    }

    /** The archive off-site goes on where it ended, and so do the backups; Postgres is as good. */
    private void goesOn(Path machine) throws Exception {
        String was = serve(machine);
        String listed = well(machine, "backups", "--offsite");
        assertEquals(2, listed.lines().filter(line -> line.endsWith(" verified")).count(), listed);
        settings.put("ROCKET_TARGET_URL", PostgresServer.fresh());
        String now = Instant.now().plus(Duration.ofSeconds(1)).toString();
        String back = well(machine("third"), "restore", "--offsite", "--at", now, "--to");
        assertEquals(line(was, "digest"), line(back, "digest"));
    }

    @Test
    void all_that_got_into_a_folder_elsewhere_comes_back() throws Exception {
        settings.put("ROCKET_OFFSITE", machine("offsite").toString());
        settings.put("ROCKET_OFFSITE_KEY", KEY);
        comesBack();
    }

    @Test
    void all_that_got_into_a_bucket_comes_back() throws Exception {
        try (Moto moto = Moto.start()) {
            OffsiteConfig.Bucket bucket = moto.bucket(moto.address());
            String place = "s3://" + bucket.name() + "/some/prefix?endpoint=" + moto.address();
            settings.put("ROCKET_OFFSITE", place);
            settings.put("ROCKET_OFFSITE_ACCESS_KEY", "test");
            settings.put("ROCKET_OFFSITE_SECRET_KEY", "test-secret");
            settings.put("ROCKET_OFFSITE_KEY", KEY);
            comesBack();
        }
    }

    /** A backup off-site, sealed or not, of a machine that is gone; its file there. */
    private Path backedUp(boolean sealed) throws Exception {
        settings.put("ROCKET_OFFSITE", machine("offsite").toString());
        if (sealed) {
            settings.put("ROCKET_OFFSITE_KEY", KEY);
        }
        Path lost = machine("lost");
        well(lost, "seed", "--tasks", "100");
        well(lost, "backup");
        well(lost, "maintenance", "run", "offsite");
        lose(lost);
        try (Stream<Path> files = Files.list(machine("offsite").resolve("backups"))) {
            return files.filter(file -> file.toString().endsWith(".db")).findFirst().orElseThrow();
        }
    }

    private void isRefused(String why, String... words) throws Exception {
        Path empty = machine("empty");
        Result refused = rocket(empty, words);
        assertTrue(refused.exit() == 1 || refused.exit() == 2, refused.out() + refused.err());
        assertTrue(refused.err().contains(why), refused.err());
        assertEquals(List.of(), left(empty));
    }

    @Test
    void without_the_right_key_it_is_said_which_one_is_needed() throws Exception {
        backedUp(true);
        settings.put("ROCKET_OFFSITE_KEY", OTHER);
        isRefused("add that key to ROCKET_OFFSITE_KEY", "restore", "--offsite");
        isRefused("add that key to ROCKET_OFFSITE_KEY", "backups", "--offsite");
        settings.remove("ROCKET_OFFSITE_KEY");
        isRefused("is sealed; set ROCKET_OFFSITE_KEY", "restore", "--offsite");
        settings.put("ROCKET_OFFSITE_KEY", OTHER + "," + KEY);
        well(machine("empty"), "restore", "--offsite");
    }

    @Test
    void a_byte_that_was_altered_there_is_found_sealed_or_not() throws Exception {
        Path sealed = backedUp(true);
        alter(sealed);
        isRefused("was changed, cut or swapped", "restore", "--offsite");
        lose(machine("offsite"));
        settings.remove("ROCKET_OFFSITE_KEY");
        alter(backedUp(false));
        isRefused("its bytes changed since it was made", "restore", "--offsite");
    }

    private static void alter(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void what_is_not_there_is_told_with_what_lists_it() throws Exception {
        Path file = backedUp(true);
        String name = file.getFileName().toString();
        String before = "2001-01-01T00:00:00Z";
        isRefused("from before that is in", "restore", "--offsite", "--at", before);
        isRefused("holds no archive of the feed", "restore", "--offsite", "--at", "999999");
        Files.delete(file);
        isRefused("`rocket backups --offsite` lists", "restore", "--offsite", name);
        isRefused("No verified backup is in", "restore", "--offsite");
        lose(machine("offsite"));
        isRefused("mount the disk", "restore", "--offsite");
    }

    @Test
    void what_was_archived_is_proven_without_a_store() throws Exception {
        settings.put("ROCKET_OFFSITE", machine("offsite").toString());
        serve(machine("lost"));
        lose(machine("lost"));
        Result proven = rocket(machine("empty"), "audit", "verify", "--fetch", "feed");
        assertEquals(3, proven.exit(), proven.out() + proven.err());
        assertTrue(proven.out().contains("compared with no store: "), proven.out());
        assertTrue(proven.out().contains("rocket.db does not exist"), proven.out());
        Path segment;
        try (Stream<Path> files = Files.list(machine("offsite").resolve("feed"))) {
            segment = files.findFirst().orElseThrow();
        }
        alter(segment);
        Result damaged = rocket(machine("third"), "audit", "verify", "--fetch", "feed");
        assertEquals(1, damaged.exit(), damaged.out() + damaged.err());
        assertTrue(damaged.out().contains("is damaged"), damaged.out());
    }
}
