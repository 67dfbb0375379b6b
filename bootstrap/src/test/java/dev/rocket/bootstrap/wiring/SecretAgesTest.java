package dev.rocket.bootstrap.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.model.Seq;
import dev.rocket.core.operation.SightSecrets;
import dev.rocket.core.operation.WatchSecrets.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How old the secrets of a configuration are, across restarts. */
class SecretAgesTest {

    private static final Instant BEGAN = Instant.parse("2031-01-01T00:00:00Z");

    @TempDir private Path folder = Path.of("");

    private final Map<String, String> environment = new HashMap<>();
    private final MemoryStore store = new MemoryStore();

    /** The secrets as a process sees them that is started at an instant. */
    private List<Secret> at(Instant now) {
        SightSecrets sightings = new SightSecrets(store, () -> now, new Random(1));
        ConfigReader reader = new ConfigReader(environment, folder);
        return new ConfiguredSecrets(() -> reader.find(Map.of()), sightings::since).secrets();
    }

    @Test
    void a_value_is_as_old_as_its_first_sighting_until_it_is_another() {
        environment.put("ROCKET_ADMIN_TOKEN", "correct horse battery");
        assertEquals(BEGAN, at(BEGAN).get(0).since());
        Instant later = BEGAN.plus(Duration.ofDays(91));
        assertEquals(BEGAN, at(later).get(0).since());
        String remedy =
                "rocket token rotate admin; then unset ROCKET_ADMIN_TOKEN, which counts at the"
                        + " first start alone";
        assertEquals(remedy, at(later).get(0).remedy());
        environment.put("ROCKET_ADMIN_TOKEN", "correct horse batterz");
        assertEquals(later, at(later).get(0).since());
    }

    @Test
    void a_file_of_a_secret_tells_its_age_by_itself() throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "correct horse battery");
        Files.setLastModifiedTime(token, FileTime.from(BEGAN));
        environment.put("ROCKET_ADMIN_TOKEN_FILE", token.toString());
        Secret secret = at(BEGAN.plus(Duration.ofDays(5))).get(0);
        assertEquals(BEGAN, secret.since());
        assertTrue(secret.remedy().contains("rotate admin"), secret.remedy());
        assertTrue(secret.remedy().contains("delete " + token), secret.remedy());
        assertEquals(Seq.START, store.head());
    }

    @Test
    void each_kind_of_secret_is_replaced_in_its_own_way() throws IOException {
        Path address = Files.writeString(folder.resolve("url"), "postgres://me:word@db/tasks");
        environment.put("ROCKET_DATABASE_URL_FILE", address.toString());
        environment.put("ROCKET_AGAINST_URL", "postgres://me:word@db/other");
        environment.put("ROCKET_OFFSITE_KEY", "c2VjcmV0");
        environment.put("ROCKET_OFFSITE_SECRET_KEY", "hush");
        Map<String, String> remedies = new HashMap<>();
        at(BEGAN).forEach(secret -> remedies.put(secret.name(), secret.remedy()));
        Map<String, List<String>> expected =
                Map.of(
                        "ROCKET_DATABASE_URL",
                        List.of("into " + address + ", then", "ALTER ROLE"),
                        "ROCKET_AGAINST_URL",
                        List.of("ALTER ROLE", "ROCKET_AGAINST_URL_FILE"),
                        "ROCKET_OFFSITE_KEY",
                        List.of("openssl rand -base64 32", "before the old one and a comma"),
                        "ROCKET_OFFSITE_SECRET_KEY",
                        List.of("another access key", "ROCKET_OFFSITE_ACCESS_KEY"));
        assertEquals(expected.keySet(), remedies.keySet());
        expected.forEach(
                (name, words) ->
                        words.forEach(
                                word ->
                                        assertTrue(
                                                remedies.getOrDefault(name, "").contains(word),
                                                name + ": " + remedies)));
    }

    @Test
    void an_address_without_a_password_is_no_secret() {
        environment.put("ROCKET_DATABASE_URL", "postgres://me@db/tasks?sslmode=require");
        environment.put("ROCKET_TARGET_URL", "elsewhere.db");
        assertEquals(List.of(), at(BEGAN));
    }

    @Test
    void nothing_is_kept_when_there_is_no_secret() {
        assertEquals(List.of(), at(BEGAN));
        assertEquals(Seq.START, store.head());
    }
}
