package dev.rocket.bootstrap.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where settings stand, any two places compared, and who else may read them there. */
class ConfigPlacesTest {

    /** The places of README, strongest first. */
    enum Place {
        COMMAND_LINE("command line"),
        ENVIRONMENT("environment"),
        NAMED_FILE("ROCKET_ADMIN_TOKEN_FILE"),
        CREDENTIAL("systemd credential"),
        SPECIAL(".env.staging"),
        BASE(".env"),
        DEFAULT("default");

        private final String source;

        Place(String source) {
            this.source = source;
        }
    }

    @TempDir private Path folder = Path.of("");

    private final Map<String, String> environment = new HashMap<>();
    private final Map<Setting, String> overrides = new EnumMap<>(Setting.class);

    @BeforeEach
    void chooseTheEnvironment() {
        environment.put("ROCKET_ENV", "staging");
    }

    private ConfigReader.Found found() {
        return new ConfigReader(environment, folder).find(overrides);
    }

    private Path file(String name, String text, String mode) throws IOException {
        Path file = folder.resolve(name);
        Files.deleteIfExists(file);
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private void credentials(String... names) throws IOException {
        Path credentials = Files.createDirectories(folder.resolve("credentials"));
        for (String name : names) {
            file("credentials/" + name, "credential\n", "r--r-----");
        }
        environment.put("CREDENTIALS_DIRECTORY", credentials.toString());
    }

    private void put(Place place) throws IOException {
        String key = "ROCKET_ADMIN_TOKEN";
        switch (place) {
            case COMMAND_LINE -> overrides.put(Setting.ADMIN_TOKEN, place.source);
            case ENVIRONMENT -> environment.put(key, place.source);
            case NAMED_FILE -> {
                Path file = file("named", place.source, "rw-------");
                environment.put(key + "_FILE", file.toString());
            }
            case CREDENTIAL -> credentials(key);
            case SPECIAL, BASE -> file(place.source, key + "=" + place.source, "rw-------");
            case DEFAULT -> environment.remove(key);
        }
    }

    private static Stream<Arguments> pairs() {
        return Stream.of(Place.values())
                .flatMap(
                        strong ->
                                Stream.of(Place.values())
                                        .filter(weak -> weak.compareTo(strong) > 0)
                                        .map(weak -> Arguments.of(strong, weak)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void of_any_two_places_the_stronger_one_counts(Place strong, Place weak) throws IOException {
        put(weak);
        put(strong);
        ConfigReader.Found found = found();
        assertEquals(List.of(), found.problems());
        assertEquals(
                Optional.of(strong.source),
                Optional.ofNullable(found.values().get(Setting.ADMIN_TOKEN))
                        .map(ConfigReader.Value::source));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ROCKET_ADMIN_TOKEN", "rocket_admin_token", "rocket.admin-token"})
    void a_credential_is_found_as_people_write_it(String name) throws IOException {
        credentials(name, "unrelated", ".hidden");
        ConfigReader.Found found = found();
        assertEquals(List.of(), found.problems());
        assertEquals(
                new ConfigReader.Value("credential", "systemd credential"),
                found.values().get(Setting.ADMIN_TOKEN));
        assertEquals(
                folder.resolve("credentials").resolve(name),
                found.files().get(Setting.ADMIN_TOKEN));
    }

    @Test
    void a_credential_that_stands_twice_or_is_no_setting_is_told() throws IOException {
        credentials("ROCKET_ADMIN_TOKEN", "rocket-admin-token");
        String twice = "systemd credentials: ROCKET_ADMIN_TOKEN and rocket-admin-token are the";
        assertTrue(found().problems().get(0).startsWith(twice), found().problems().toString());
        Files.delete(folder.resolve("credentials/ROCKET_ADMIN_TOKEN"));
        credentials("rocket_admin_tokn");
        assertEquals(
                List.of(
                        "systemd credential: rocket_admin_tokn is not a setting. Did you mean"
                                + " ROCKET_ADMIN_TOKEN? See: rocket config"),
                found().problems());
    }

    @ParameterizedTest
    @EnumSource(
            value = Place.class,
            names = {"NAMED_FILE", "CREDENTIAL", "SPECIAL", "BASE"})
    void a_secret_that_everybody_may_read_is_a_problem_in_production(Place place)
            throws IOException {
        put(place);
        assertEquals(List.of(), found().warnings());
        for (Path file : List.of(folder, folder.resolve("credentials"))) {
            if (Files.exists(file)) {
                openAll(file);
            }
        }
        assertEquals(List.of(), found().problems());
        String warning = found().warnings().get(0);
        assertTrue(warning.matches("\\S+ holds a secret .*; run: chmod o= '\\S+'"), warning);
        environment.put("ROCKET_ENV", "production");
        if (place == Place.SPECIAL) {
            Files.move(folder.resolve(".env.staging"), folder.resolve(".env.production"));
        }
        assertEquals(List.of(), found().warnings());
        assertEquals(1, found().problems().size(), found().problems().toString());
        assertTrue(found().problems().get(0).contains("chmod o="), found().problems().toString());
    }

    private static void openAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            }
        }
    }

    @Test
    void files_without_secrets_may_be_read_by_everybody() throws IOException {
        file(".env", "PORT=1\nROCKET_ADMIN_TOKEN=", "rw-r--r--");
        environment.put("ROCKET_QUEUE_FILE", file("queue", "7", "rw-r--r--").toString());
        assertEquals(List.of(), found().warnings());
        assertEquals(List.of(), found().problems());
    }

    @Test
    void a_secret_mounted_in_memory_is_left_to_whoever_mounted_it() throws IOException {
        Path memory = Files.createTempDirectory(Path.of("/dev/shm"), "rocket");
        try {
            Path secret = Files.writeString(memory.resolve("token"), "secret");
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
            assertEquals(Optional.empty(), Exposure.of(secret));
            Files.setPosixFilePermissions(memory, PosixFilePermissions.fromString("rwxrwxrwx"));
            assertFalse(Exposure.of(secret).isEmpty());
            Files.delete(secret);
        } finally {
            Files.delete(memory);
        }
    }
}
