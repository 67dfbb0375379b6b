package dev.rocket.bootstrap.wiring;

import java.util.Arrays;
import java.util.Optional;

/** Everything that a deployer may set: the one schema of the configuration. */
public enum Setting {
    /** The HTTP port. */
    PORT("PORT", "9000", "port", "HTTP port; 0 takes a free one"),
    /** The address to listen on. */
    HOST("ROCKET_HOST", "127.0.0.1", "address", "address to listen on"),
    /** How strict to be. */
    ENV(
            "ROCKET_ENV",
            "development",
            "development, test, staging, production",
            "how strict to be; NODE_ENV counts when this is unset; development makes `./rocket"
                    + " serve` follow its sources"),
    /** Where the data is. */
    DB_PATH("ROCKET_DB_PATH", "rocket.db", "path", "SQLite file, made on the first start"),
    /** Where the data is when it is on Postgres. */
    DATABASE_URL(
            "ROCKET_DATABASE_URL",
            "",
            "postgres://… (secret)",
            "Postgres instead of SQLite: postgres://user:password@host:5432/database;"
                    + " DATABASE_URL counts when this is unset"),
    /** The schema on Postgres. */
    DB_SCHEMA("ROCKET_DB_SCHEMA", "rocket", "name", "Postgres schema that holds the tables"),
    /** Whether the schema is made. */
    SCHEMA(
            "ROCKET_SCHEMA",
            "apply",
            "apply, validate",
            "make and advance the tables on Postgres, or only check them; see `rocket schema`"),
    /** Connections to Postgres. */
    POOL(
            "ROCKET_POOL",
            "16",
            "connections",
            "connections to Postgres that write; half as many read"),
    /** The store to compare with. */
    AGAINST_URL(
            "ROCKET_AGAINST_URL",
            "",
            "path, postgres://… (secret)",
            "store that `rocket verify --against` compares with when it names none"),
    /** The store to move to. */
    TARGET_URL(
            "ROCKET_TARGET_URL",
            "",
            "path, postgres://… (secret)",
            "place that `rocket migrate --to` copies to when it names none"),
    /** Where backups are kept. */
    BACKUP_DIR(
            "ROCKET_BACKUP_DIR",
            "",
            "path",
            "folder of the backups; ROCKET_DB_PATH with `.backups` behind it when this is unset"),
    /** How many backups are kept. */
    BACKUP_KEEP(
            "ROCKET_BACKUP_KEEP",
            "5",
            "backups",
            "verified backups that are kept; the last one never goes"),
    /** When a backup is made. */
    BACKUP_AT(
            "ROCKET_BACKUP_AT",
            "daily 02:30",
            "timetable",
            "when a backup is made by itself, such as daily 02:30, every 6h, off"),
    /** Whether tokens are asked for. */
    AUTH(
            "ROCKET_AUTH",
            "on",
            "on, off",
            "ask for tokens; off only on a loopback address outside production"),
    /** The first admin token. */
    ADMIN_TOKEN(
            "ROCKET_ADMIN_TOKEN",
            "",
            "secret",
            "first admin token of a new database, 20 to 200 characters; without it the first"
                    + " start prints a set-up link"),
    /** The quota of one address. */
    RATE_LIMIT(
            "ROCKET_RATE_LIMIT",
            "500/15m",
            "requests/time, off",
            "requests that one client address may make in a time (s, m, h)"),
    /** Whose forwarding headers are believed. */
    TRUSTED_PROXIES(
            "ROCKET_TRUSTED_PROXIES",
            "",
            "addresses, CIDR blocks",
            "proxies whose X-Forwarded-For is believed, separated by commas"),
    /** How log lines look. */
    LOG_FORMAT("ROCKET_LOG_FORMAT", "text", "text, json", "how log lines look"),
    /** What is logged. */
    LOG_LEVEL("ROCKET_LOG_LEVEL", "info", "debug, info, warn, error", "least level that is logged"),
    /** The size of a body. */
    MAX_BODY("ROCKET_MAX_BODY", "1MiB", "bytes (KiB, MiB)", "largest request body"),
    /** Connections at a time. */
    MAX_CONNECTIONS("ROCKET_MAX_CONNECTIONS", "20000", "connections", "open at a time"),
    /** How long a stop may take. */
    DRAIN_TIMEOUT(
            "ROCKET_DRAIN_TIMEOUT", "20s", "time (s, m, h)", "how long a graceful stop may take"),
    /** Commands that may wait. */
    QUEUE("ROCKET_QUEUE", "4096", "commands", "writes that may wait; more are answered 503"),
    /** Commands in one commit. */
    GROUP_MAX("ROCKET_GROUP_MAX", "256", "commands", "writes that share one commit at most"),
    /** Reading connections. */
    READERS("ROCKET_READERS", "2", "connections", "connections that read, each with a thread"),
    /** The page cache. */
    CACHE("ROCKET_CACHE", "16MiB", "bytes (KiB, MiB)", "page cache of the writer"),
    /** Whether maintenance is done by itself. */
    MAINTENANCE(
            "ROCKET_MAINTENANCE",
            "on",
            "on, off",
            "do maintenance when it is due; off does only what is asked for"),
    /** When the store is kept in order. */
    UPKEEP(
            "ROCKET_UPKEEP",
            "daily 03:30",
            "timetable",
            "when unused space is given back and statistics are refreshed, such as sunday 04:00,"
                    + " every 6h, off"),
    /** When it is evaluated whether SQLite suffices. */
    SCALE(
            "ROCKET_SCALE",
            "daily 04:30",
            "timetable",
            "when this host is measured for 1.5 s and `rocket scale` is evaluated; on SQLite"
                    + " alone; each quarter is summed up"),
    /** When a recovery is rehearsed. */
    DRILL(
            "ROCKET_DRILL",
            "quarterly 05:30",
            "timetable",
            "when a recovery is rehearsed as `rocket drill` does it: on the first of January,"
                    + " April, July and October"),
    /** For how long a store that was moved away from follows. */
    WINDOW(
            "ROCKET_MIGRATE_WINDOW",
            "24h",
            "time (s, m, h)",
            "after `rocket migrate` the former store follows for that long, so that the way back"
                    + " is short"),
    /** Where the feed is archived. */
    ARCHIVE(
            "ROCKET_ARCHIVE",
            "",
            "path, off",
            "folder that the feed is archived into every few seconds; when this is unset"
                    + " ROCKET_DB_PATH with `.feed` behind it, and none on Postgres"),
    /** How long the archive is kept. */
    ARCHIVE_KEEP(
            "ROCKET_ARCHIVE_KEEP",
            "90d",
            "days (d), all",
            "how long the archive is kept at least; what is behind the oldest verified backup"
                    + " never goes"),
    /** How long the feed is kept whole. */
    FEED_KEEP(
            "ROCKET_FEED_KEEP",
            "all",
            "days (d), all",
            "how long every change is kept; older ones go but for the newest of each entity"),
    /** Where copies are kept. */
    OFFSITE(
            "ROCKET_OFFSITE",
            "",
            "path, s3://…",
            "where copies of backups and of the feed are kept: a folder on another disk, or"
                    + " s3://bucket/prefix?endpoint=…&region=…&style=path"),
    /** What seals them. */
    OFFSITE_KEY(
            "ROCKET_OFFSITE_KEY",
            "",
            "secret",
            "32 random bytes in base64 that seal these copies; older ones behind commas"),
    /** Who asks the bucket's store. */
    OFFSITE_ACCESS_KEY(
            "ROCKET_OFFSITE_ACCESS_KEY",
            "",
            "name",
            "who asks the bucket's store; AWS_ACCESS_KEY_ID and the like count when this is unset"),
    /** What proves it. */
    OFFSITE_SECRET_KEY(
            "ROCKET_OFFSITE_SECRET_KEY", "", "secret", "what goes with ROCKET_OFFSITE_ACCESS_KEY"),
    /** Handlers for measuring. */
    BENCH(
            "ROCKET_BENCH",
            "off",
            "on, off, plain",
            "empty and echo handlers for measuring; plain also writes as `rocket bench` compares"
                    + " with; loopback and outside production only");

    private final String key;
    private final String fallback;
    private final String unit;
    private final String meaning;

    Setting(String key, String fallback, String unit, String meaning) {
        this.key = key;
        this.fallback = fallback;
        this.unit = unit;
        this.meaning = meaning;
    }

    /** The environment variable. */
    public String key() {
        return key;
    }

    /** What counts when nobody sets it. */
    public String fallback() {
        return fallback;
    }

    /** What is written in it. */
    public String unit() {
        return unit;
    }

    /** What it is for, in one line. */
    public String meaning() {
        return meaning;
    }

    /** Whether its value must not be shown. */
    public boolean isSecret() {
        return unit.contains("secret");
    }

    /** The setting of that name. */
    static Optional<Setting> find(String key) {
        return Arrays.stream(values()).filter(setting -> setting.key.equals(key)).findFirst();
    }
}
