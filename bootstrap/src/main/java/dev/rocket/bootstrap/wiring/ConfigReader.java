package dev.rocket.bootstrap.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The finder of each setting's value and where it comes from.
 *
 * <p>Strongest first: the command line, the environment, the file that {@code NAME_FILE} names, a
 * systemd credential called like the setting, {@code .env.<environment>}, {@code .env}, the
 * default.
 */
public final class ConfigReader {

    /**
     * A setting's value.
     *
     * @param text as written
     * @param source where it was found
     */
    public record Value(String text, String source) {}

    private record Source(String name, Map<String, String> values) {}

    private final Map<String, String> environment;
    private final Path folder;
    private final List<String> problems = new ArrayList<>();

    /** Reads from an environment and the {@code .env} files of a folder. */
    public ConfigReader(Map<String, String> environment, Path folder) {
        this.environment = environment;
        this.folder = folder;
    }

    /** The configuration of this process: its environment, its working directory. */
    public static ConfigReader ofProcess() {
        return new ConfigReader(System.getenv(), Path.of(""));
    }

    /**
     * Every setting's value.
     *
     * @param overrides what the command line says, by setting
     * @throws ConfigException when a name is unknown or a file cannot be used; tells all at once
     */
    public Map<Setting, Value> values(Map<Setting, String> overrides) {
        Map<String, String> base = EnvFile.read(folder.resolve(".env"), problems);
        Source process = new Source("environment", environment);
        String env = envName(List.of(process, new Source(".env", base)), overrides);
        String special = ".env." + env;
        Map<String, String> more = EnvFile.read(folder.resolve(special), problems);
        List<Source> sources =
                List.of(process, new Source(special, more), new Source(".env", base));
        sources.forEach(this::checkNames);
        Map<Setting, Value> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            values.put(setting, value(setting, sources, overrides));
        }
        values.computeIfPresent(Setting.ENV, (setting, found) -> new Value(env, found.source()));
        databaseUrl();
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return values;
    }

    private static String envName(List<Source> sources, Map<Setting, String> overrides) {
        if (overrides.containsKey(Setting.ENV)) {
            return overrides.get(Setting.ENV);
        }
        for (String key : List.of(Setting.ENV.key(), "NODE_ENV")) {
            for (Source source : sources) {
                String value = source.values().getOrDefault(key, "");
                if (!value.isEmpty()) {
                    return value.toLowerCase(Locale.ROOT);
                }
            }
        }
        return Setting.ENV.fallback();
    }

    private Value value(Setting setting, List<Source> sources, Map<Setting, String> overrides) {
        String override = overrides.get(setting);
        if (override != null) {
            return new Value(override, "command line");
        }
        for (Source source : sources) {
            String direct = source.values().get(setting.key());
            if (direct != null && !direct.isEmpty()) {
                return new Value(direct, source.name());
            }
            Optional<Value> indirect =
                    Optional.ofNullable(source.values().get(setting.key() + "_FILE"))
                            .map(file -> fromFile(setting, Path.of(file), setting.key() + "_FILE"))
                            .or(
                                    () ->
                                            source.name().equals("environment")
                                                    ? credential(setting)
                                                    : Optional.empty());
            if (indirect.isPresent()) {
                return indirect.get();
            }
        }
        return new Value(setting.fallback(), "default");
    }

    private Optional<Value> credential(Setting setting) {
        String folderName = environment.getOrDefault("CREDENTIALS_DIRECTORY", "");
        Path file = Path.of(folderName.isEmpty() ? "." : folderName, setting.key());
        return !folderName.isEmpty() && Files.exists(file)
                ? Optional.of(fromFile(setting, file, "systemd credential"))
                : Optional.empty();
    }

    private Value fromFile(Setting setting, Path file, String source) {
        try {
            return new Value(Files.readString(folder.resolve(file)).strip(), source);
        } catch (IOException e) {
            problems.add(
                    setting.key()
                            + ": the file "
                            + file
                            + " cannot be read; check that it exists and that this user may.");
            return new Value(setting.fallback(), source);
        }
    }

    private void checkNames(Source source) {
        for (String name : source.values().keySet()) {
            String plain = name.endsWith("_FILE") ? name.substring(0, name.length() - 5) : name;
            boolean known =
                    !name.startsWith("ROCKET_")
                            || Setting.find(plain).isPresent()
                            || name.equals("ROCKET_DATABASE_URL")
                            || Setting.OTHERS.contains(name);
            if (!known) {
                problems.add(
                        source.name()
                                + ": "
                                + name
                                + " is not a setting. Did you mean "
                                + Nearest.to(name)
                                + "? See: rocket config");
            }
        }
    }

    private void databaseUrl() {
        for (String name : List.of("ROCKET_DATABASE_URL", "DATABASE_URL")) {
            String url = environment.getOrDefault(name, "");
            boolean ours = name.startsWith("ROCKET_") || url.startsWith("postgres");
            if (!url.isEmpty() && ours) {
                problems.add(
                        name
                                + " is set, but this version stores tasks in SQLite alone; unset"
                                + " it and use ROCKET_DB_PATH.");
            }
        }
    }

    /** The values, with secrets masked, as shown to people. */
    public static Map<Setting, Value> shown(Map<Setting, Value> values) {
        Map<Setting, Value> shown = new LinkedHashMap<>(values);
        shown.replaceAll(
                (setting, value) ->
                        setting.isSecret() && !value.text().isEmpty()
                                ? new Value("********", value.source())
                                : value);
        return shown;
    }
}
