package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.wiring.Config;
import dev.rocket.bootstrap.wiring.ConfigException;
import dev.rocket.bootstrap.wiring.ConfigReader;
import dev.rocket.bootstrap.wiring.Setting;
import dev.rocket.bootstrap.wiring.Wiring;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The store that a command works on; a file while no server has it. */
record StoreFile(Config config) {

    /**
     * Finds the store.
     *
     * @param db what {@code --db} says; null for the configured one
     * @throws ConfigException when the settings are wrong
     */
    static StoreFile of(@Nullable String db) {
        Map<Setting, String> overrides = new EnumMap<>(Setting.class);
        name(overrides, db);
        return new StoreFile(Config.of(ConfigReader.ofProcess().find(overrides)));
    }

    /** Names a store on the command line, a file or an address, whatever else names one. */
    static void name(Map<Setting, String> overrides, @Nullable String db) {
        if (db != null && db.startsWith("postgres")) {
            overrides.put(Setting.DATABASE_URL, db);
        } else if (db != null) {
            overrides.put(Setting.DB_PATH, db);
            overrides.put(Setting.DATABASE_URL, "");
        }
    }

    /** Whether it is there, as far as that can be told without opening it. */
    boolean exists() {
        return config.file().map(Files::exists).orElse(true);
    }

    /** Whether that file is the store. */
    boolean isAt(Path other) throws IOException {
        Optional<Path> file = config.file();
        return file.isPresent() && exists() && Files.isSameFile(other, file.get());
    }

    /** The same settings for another file. */
    StoreFile at(Path other) {
        return of(other.toString());
    }

    /**
     * Opens a store that must be there.
     *
     * @throws ConfigException when it is not
     */
    Store openExisting() {
        if (!exists()) {
            throw new ConfigException(
                    List.of(config.place() + " does not exist; name the file with --db."));
        }
        return open(config.withSchemaLeftAlone());
    }

    /** Opens the store; makes it when it is not there. */
    Store open() {
        return open(config);
    }

    private static Store open(Config config) {
        try {
            return Wiring.store(config);
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.LOCKED) {
                throw e;
            }
            String remedy =
                    config.place()
                            + " is in use by another process, such as a running server. Stop that"
                            + " first, or name another file with --db.";
            throw new StoreException(e.kind(), remedy, e);
        }
    }
}
