package dev.rocket.bootstrap.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
        assertEquals("set another ROCKET_ADMIN_TOKEN", at(later).get(0).remedy());
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
        assertEquals("write another into " + token, secret.remedy());
        assertEquals(Seq.START, store.head());
    }

    @Test
    void nothing_is_kept_when_there_is_no_secret() {
        assertEquals(List.of(), at(BEGAN));
        assertEquals(Seq.START, store.head());
    }
}
