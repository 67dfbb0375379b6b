package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.wiring.Config;
import dev.rocket.bootstrap.wiring.ConfigException;
import dev.rocket.bootstrap.wiring.ConfigReader;
import dev.rocket.bootstrap.wiring.Setting;
import dev.rocket.bootstrap.wiring.Wiring;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The store file that a command works on while no server has it. */
record StoreFile(Config config) {

    /**
     * Finds the file.
     *
     * @param db what {@code --db} says; null for the configured one
     * @throws ConfigException when the settings are wrong
     */
    static StoreFile of(@Nullable String db) {
        Map<Setting, String> overrides = new EnumMap<>(Setting.class);
        if (db != null) {
            overrides.put(Setting.DB_PATH, db);
        }
        return new StoreFile(Config.of(ConfigReader.ofProcess().find(overrides)));
    }

    Path path() {
        return config.database();
    }

    boolean exists() {
        return Files.exists(path());
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
                    List.of(path() + " does not exist; name the file with --db."));
        }
        return open();
    }

    /** Opens the store; makes it when it is not there. */
    Store open() {
        try {
            return Wiring.store(config);
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.LOCKED) {
                throw e;
            }
            String remedy =
                    path()
                            + " is in use by another process, such as a running server. Stop that"
                            + " first, or name another file with --db.";
            throw new StoreException(e.kind(), remedy, e);
        }
    }
}
