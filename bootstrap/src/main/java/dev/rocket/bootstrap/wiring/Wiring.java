package dev.rocket.bootstrap.wiring;

import dev.rocket.bootstrap.vault.DirectoryVault;
import dev.rocket.bootstrap.vault.OffsiteConfig;
import dev.rocket.bootstrap.vault.S3Vault;
import dev.rocket.bootstrap.vault.SealedVault;
import dev.rocket.core.operation.CheckStore;
import dev.rocket.core.operation.Chore;
import dev.rocket.core.operation.CopiedBackups;
import dev.rocket.core.operation.Diagnose;
import dev.rocket.core.operation.DrillRestore;
import dev.rocket.core.operation.KeepBackups;
import dev.rocket.core.operation.MaintenanceScheduler;
import dev.rocket.core.operation.Operations;
import dev.rocket.core.operation.WatchScale;
import dev.rocket.core.operation.WatchSecrets;
import dev.rocket.core.operation.WriterLoad;
import dev.rocket.core.port.Backups;
import dev.rocket.core.port.Loader;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Probe;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.Vault;
import dev.rocket.core.usecase.ManageTokens;
import dev.rocket.core.usecase.UseCases;
import dev.rocket.http.HttpAdapter;
import dev.rocket.http.InheritedSocket;
import dev.rocket.http.observe.BackupFigures;
import dev.rocket.http.observe.Metrics;
import dev.rocket.postgres.PlainStore;
import dev.rocket.postgres.PostgresConfig;
import dev.rocket.postgres.PostgresLoader;
import dev.rocket.postgres.PostgresSchema;
import dev.rocket.postgres.PostgresStore;
import dev.rocket.postgres.ThrowAway;
import dev.rocket.sqlite.FileBackups;
import dev.rocket.sqlite.PlainCopies;
import dev.rocket.sqlite.SqliteConfig;
import dev.rocket.sqlite.SqliteLoader;
import dev.rocket.sqlite.SqliteStore;
import dev.rocket.sqlite.StoreHeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The parts list: what is made of what. */
public final class Wiring {

    private static final System.Logger LOG = System.getLogger("dev.rocket.config");

    /** How often secrets' ages are looked at. */
    private static final Duration REMIND = Duration.ofMinutes(5);

    private Wiring() {}

    /** Opens the store that the configuration names. */
    public static Store store(Config config) {
        LogLines.hush();
        return store(config, Meter.NONE);
    }

    private static Store store(Config config, Meter meter) {
        if (config.postgres().isEmpty()) {
            BackupParts.checkNothingLost(config);
            return SqliteStore.open(config.sqlite(), meter);
        }
        PostgresConfig postgres = config.postgres().get();
        if (config.plain()) {
            return PlainStore.open(postgres);
        }
        Logins logins =
                new Logins(() -> ConfigReader.ofProcess().find(Map.of()), postgres.server());
        return PostgresStore.open(postgres, meter, logins);
    }

    /** Opens a way in bulk into the place that the configuration names, at which nothing is. */
    public static Loader loader(Config config) {
        LogLines.hush();
        return config.postgres().isPresent()
                ? PostgresLoader.open(config.postgres().get())
                : SqliteLoader.open(config.sqlite());
    }

    /**
     * The place off-site, when one is set.
     *
     * @param work a folder for passing files
     */
    public static Optional<Vault> offsite(Config config, Path work) {
        return config.offsite().map(offsite -> vault(offsite, work));
    }

    private static Vault vault(OffsiteConfig offsite, Path work) {
        Vault vault =
                switch (offsite.place()) {
                    case OffsiteConfig.Folder folder -> new DirectoryVault(folder.path());
                    case OffsiteConfig.Bucket bucket -> new S3Vault(bucket);
                };
        return offsite.keys().isEmpty() ? vault : new SealedVault(vault, offsite.keys(), work);
    }

    /** Opens a way in bulk into a file, at which nothing is. */
    public static Loader loader(Path file) {
        return SqliteLoader.open(SqliteConfig.at(file));
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

    /** The statements that make the tables on Postgres, in a schema of that name. */
    public static String schema(String name) {
        return PostgresSchema.sql(name);
    }

    /**
     * The checks of an open store.
     *
     * @param clock tells ages
     */
    public static List<Diagnose.Check> checks(Config config, Store store, InstantSource clock) {
        ConfiguredSecrets configured = ConfiguredSecrets.of(store, new SecureRandom(), clock);
        WatchSecrets secrets = new WatchSecrets(store, clock, configured::secrets);
        List<Diagnose.Check> checks = new ArrayList<>(new CheckStore(store, clock).checks());
        checks.add(new Diagnose.Check("secrets", secrets::look));
        return List.copyOf(checks);
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

    /** The use cases over a store, with the machine's clock and chance. */
    public static UseCases useCases(Store store) {
        return UseCases.over(store, clock(), new SecureRandom(), Meter.NONE);
    }

    /** The address of the socket that this process was started with; empty when it got none. */
    public static Optional<InetSocketAddress> inherited() {
        return InheritedSocket.address();
    }

    /**
     * Puts a server together and opens its port.
     *
     * @param stage what a drill tries
     */
    public static Server server(Config config, DrillRestore.Stage stage) {
        LogLines.install(config.log());
        config.warnings().forEach(warning -> LOG.log(System.Logger.Level.WARNING, warning));
        RandomGenerator chance = new SecureRandom();
        Metrics metrics = new Metrics();
        WriterLoad load = new WriterLoad(clock());
        Store store = store(config, Meter.both(metrics, load));
        try {
            UseCases useCases = UseCases.over(store, clock(), chance, metrics);
            WatchScale scale = scale(config, store, load);
            List<Chore> chores = Chores.of(config, store, scale, stage);
            boolean byItself = config.maintenance().isByItself();
            MaintenanceScheduler maintenance =
                    Maintenance.of(store, chores, byItself, metrics, clock());
            Watches.maintenance(metrics, maintenance, scale);
            Watches.offsite(config, metrics);
            Optional<String> setup = setup(config, store, useCases, chance);
            HttpAdapter.Parts parts =
                    new HttpAdapter.Parts(
                            useCases,
                            new Operations(maintenance),
                            store.probe(),
                            metrics,
                            clock(),
                            chance);
            BackupFigures.register(metrics, BackupParts.folder(config), clock());
            HttpAdapter http = new HttpAdapter(config.http(), parts, setup);
            int port = http.start();
            metrics.build(version());
            Clockwork clockwork =
                    new Clockwork()
                            .drive(maintenance)
                            .every(REMIND, "secrets", Watches.secrets(config, store, metrics));
            Optional<Archivist> archivist = ArchiveParts.archivist(config, store, metrics);
            return new Server(store, http, clockwork, archivist, new Server.Start(port, setup));
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static WatchScale scale(Config config, Store store, WriterLoad load) {
        SqliteConfig sqlite = config.sqlite();
        return new WatchScale(
                store,
                load,
                () ->
                        Ceiling.measure(
                                sqlite.path(),
                                file -> SqliteStore.open(SqliteConfig.at(file), Meter.NONE)));
    }

    /**
     * The maintenance of a store that no server drives.
     *
     * @param isByItself whether it is done when it is due, not only when it is asked for
     * @param stage what a drill tries
     * @param clock says what is due
     */
    public static MaintenanceScheduler maintenance(
            Config config,
            Store store,
            boolean isByItself,
            DrillRestore.Stage stage,
            InstantSource clock) {
        boolean byItself = isByItself && config.maintenance().isByItself();
        WatchScale scale = scale(config, store, new WriterLoad(clock()));
        List<Chore> chores = Chores.of(config, store, scale, stage);
        return Maintenance.of(store, chores, byItself, Meter.NONE, clock);
    }

    /** The version that was built; {@code development} when it runs from classes. */
    public static String version() {
        String version = Wiring.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
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
                : new CopiedBackups(store, Wiring::loader, files::open);
    }

    /** Opens a copy as a server would, whatever the settings name. */
    public static Store opened(Path copy) {
        return FileBackups.of(SqliteConfig.at(copy)).open(copy);
    }

    /** What opens copies, of whichever engine they are. */
    public static Backups opener(Config config) {
        return FileBackups.of(config.sqlite());
    }

    /** Copies a database as anybody could, for a benchmark to compare with. */
    public static void plainCopy(Path database, Path copy) {
        FileBackups.plain(database, copy);
    }

    /** The backups of a configuration's store. */
    public static KeepBackups backups(Config config, Backups copies) {
        int keep = config.backups().keep();
        return new KeepBackups(copies, BackupParts.folder(config), keep, clock());
    }

    /** The machine's clock. */
    public static InstantSource clock() {
        return InstantSource.system();
    }

    /** The one-time token of a store that nobody has set up; empty when it needs none. */
    private static Optional<String> setup(
            Config config, Store store, UseCases useCases, RandomGenerator chance) {
        if (!config.http().auth() || store.read(ManageTokens::any)) {
            return Optional.empty();
        }
        if (config.adminToken().isPresent()) {
            useCases.tokens().setUp("admin", config.adminToken().get());
            return Optional.empty();
        }
        byte[] bytes = new byte[16];
        chance.nextBytes(bytes);
        return Optional.of("setup_" + java.util.HexFormat.of().formatHex(bytes));
    }
}
