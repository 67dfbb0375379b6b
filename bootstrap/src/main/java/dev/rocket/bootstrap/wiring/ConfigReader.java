package dev.rocket.bootstrap.wiring;

import dev.rocket.postgres.PostgresConfig;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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
 * default. An empty variable counts as unset. A file that holds a secret and that everybody may
 * read is a problem in production, elsewhere a warning.
 */
public final class ConfigReader {

    /**
     * A setting's value.
     *
     * @param text as written
     * @param source where it was found
     */
    public record Value(String text, String source) {}

    /**
     * What was found.
     *
     * @param values every setting's
     * @param files those that hold the value of one setting alone
     * @param problems names that are unknown, files that cannot be used, secrets that others may
     *     read in production
     * @param warnings what is a problem in production alone
     */
    public record Found(
            Map<Setting, Value> values,
            Map<Setting, Path> files,
            List<String> problems,
            List<String> warnings) {

        /** Copies all. */
        public Found {
            values = Collections.unmodifiableMap(new EnumMap<>(values));
            files = Map.copyOf(files);
            problems = List.copyOf(problems);
            warnings = List.copyOf(warnings);
        }

        /** The values, with secrets masked, as shown to people. */
        public Map<Setting, Value> shown() {
            Map<Setting, Value> shown = new LinkedHashMap<>(values);
            shown.replaceAll(
                    (setting, value) ->
                            setting.isSecret() && !value.text().isEmpty()
                                    ? new Value("********", value.source())
                                    : value);
            return shown;
        }
    }

    private static final String PROCESS = "environment";

    private record Source(String name, Map<String, String> values) {

        Optional<String> find(String key) {
            return Optional.ofNullable(values.get(key)).filter(text -> !text.isEmpty());
        }
    }

    private final Map<String, String> environment;
    private final Path folder;

    /** Reads from an environment and the {@code .env} files of a folder. */
    public ConfigReader(Map<String, String> environment, Path folder) {
        this.environment = Map.copyOf(environment);
        this.folder = folder;
    }

    /** The configuration of this process: its environment, its working directory. */
    public static ConfigReader ofProcess() {
        return new ConfigReader(System.getenv(), Path.of(""));
    }

    /**
     * Every setting's value, and what is wrong with where they stand.
     *
     * @param overrides what the command line says, by setting
     */
    public Found find(Map<Setting, String> overrides) {
        return new Search(overrides).found();
    }

    private final class Search {

        private final Map<Setting, String> overrides;
        private final List<String> problems = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();
        private final List<String> exposed = new ArrayList<>();
        private final Map<Setting, Path> files = new EnumMap<>(Setting.class);
        private final Credentials credentials;

        Search(Map<Setting, String> overrides) {
            this.overrides = overrides;
            String folder = environment.getOrDefault("CREDENTIALS_DIRECTORY", "");
            this.credentials = new Credentials(folder, problems);
        }

        Found found() {
            Source process = new Source(PROCESS, environment);
            Source base = file(".env");
            Value env = env(List.of(process, base));
            List<Source> sources = new ArrayList<>(List.of(process));
            if (Arrays.asList(Setting.ENV.unit().split(", ", -1)).contains(env.text())) {
                Source special = file(".env." + env.text());
                special.find(Setting.ENV.key()).ifPresent(text -> chosenTooLate(special));
                sources.add(special);
            }
            sources.add(base);
            sources.forEach(this::checkNames);
            Map<Setting, Value> values = new EnumMap<>(Setting.class);
            for (Setting setting : Setting.values()) {
                values.put(setting, setting == Setting.ENV ? env : value(setting, sources));
            }
            sources.stream().filter(Search::holdsSecret).forEach(file -> look(file.name()));
            boolean strict = env.text().equals("production");
            (strict ? problems : warnings).addAll(exposed);
            return new Found(values, files, problems, warnings);
        }

        private static boolean holdsSecret(Source source) {
            return !source.name().equals(PROCESS)
                    && Arrays.stream(Setting.values())
                            .anyMatch(one -> one.isSecret() && source.find(one.key()).isPresent());
        }

        private void look(String file) {
            Exposure.of(folder.resolve(file)).ifPresent(exposed::add);
        }

        private Source file(String name) {
            return new Source(name, EnvFile.read(folder.resolve(name), problems));
        }

        private Value env(List<Source> sources) {
            Value own = value(Setting.ENV, sources);
            if (own.source().equals("default")) {
                for (Source source : sources) {
                    Optional<String> node = source.find("NODE_ENV");
                    if (node.isPresent()) {
                        return lower(node.get(), "NODE_ENV, " + source.name());
                    }
                }
            }
            return lower(own.text(), own.source());
        }

        private static Value lower(String text, String source) {
            return new Value(text.toLowerCase(Locale.ROOT), source);
        }

        private void chosenTooLate(Source special) {
            problems.add(
                    special.name()
                            + ": "
                            + Setting.ENV.key()
                            + " chooses this file, so it cannot stand in it; move it to .env.");
        }

        private Value value(Setting setting, List<Source> sources) {
            String override = overrides.get(setting);
            if (override != null) {
                return new Value(override, "command line");
            }
            for (Source source : sources) {
                Optional<Value> found =
                        source.find(setting.key())
                                .map(text -> new Value(text, source.name()))
                                .or(() -> indirect(setting, source))
                                .or(() -> credential(setting, source))
                                .or(() -> platform(setting, source));
                if (found.isPresent()) {
                    return found.get();
                }
            }
            return new Value(setting.fallback(), "default");
        }

        private Optional<Value> indirect(Setting setting, Source source) {
            String name = setting.key() + Names.FILE;
            return source.find(name)
                    .map(
                            file ->
                                    fromFile(
                                            setting,
                                            file,
                                            source.name().equals(PROCESS)
                                                    ? name
                                                    : name + ", " + source.name()));
        }

        private Optional<Value> credential(Setting setting, Source source) {
            return Optional.of(source)
                    .filter(found -> found.name().equals(PROCESS))
                    .flatMap(found -> credentials.find(setting))
                    .map(file -> fromFile(setting, file.toString(), "systemd credential"));
        }

        private static Optional<Value> platform(Setting setting, Source source) {
            return setting == Setting.DATABASE_URL
                    ? source.find(Names.DATABASE_URL)
                            .filter(PostgresConfig::isUrl)
                            .map(url -> new Value(url, Names.DATABASE_URL + ", " + source.name()))
                    : Optional.empty();
        }

        private Value fromFile(Setting setting, String file, String source) {
            try {
                Path path = folder.resolve(file);
                Value value = new Value(ValueFile.read(path), source);
                files.put(setting, path);
                if (setting.isSecret()) {
                    look(file);
                }
                return value;
            } catch (InvalidPathException e) {
                problems.add(setting.key() + " (" + source + "): no file can have that name.");
            } catch (IOException e) {
                problems.add(
                        setting.key() + " (" + source + "): " + file + " " + e.getMessage() + ".");
            }
            return new Value(setting.fallback(), source);
        }

        private void checkNames(Source source) {
            source.values().forEach((name, value) -> checkName(source, name, value));
        }

        private void checkName(Source source, String name, String value) {
            if (Names.isMistaken(name, value)) {
                problems.add(
                        source.name()
                                + ": "
                                + name
                                + " is not a setting. Did you mean "
                                + Nearest.to(Names.plain(name))
                                + "? See: rocket config");
            }
        }
    }
}
