package dev.rocket.bootstrap.vault;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.process.Distribution;
import dev.rocket.bootstrap.process.RunningRocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged server archives its feed here and off-site, while it runs and when it stops. */
@Timeout(300)
class ArchiveIT {

    private static final String KEY = "5f".repeat(32);
    private static Moto moto;

    @TempDir private Path folder = Path.of("");

    @BeforeAll
    static void startStore() throws IOException {
        moto = Moto.start();
    }

    @AfterAll
    static void endStore() {
        moto.close();
    }

    private static Map<String, String> settings(OffsiteConfig.Bucket bucket) {
        Map<String, String> settings = new HashMap<>();
        settings.put("ROCKET_ADMIN_TOKEN", RunningRocket.TOKEN);
        settings.put(
                "ROCKET_OFFSITE",
                "s3://" + bucket.name() + "/some/prefix?endpoint=" + moto.address());
        settings.put("ROCKET_OFFSITE_ACCESS_KEY", "test");
        settings.put("ROCKET_OFFSITE_SECRET_KEY", "test-secret");
        settings.put("ROCKET_OFFSITE_KEY", KEY);
        return settings;
    }

    private static void create(RunningRocket rocket, String title)
            throws IOException, InterruptedException {
        String body = "{\"title\":\"" + title + "\"}";
        assertEquals(201, rocket.ask("POST", "/v1/tasks", body).statusCode());
    }

    private static String metrics(RunningRocket rocket) throws IOException, InterruptedException {
        return rocket.ask("GET", "/metrics", "").body();
    }

    @Test
    void what_was_answered_is_archived_here_and_sealed_off_site() throws Exception {
        OffsiteConfig.Bucket bucket = moto.bucket(moto.address());
        Map<String, String> settings = settings(bucket);
        S3Vault vault = new S3Vault(bucket);
        try (RunningRocket rocket = RunningRocket.start(folder, settings)) {
            create(rocket, "one");
            while (!metrics(rocket).contains("rocket_archive_lag_seconds 0.0")
                    || vault.items("feed/", "").isEmpty()) {
                assertTrue(rocket.process().isAlive(), rocket.said());
            }
            create(rocket, "two");
            assertEquals(0, rocket.stop(), rocket.said());
        }
        assertTrue(Files.isDirectory(folder.resolve("rocket.db.feed")));
        Distribution.Result here = Distribution.run(folder, settings, "audit", "verify");
        assertEquals(0, here.exit(), here.out() + here.err());
        Distribution.Result there =
                Distribution.run(folder, settings, "audit", "verify", "--fetch", "fetched");
        assertEquals(0, there.exit(), there.out() + there.err());
        assertEquals(here.out(), there.out());
        // Off-site nothing can be read without the key.
        String name = vault.items("feed/", "").get(0).name();
        Path sealed = folder.resolve("sealed");
        vault.fetch(name, sealed, got -> {});
        assertEquals("RKTSEAL1", new String(Files.readAllBytes(sealed), 0, 8, US_ASCII));
    }
}
