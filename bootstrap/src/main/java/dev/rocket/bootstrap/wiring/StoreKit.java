package dev.rocket.bootstrap.wiring;

import dev.rocket.core.operation.CopiedBackups;
import dev.rocket.core.operation.MigrateStore;
import dev.rocket.core.operation.OldStore;
import dev.rocket.core.port.Backups;
import dev.rocket.core.port.Loader;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Probe;
import dev.rocket.core.port.Store;
import dev.rocket.postgres.Glance;
import dev.rocket.postgres.PlainStore;
import dev.rocket.postgres.PostgresConfig;
import dev.rocket.postgres.PostgresLoader;
import dev.rocket.postgres.PostgresSchema;
import dev.rocket.postgres.PostgresStore;
import dev.rocket.postgres.PostgresUpgrade;
import dev.rocket.postgres.ThrowAway;
import dev.rocket.sqlite.FileBackups;
import dev.rocket.sqlite.FormerFile;
import dev.rocket.sqlite.PlainCopies;
import dev.rocket.sqlite.SqliteConfig;
import dev.rocket.sqlite.SqliteLoader;
import dev.rocket.sqlite.SqliteStore;
import dev.rocket.sqlite.SqliteUpgrade;
import dev.rocket.sqlite.StoreHeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/** Opens, makes and copies stores, on whichever engine. */
public final class StoreKit {

    private static final System.Logger LOG = System.getLogger("dev.rocket.config");

    private StoreKit() {}

    /** Opens the store that the configuration names. */
    public static Store store(Config config) {
        LogLines.hush();
        return store(config, Meter.NONE);
    }

    static Store store(Config config, Meter meter) {
        if (config.postgres().isEmpty()) {
            BackupParts.checkNothingLost(config);
            return SqliteStore.open(config.sqlite(), meter);
        }
        PostgresConfig postgres = config.postgres().get();
        if (config.plain()) {
            return PlainStore.open(postgres);
        }
        return PostgresStore.open(postgres, meter, Logins.of(postgres));
    }

    /** Opens the store that the configuration names, whether it is in charge or not. */
    static Store aside(Config config, Meter meter) {
        if (config.postgres().isEmpty()) {
            return SqliteStore.aside(config.sqlite(), meter);
        }
        PostgresConfig postgres = config.postgres().get();
        return PostgresStore.aside(postgres, meter, Logins.of(postgres));
    }

    /** Opens the store that a server is to run on, and finds out whether it is in charge. */
    static Store first(Config config, Meter meter) {
        if (config.plain()) {
            return store(config, meter);
        }
        BackupParts.checkModes(config);
        BackupParts.checkNothingLost(config);
        Store first =
                config.postgres()
                        .<Store>map(some -> PostgresStore.aside(some, meter, Logins.of(some)))
                        .orElseGet(() -> SqliteStore.aside(config.sqlite(), meter));
        try {
            StorePlace here = new StorePlace(config, meter);
            MigrateStore.settle(first, here, name -> StorePlace.named(name, Meter.NONE));
            return first;
        } catch (RuntimeException e) {
            first.close();
            throw e;
        }
    }

    /** Whether a store is there, as far as that can be told without making one. */
    static boolean isThere(Config config) {
        Optional<PostgresConfig> postgres = config.postgres();
        return postgres.isPresent()
                ? Glance.isThere(postgres.get(), Logins.of(postgres.get()).get())
                : config.file().filter(file -> file.toFile().length() > 0).isPresent();
    }

    /** Whether nothing is where the store should be, or an emptied file. */
    static boolean isGone(Config config) {
        return config.file().map(FormerFile::isGone).orElseGet(() -> !isThere(config));
    }

    /** The files that a store on a file has left beside it, whether it is there or not. */
    static List<Path> traces(Config config) {
        return config.file()
                .map(file -> FormerFile.traces(file.toAbsolutePath().normalize()))
                .orElse(List.of());
    }

    /** Throws away the copy that an unfinished move from that source left. */
    static void discard(Config config, String source) {
        boolean was =
                config.postgres().isPresent()
                        ? PostgresLoader.discard(config.postgres().get(), source)
                        : SqliteLoader.discard(config.sqlite(), source);
        if (was) {
            LOG.log(System.Logger.Level.INFO, "threw away an unfinished copy: " + config.place());
        }
    }

    /** How many servers have the store open; 0 when that cannot be told. */
    static int servers(Config config) {
        return config.postgres().map(some -> Glance.servers(some, Logins.of(some).get())).orElse(1);
    }

    /** Opens a way in bulk into the place that the configuration names, at which nothing is. */
    public static Loader loader(Config config) {
        LogLines.hush();
        return config.postgres().isPresent()
                ? PostgresLoader.open(config.postgres().get())
                : SqliteLoader.open(config.sqlite());
    }

    /** Opens a way in bulk into a file, at which nothing is. */
    public static Loader loader(Path file) {
        return SqliteLoader.open(SqliteConfig.at(file));
    }

    /**
     * The same as an older program would have made it.
     *
     * @param version of the schema
     */
    static Loader loader(Path file, int version) {
        return SqliteLoader.open(SqliteConfig.at(file), version);
    }

    /** Opens a copy to read it, at whatever schema it is. */
    static Store copyAsItIs(Path file) {
        return SqliteStore.beside(SqliteConfig.at(file).withReaders(1));
    }

    /** Takes hold of the store of a configuration, if its schema is older than this program's. */
    static Optional<OldStore> old(Config config) {
        LogLines.hush();
        return config.postgres().isPresent()
                ? PostgresUpgrade.hold(config.postgres().get())
                        .map(old -> new OldTables(config.place(), old))
                : SqliteUpgrade.hold(config.sqlite()).map(old -> old(config, old));
    }

    /** The same beside the server that has it; it can only be looked at. */
    static Optional<OldStore> oldBeside(Config config) {
        LogLines.hush();
        return config.postgres().isPresent()
                ? PostgresUpgrade.beside(config.postgres().get())
                        .map(old -> new OldTables(config.place(), old))
                : SqliteUpgrade.beside(config.sqlite()).map(old -> old(config, old));
    }

    private static OldStore old(Config config, SqliteUpgrade old) {
        return new OldFile(config.place(), old, opener(config));
    }

    /** A name for a schema that a benchmark makes for itself, and that nobody has. */
    public static String throwAwaySchema() {
        return ThrowAway.name(new SecureRandom());
    }

    /** Whether a schema of that name is one that a benchmark made for itself. */
    static boolean isThrowAway(String schema) {
        return ThrowAway.isName(schema);
    }

    /**
     * Drops the schema of a configuration; only one that a benchmark made.
     *
     * @throws IllegalArgumentException when it is another
     */
    public static void dropThrowAway(Config config) {
        config.postgres().ifPresent(ThrowAway::drop);
    }

    /** What is wrong with the address of a Postgres database; empty when nothing is. */
    public static Optional<String> flaw(String address) {
        try {
            PostgresConfig.at(address);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The statements that make the tables on Postgres, in a schema of that name, or advance them.
     *
     * @param from the version that is there, 0 when none is
     * @throws ConfigException when there is nothing to do for that
     */
    public static String schema(String name, int from) {
        try {
            return PostgresSchema.sql(name, from);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(List.of(String.valueOf(e.getMessage())));
        }
    }

    /** What is to be said of the copies beside the store's file; nothing on Postgres. */
    public static List<Probe.Remark> copies(Config config) {
        return config.file().filter(Files::exists).map(PlainCopies::look).orElse(List.of());
    }

    /** The files beside a store's file that are stores too. */
    public static List<Path> copiesBeside(Path file) {
        return PlainCopies.beside(file);
    }

    /** Whether opening the store's file would advance its schema. */
    public static boolean isOutdated(Config config) {
        try {
            Optional<Path> file = config.file().filter(Files::exists);
            return file.isPresent()
                    && StoreHeader.read(file.get()).filter(StoreHeader::isOutdated).isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(config.place() + " cannot be read: " + e, e);
        }
    }

    /** Opens a store to read it beside the server that has it. */
    public static Store beside(Config config) {
        LogLines.hush();
        return config.postgres().isEmpty()
                ? SqliteStore.beside(config.sqlite())
                : PostgresStore.open(config.postgres().get().withValidate(true), Meter.NONE);
    }

    /**
     * What makes copies of a store, and opens them.
     *
     * @param store of the configuration
     */
    public static Backups copier(Config config, Store store) {
        Backups files = opener(config);
        return config.postgres().isEmpty()
                ? files
                : new CopiedBackups(store, StoreKit::loader, files::open);
    }

    /** What opens copies, of whichever engine they are. */
    public static Backups opener(Config config) {
        return FileBackups.of(config.sqlite());
    }

    /** Copies a database as anybody could, for a benchmark to compare with. */
    public static void plainCopy(Path database, Path copy) {
        FileBackups.plain(database, copy);
    }
}
