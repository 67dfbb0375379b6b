package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.wiring.Config;
import dev.rocket.bootstrap.wiring.ConfigException;
import dev.rocket.bootstrap.wiring.ConfigReader;
import dev.rocket.bootstrap.wiring.Setting;
import dev.rocket.bootstrap.wiring.StoreKit;
import dev.rocket.bootstrap.wiring.StorePlace;
import dev.rocket.core.port.Loader;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The store that a command works on; a file while no server has it.
 *
 * @param config the settings that lead to it
 * @param option the option that names another
 */
record StoreFile(Config config, String option) {

    /** An address of Postgres that holds a password. */
    private static final String PASSWORD =
            "(?s)(jdbc:)?postgres(ql)?://([^/@]*:[^/]*@.*|.*[?&]password=.*)";

    /**
     * Finds the store.
     *
     * @param db what {@code --db} says; null for the configured one
     * @throws ConfigException when the settings are wrong
     */
    static StoreFile of(@Nullable String db) {
        checkAddress(db, "--db");
        return of(db, "--db");
    }

    /** The same, named by {@code --from}. */
    static StoreFile source(@Nullable String from) {
        return of(from, "--from");
    }

    /**
     * Finds the store to compare with.
     *
     * @param named what {@code --against} says; empty for the one that the settings name
     * @throws ConfigException when the settings are wrong or nothing names one
     */
    static StoreFile against(String named) {
        String place =
                named.isEmpty() ? Config.against(ConfigReader.ofProcess().find(Map.of())) : named;
        if (place.isEmpty()) {
            String what = "--against names no store; name a file or postgres://…, or set ";
            throw new ConfigException(List.of(what + Setting.AGAINST_URL.key() + "."));
        }
        checkAddress(place, named.isEmpty() ? Setting.AGAINST_URL.key() : "--against");
        return of(place, "--against");
    }

    /** Refuses a malformed address under the name of what gave it, and without showing it. */
    private static void checkAddress(@Nullable String place, String source) {
        if (place != null && StorePlace.isAddress(place)) {
            Optional<String> flaw = StoreKit.flaw(place);
            if (flaw.isPresent()) {
                throw new ConfigException(List.of(source + " " + flaw.get() + "."));
            }
        }
    }

    /**
     * Finds the place to copy to.
     *
     * @param named what {@code --to} says; empty for the one that the settings name
     * @throws ConfigException when the settings are wrong, nothing names one, or the command line
     *     holds a password, which others on the machine would see
     */
    static StoreFile target(String named) {
        return of(targetText(named), "--to");
    }

    private static String targetText(String named) {
        if (named.matches(PASSWORD)) {
            String what = "--to holds a password, which others on this machine can see; put the ";
            String instead = "_FILE, or leave the password out and add --password.";
            throw new ConfigException(
                    List.of(what + "address into " + Setting.TARGET_URL.key() + instead));
        }
        String place =
                named.isEmpty() ? Config.target(ConfigReader.ofProcess().find(Map.of())) : named;
        if (place.isEmpty()) {
            String what = "--to names no place; name a file or postgres://…, or set ";
            throw new ConfigException(List.of(what + Setting.TARGET_URL.key() + "."));
        }
        checkAddress(place, "--to");
        return place;
    }

    /**
     * The place to copy to in words that hold everywhere: an absolute path, or an address with the
     * password in it.
     *
     * @param named as in {@link #target}
     * @param password what the operator was asked for
     */
    static String targetText(String named, Optional<String> password) {
        String place = targetText(named);
        if (!StorePlace.isAddress(place)) {
            return Path.of(place).toAbsolutePath().normalize().toString();
        }
        return password.map(word -> withPassword(place, word)).orElse(place);
    }

    private static String withPassword(String address, String word) {
        int begin = address.indexOf("://") + 3;
        int slash = address.indexOf('/', begin);
        int end = slash < 0 ? address.length() : slash;
        int at = address.lastIndexOf('@', end);
        String user = at < begin ? "" : address.substring(begin, at).split(":", 2)[0];
        String secret = URLEncoder.encode(word, StandardCharsets.UTF_8).replace("+", "%20");
        String rest = address.substring(Math.max(begin, at + 1));
        return address.substring(0, begin) + user + ":" + secret + "@" + rest;
    }

    /** The same with a password for the database. */
    StoreFile withPassword(String word) {
        return new StoreFile(config.withPassword(word), option);
    }

    /** Opens a way in bulk into the place, at which nothing is. */
    Loader loader() {
        return StoreKit.loader(config);
    }

    private static StoreFile of(@Nullable String place, String option) {
        Map<Setting, String> overrides = new EnumMap<>(Setting.class);
        name(overrides, place);
        return new StoreFile(Config.of(ConfigReader.ofProcess().find(overrides)), option);
    }

    /** Names a store on the command line, a file or an address, whatever else names one. */
    static void name(Map<Setting, String> overrides, @Nullable String db) {
        if (db != null && StorePlace.isAddress(db)) {
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

    /** Whether another is the same store, as far as that can be told without opening it. */
    boolean isSame(StoreFile other) throws IOException {
        Optional<Path> file = other.config.file();
        return file.isPresent()
                ? other.exists() && isAt(file.get())
                : config.place().equals(other.config.place());
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
        checkExists();
        return open(config.withSchemaLeftAlone());
    }

    private void checkExists() {
        if (!exists()) {
            throw new ConfigException(
                    List.of(
                            config.place()
                                    + " does not exist; name the file with "
                                    + option
                                    + "."));
        }
    }

    /**
     * Opens a store that must be there, to read it beside the server that has it.
     *
     * @throws ConfigException when it is not
     */
    Store openBeside() {
        checkExists();
        return StoreKit.beside(config);
    }

    /** Opens the store; makes it when it is not there. */
    Store open() {
        return open(config);
    }

    private Store open(Config chosen) {
        try {
            return StoreKit.store(chosen);
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.LOCKED) {
                throw e;
            }
            String remedy =
                    chosen.place()
                            + " is in use by another process, such as a running server. Stop that"
                            + " first, or name another file with "
                            + option
                            + "."
                            + (option.equals("--from")
                                    ? " A running server is moved with --url."
                                    : "");
            throw new StoreException(e.kind(), remedy, e);
        }
    }
}
