package dev.rocket.bootstrap.wiring;

import dev.rocket.core.model.Seq;
import dev.rocket.core.operation.Destination;
import dev.rocket.core.port.Loader;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A place for a store, on a file or on Postgres.
 *
 * @param config the settings
 * @param meter hears of what is done in stores that are opened there
 */
public record StorePlace(Config config, Meter meter) implements Destination {

    /**
     * The place of a path or an address.
     *
     * @param text with the password of the database, if it has one
     * @throws ConfigException when it is neither, or the settings beside it are wrong
     */
    public static StorePlace at(String text, Meter meter) {
        Map<Setting, String> overrides = new EnumMap<>(Setting.class);
        if (isAddress(text)) {
            Optional<String> flaw = StoreKit.flaw(text);
            if (flaw.isPresent()) {
                throw new ConfigException(List.of("The target " + flaw.get() + "."));
            }
            overrides.put(Setting.DATABASE_URL, text);
        } else {
            overrides.put(Setting.DB_PATH, text);
            overrides.put(Setting.DATABASE_URL, "");
        }
        return new StorePlace(Config.of(ConfigReader.ofProcess().find(overrides)), meter);
    }

    /** Whether a text is an address of Postgres, rather than a path. */
    public static boolean isAddress(String text) {
        return text.matches("(?s)(jdbc:)?postgres(ql)?:.*");
    }

    /** The place that people call so; empty where its password is not known. */
    static Optional<Destination> named(String name, Meter meter) {
        if (Path.of("/").resolve(name).toString().equals(name)) {
            return Optional.of(at(name, meter));
        }
        String target = Config.target(ConfigReader.ofProcess().find(Map.of()));
        return Optional.of(target)
                .filter(text -> !text.isEmpty())
                .<Destination>map(text -> at(text, meter))
                .filter(place -> place.place().equals(name));
    }

    @Override
    public String place() {
        return config.place();
    }

    @Override
    public Optional<Store> found() {
        if (!StoreKit.isThere(config)) {
            return Optional.empty();
        }
        Store store = StoreKit.aside(config, meter);
        boolean empty =
                store.read(Snapshot::seq).equals(Seq.START)
                        && store.read(Snapshot::custody).isEmpty();
        if (empty) {
            store.close();
        }
        return empty ? Optional.empty() : Optional.of(store);
    }

    @Override
    public Loader loader() {
        return StoreKit.loader(config);
    }

    @Override
    public void discard(String source) {
        if (StoreKit.isThere(config)) {
            StoreKit.discard(config, source);
        }
    }

    @Override
    public int servers() {
        return StoreKit.servers(config);
    }

    @Override
    public long freeBytes() {
        return config.file()
                .map(file -> file.toAbsolutePath().resolveSibling(".").toFile().getUsableSpace())
                .orElse(-1L);
    }

    @Override
    public List<String> settings() {
        return config.settings();
    }
}
