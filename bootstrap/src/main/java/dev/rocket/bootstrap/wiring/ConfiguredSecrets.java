package dev.rocket.bootstrap.wiring;

import dev.rocket.core.operation.SightSecrets;
import dev.rocket.core.operation.WatchSecrets.Secret;
import dev.rocket.core.port.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The secrets of the configuration, each with its age.
 *
 * <p>One that stands alone in a file is as old as the file's last modification; any other as its
 * first {@linkplain SightSecrets sighting}. Thread-safe.
 */
final class ConfiguredSecrets {

    /** Of an address with a password in it. */
    private static final String PASSWORD = "(?s).*(://[^/@]*:[^/]*@|[?&]password=).*";

    private final Supplier<ConfigReader.Found> reader;
    private final Sightings sightings;
    private final ReentrantLock lock = new ReentrantLock();
    private Map<String, String> values = Map.of();
    private Map<String, Instant> since = Map.of();

    /** Knows when each value was first seen. */
    @FunctionalInterface
    interface Sightings {

        /** By name, as the values are. */
        Map<String, Instant> since(Map<String, String> values);
    }

    /** Reads the configuration again each time, since a file may have changed. */
    ConfiguredSecrets(Supplier<ConfigReader.Found> reader, Sightings sightings) {
        this.reader = reader;
        this.sightings = sightings;
    }

    /** Those of this process; first sightings are kept in the store. */
    static ConfiguredSecrets of(Store store, RandomGenerator chance, InstantSource clock) {
        SightSecrets sightings = new SightSecrets(store, clock, chance);
        return new ConfiguredSecrets(
                () -> ConfigReader.ofProcess().find(Map.of()), sightings::since);
    }

    /** Every secret that is set. */
    List<Secret> secrets() {
        ConfigReader.Found found = reader.get();
        Map<Setting, Instant> ages = new EnumMap<>(Setting.class);
        Map<String, String> unfiled = new TreeMap<>();
        found.values()
                .forEach(
                        (setting, value) -> {
                            if (holdsOne(setting, value.text())) {
                                dated(found, setting)
                                        .ifPresentOrElse(
                                                at -> ages.put(setting, at),
                                                () -> unfiled.put(setting.key(), value.text()));
                            }
                        });
        sighted(unfiled).forEach((name, at) -> Setting.find(name).ifPresent(s -> ages.put(s, at)));
        List<Secret> secrets = new ArrayList<>();
        ages.forEach((setting, at) -> secrets.add(secret(found, setting, at)));
        return secrets;
    }

    private static Optional<Instant> dated(ConfigReader.Found found, Setting setting) {
        Path file = found.files().get(setting);
        try {
            return file == null
                    ? Optional.empty()
                    : Optional.of(Files.getLastModifiedTime(file).toInstant());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Hashing is slow on purpose, so it is done again for other values alone. */
    private Map<String, Instant> sighted(Map<String, String> unfiled) {
        lock.lock();
        try {
            if (!unfiled.equals(values)) {
                since = unfiled.isEmpty() ? Map.of() : sightings.since(unfiled);
                values = Map.copyOf(unfiled);
            }
            return since;
        } finally {
            lock.unlock();
        }
    }

    private static Secret secret(ConfigReader.Found found, Setting setting, Instant at) {
        Optional<Path> file = Optional.ofNullable(found.files().get(setting));
        return new Secret(setting.key(), setting.key(), at, SecretRemedy.of(setting, file));
    }

    /** Of what may hold a secret: a path, or an address without a password, does not. */
    private static boolean holdsOne(Setting setting, String text) {
        if (!setting.isSecret() || text.isEmpty()) {
            return false;
        }
        boolean isPlace = setting.unit().contains("postgres://");
        return !isPlace || (StorePlace.isAddress(text) && text.matches(PASSWORD));
    }
}
