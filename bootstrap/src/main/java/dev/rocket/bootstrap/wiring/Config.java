package dev.rocket.bootstrap.wiring;

import dev.rocket.bootstrap.vault.OffsiteConfig;
import dev.rocket.core.operation.Timetable;
import dev.rocket.core.usecase.Authenticate;
import dev.rocket.core.usecase.ManageTokens;
import dev.rocket.http.HttpConfig;
import dev.rocket.postgres.PostgresConfig;
import dev.rocket.sqlite.SqliteConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The settings, understood and found safe.
 *
 * @param env development, staging or production
 * @param sqlite of the store, when it is on SQLite
 * @param postgres of the store, when it is on Postgres
 * @param backups of the store
 * @param http of the server
 * @param adminToken the first admin token, when one is set
 * @param drain how long a graceful stop may take
 * @param log how and what to log
 * @param maintenance what is done by the clock, and when
 * @param plain whether the store is the one that a benchmark compares with
 * @param warnings what would be refused in production, each a sentence with its remedy
 * @param archive the folder of the feed's archive; empty when there is to be none
 * @param retention how long the past is kept
 * @param offsite where copies are kept, if anywhere
 */
public record Config(
        String env,
        SqliteConfig sqlite,
        Optional<PostgresConfig> postgres,
        BackupConfig backups,
        HttpConfig http,
        Optional<String> adminToken,
        Duration drain,
        LogConfig log,
        Maintenance maintenance,
        boolean plain,
        List<String> warnings,
        Optional<Path> archive,
        Retention retention,
        Optional<OffsiteConfig> offsite) {

    /** The file that holds the store; empty when it is on Postgres. */
    public Optional<Path> file() {
        return postgres.isPresent() ? Optional.empty() : Optional.of(sqlite.path());
    }

    /** The folder of the feed's archive, though nothing may be archived into it just now. */
    public Path archiveFolder() {
        return archive.orElseGet(() -> beside(sqlite));
    }

    private static Path beside(SqliteConfig sqlite) {
        return sqlite.path().resolveSibling(sqlite.path().getFileName() + ".feed");
    }

    /** Where the store is, as told to people: never with a password. */
    public String place() {
        return postgres.map(some -> some.server() + ", schema " + some.schema())
                .orElseGet(() -> sqlite.path().toAbsolutePath().normalize().toString());
    }

    /** The settings that lead a server to the store, a line each; a password is left out. */
    public List<String> settings() {
        if (postgres.isEmpty()) {
            return List.of(
                    Setting.DB_PATH.key() + "=" + place(), Setting.DATABASE_URL.key() + " unset");
        }
        PostgresConfig some = postgres.get();
        boolean secret = some.server().password().isPresent();
        String hint = secret ? "   (with its password, best by the name with _FILE)" : "";
        return List.of(
                Setting.DATABASE_URL.key() + "=" + some.server().address() + hint,
                Setting.DB_SCHEMA.key() + "=" + some.schema(),
                Setting.DB_PATH.key() + " unset");
    }

    /** The same, with another password for the database. */
    public Config withPassword(String word) {
        return on(postgres.map(some -> some.withPassword(word)));
    }

    /** The same, if the store is on Postgres with its schema only looked at. */
    public Config withSchemaLeftAlone() {
        return on(postgres.map(some -> some.withValidate(true)));
    }

    private Config on(Optional<PostgresConfig> other) {
        return new Config(
                env,
                sqlite,
                other,
                backups,
                http,
                adminToken,
                drain,
                log,
                maintenance,
                plain,
                warnings,
                archive,
                retention,
                offsite);
    }

    /** The address to listen on. */
    public String host() {
        return http.host();
    }

    /** The port to listen on; 0 takes a free one. */
    public int port() {
        return http.port();
    }

    /** Where the page's files are read from when it is not those that were built in. */
    public Optional<Path> pages() {
        return http.source();
    }

    /** Connections that may be open at a time. */
    public int connections() {
        return http.limits().connections();
    }

    /** Whether what is unsafe is refused. */
    public boolean isProduction() {
        return http.production();
    }

    /** Whether requests must prove who asks. */
    public boolean asksForTokens() {
        return http.auth();
    }

    /**
     * What is done by the clock, and when.
     *
     * @param isByItself whether it is done when it is due, not only when it is asked for
     * @param upkeep when the store is kept in order
     * @param scale when it is evaluated whether SQLite suffices
     * @param drill when a recovery is rehearsed
     * @param window for how long a store that was moved away from follows
     */
    public record Maintenance(
            boolean isByItself,
            Timetable upkeep,
            Timetable scale,
            Timetable drill,
            Duration window) {}

    /**
     * How long the past is kept.
     *
     * @param archive segments of the feed's archive; empty for ever
     * @param feed changes that a newer one follows; empty for ever
     */
    public record Retention(Optional<Duration> archive, Optional<Duration> feed) {}

    /**
     * How and what to log.
     *
     * @param json one JSON object a line instead of text
     * @param level debug, info, warn or error
     */
    public record LogConfig(boolean json, String level) {}

    /**
     * Where backups are kept, how many, and when they are made.
     *
     * @param folder need not be there yet
     * @param keep verified ones, 1 to 1,000
     * @param at when one is made by itself
     */
    public record BackupConfig(Path folder, int keep, Timetable at) {}

    private static final Pattern SECRET =
            Pattern.compile(
                    "[!-~]{" + ManageTokens.MIN_SECRET + "," + Authenticate.MAX_SECRET + "}");
    private static final Duration LONGEST_DRAIN = Duration.ofHours(1);
    private static final Duration LONGEST_WINDOW = Duration.ofDays(90);

    /**
     * Understands settings.
     *
     * @throws ConfigException with every problem: what the reader found, a bad unit, a value out of
     *     range, an unsafe combination
     */
    public static Config of(ConfigReader.Found found) {
        return new Reading(new SettingTexts(found)).config(found.warnings());
    }

    /** The name of the schema on Postgres, used or not; {@link #of} tells whether it can be. */
    public static String schema(ConfigReader.Found found) {
        return new SettingTexts(found).text(Setting.DB_SCHEMA);
    }

    /** The store to compare with, a path or an address; empty when the settings name none. */
    public static String against(ConfigReader.Found found) {
        return new SettingTexts(found).text(Setting.AGAINST_URL);
    }

    /** The place to copy to, a path or an address; empty when the settings name none. */
    public static String target(ConfigReader.Found found) {
        return new SettingTexts(found).text(Setting.TARGET_URL);
    }

    private record Reading(SettingTexts texts) {

        Config config(List<String> warnings) {
            String env = texts.oneOf(Setting.ENV, "development", "test", "staging", "production");
            boolean production = env.equals("production");
            HttpConfig http = new HttpTexts(texts).http(production);
            StoreTexts stores = new StoreTexts(texts);
            SqliteConfig sqlite = stores.sqlite(production);
            Optional<PostgresConfig> postgres = stores.postgres();
            boolean plain = stores.plain(postgres);
            BackupConfig backups = stores.backups(sqlite.path());
            Duration drain =
                    texts.time(
                            Setting.DRAIN_TIMEOUT,
                            texts.text(Setting.DRAIN_TIMEOUT),
                            LONGEST_DRAIN);
            LogConfig log = log();
            Maintenance maintenance = maintenance();
            Optional<String> admin = admin();
            Optional<Path> archive = archive(sqlite, postgres.isPresent());
            Retention retention = stores.retention();
            Optional<OffsiteConfig> offsite = new OffsiteTexts(texts).offsite(production);
            if (!texts.problems().isEmpty()) {
                throw new ConfigException(texts.problems());
            }
            return new Config(
                    env,
                    sqlite,
                    postgres,
                    backups,
                    http,
                    admin,
                    drain,
                    log,
                    maintenance,
                    plain,
                    warnings,
                    archive,
                    retention,
                    offsite);
        }

        private LogConfig log() {
            return new LogConfig(
                    texts.oneOf(Setting.LOG_FORMAT, "text", "json").equals("json"),
                    texts.oneOf(Setting.LOG_LEVEL, "debug", "info", "warn", "error"));
        }

        private Maintenance maintenance() {
            return new Maintenance(
                    texts.isOn(Setting.MAINTENANCE),
                    texts.timetable(Setting.UPKEEP),
                    texts.timetable(Setting.SCALE),
                    texts.timetable(Setting.DRILL),
                    texts.time(Setting.WINDOW, texts.text(Setting.WINDOW), LONGEST_WINDOW));
        }

        private Optional<Path> archive(SqliteConfig sqlite, boolean onPostgres) {
            String text = texts.text(Setting.ARCHIVE);
            // Servers on one Postgres may share a machine; each is told its own folder.
            if (text.equals("off") || (text.isEmpty() && onPostgres)) {
                return Optional.empty();
            }
            return Optional.of(text.isEmpty() ? beside(sqlite) : Path.of(text));
        }

        private Optional<String> admin() {
            Optional<String> admin =
                    Optional.of(texts.text(Setting.ADMIN_TOKEN)).filter(token -> !token.isEmpty());
            if (admin.isPresent() && !SECRET.matcher(admin.get()).matches()) {
                texts.problem(
                        Setting.ADMIN_TOKEN,
                        "must have "
                                + ManageTokens.MIN_SECRET
                                + " to "
                                + Authenticate.MAX_SECRET
                                + " characters, letters, digits and signs of ASCII without blanks");
            }
            return admin;
        }
    }
}
