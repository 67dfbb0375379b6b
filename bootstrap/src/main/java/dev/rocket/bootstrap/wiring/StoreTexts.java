package dev.rocket.bootstrap.wiring;

import dev.rocket.postgres.PostgresConfig;
import dev.rocket.sqlite.SqliteConfig;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Which store the settings name, and how it is to be. */
record StoreTexts(SettingTexts texts) {

    private static final int MOST_DAYS = 36_500;

    /** The store on SQLite; taken when no other is named. */
    SqliteConfig sqlite(boolean production) {
        return new SqliteConfig(
                file(),
                texts.number(Setting.READERS, 1, 64),
                texts.number(Setting.QUEUE, 1, 1_000_000),
                texts.number(Setting.GROUP_MAX, 1, 4_096),
                texts.bytes(Setting.CACHE, 256 << 10, 1 << 30) >> 10,
                production);
    }

    private Path file() {
        try {
            return Path.of(texts.some(Setting.DB_PATH, "the path of a file"));
        } catch (InvalidPathException e) {
            texts.problem(Setting.DB_PATH, "must be the path of a file");
            return Path.of("");
        }
    }

    /** Where backups of it are kept, how many, and when they are made. */
    Config.BackupConfig backups(Path file) {
        Path folder = file.resolveSibling(file.getFileName() + ".backups");
        String named = texts.text(Setting.BACKUP_DIR);
        try {
            folder = named.isEmpty() ? folder : Path.of(named);
        } catch (InvalidPathException e) {
            texts.problem(Setting.BACKUP_DIR, "must be the path of a folder");
        }
        return new Config.BackupConfig(
                folder,
                texts.number(Setting.BACKUP_KEEP, 1, 1_000),
                texts.timetable(Setting.BACKUP_AT));
    }

    /** How long its past is kept. */
    Config.Retention retention() {
        return new Config.Retention(
                texts.days(Setting.ARCHIVE_KEEP, MOST_DAYS),
                texts.days(Setting.FEED_KEEP, MOST_DAYS));
    }

    /** The store on Postgres, when one is named. */
    Optional<PostgresConfig> postgres() {
        int pool = texts.number(Setting.POOL, 1, 1_000);
        boolean validate = texts.oneOf(Setting.SCHEMA, "apply", "validate").equals("validate");
        String schema = texts.text(Setting.DB_SCHEMA);
        if (!PostgresConfig.isSchema(schema)) {
            texts.problem(Setting.DB_SCHEMA, "must be 1 to 51 of a-z, 0-9, _; no digit first");
            schema = PostgresConfig.SCHEMA;
        }
        String url = texts.text(Setting.DATABASE_URL);
        if (url.isEmpty()) {
            return Optional.empty();
        }
        if (isSetInside(Setting.DB_PATH) && isSetInside(Setting.DATABASE_URL)) {
            texts.problem(
                    Setting.DATABASE_URL,
                    "and ROCKET_DB_PATH ("
                            + texts.source(Setting.DB_PATH)
                            + ") name two stores; unset ROCKET_DB_PATH to use Postgres, or this"
                            + " one to use SQLite");
        }
        try {
            return Optional.of(
                    PostgresConfig.at(url)
                            .withSchema(schema)
                            .withValidate(validate)
                            .withConnections(pool)
                            .withQueueCapacity(texts.number(Setting.QUEUE, 1, 1_000_000)));
        } catch (IllegalArgumentException e) {
            texts.problem(Setting.DATABASE_URL, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /**
     * Whether the store is the one that a benchmark compares with, which keeps nothing for long.
     */
    boolean plain(Optional<PostgresConfig> postgres) {
        if (!texts.text(Setting.BENCH).equals("plain")) {
            return false;
        }
        if (postgres.filter(some -> StoreKit.isThrowAway(some.schema())).isEmpty()) {
            texts.problem(
                    Setting.BENCH,
                    "is for a schema that `rocket bench --postgres` makes for itself; set it to"
                            + " off");
        }
        return true;
    }

    /** Whether it is set, but not on the command line, which is stronger than all else. */
    private boolean isSetInside(Setting setting) {
        String source = texts.source(setting);
        return !source.equals("default") && !source.equals("command line");
    }
}
