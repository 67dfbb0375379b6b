package dev.rocket.bootstrap.wiring;

import dev.rocket.bootstrap.vault.DirectoryVault;
import dev.rocket.bootstrap.vault.OffsiteConfig;
import dev.rocket.bootstrap.vault.OpenVault;
import dev.rocket.bootstrap.vault.S3Vault;
import dev.rocket.bootstrap.vault.SealedVault;
import dev.rocket.core.model.Refusal;
import dev.rocket.core.model.Refused;
import dev.rocket.core.operation.ArchiveTurn;
import dev.rocket.core.operation.CheckBackups;
import dev.rocket.core.operation.CheckStore;
import dev.rocket.core.operation.Chore;
import dev.rocket.core.operation.Destination;
import dev.rocket.core.operation.Diagnose;
import dev.rocket.core.operation.DrillRestore;
import dev.rocket.core.operation.KeepBackups;
import dev.rocket.core.operation.MaintenanceScheduler;
import dev.rocket.core.operation.MigrateStore;
import dev.rocket.core.operation.NewestBackup;
import dev.rocket.core.operation.Operations;
import dev.rocket.core.operation.SwitchableStore;
import dev.rocket.core.operation.WatchScale;
import dev.rocket.core.operation.WatchSecrets;
import dev.rocket.core.operation.WriterLoad;
import dev.rocket.core.port.Backups;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.Vault;
import dev.rocket.core.usecase.ManageTokens;
import dev.rocket.core.usecase.UseCases;
import dev.rocket.http.HttpAdapter;
import dev.rocket.http.InheritedSocket;
import dev.rocket.http.observe.BackupFigures;
import dev.rocket.http.observe.Metrics;
import dev.rocket.sqlite.FileBackups;
import dev.rocket.sqlite.SqliteConfig;
import dev.rocket.sqlite.SqliteStore;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The parts list: what is made of what. */
public final class Wiring {

    private static final System.Logger LOG = System.getLogger("dev.rocket.config");

    /** How often secrets' ages are looked at. */
    private static final Duration REMIND = Duration.ofMinutes(5);

    /** How often a former store is brought forward. */
    private static final Duration FOLLOW = Duration.ofMillis(200);

    private Wiring() {}

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
        return offsite.keys().isEmpty()
                ? new OpenVault(vault)
                : new SealedVault(vault, offsite.keys(), work);
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
        ArchiveParts.warn(config);
        RandomGenerator chance = new SecureRandom();
        Metrics metrics = new Metrics();
        WriterLoad load = new WriterLoad(clock());
        SwitchableStore store =
                new SwitchableStore(StoreKit.first(config, Meter.both(metrics, load)));
        try {
            UseCases useCases = UseCases.over(store, clock(), chance, metrics);
            Operations operations = operations(config, store, metrics, load, stage);
            Optional<String> setup = setup(config, store, useCases, chance);
            HttpAdapter.Parts parts =
                    new HttpAdapter.Parts(
                            useCases, operations, store.probe(), metrics, clock(), chance);
            backups(config, store, operations.migration(), metrics);
            HttpAdapter http = new HttpAdapter(config.http(), parts, setup);
            int port = http.start();
            metrics.build(version());
            Clockwork clockwork =
                    new Clockwork()
                            .drive(operations.maintenance())
                            .every(REMIND, "secrets", Watches.secrets(config, store, metrics))
                            .every(FOLLOW, "former store", operations.migration()::follow);
            Optional<Archivist> archivist =
                    ArchiveParts.archivist(
                            config, store, turn(store, operations.migration(), metrics), metrics);
            Server.Parts running =
                    new Server.Parts(store, operations.migration(), clockwork, archivist);
            return new Server(running, http, new Server.Start(port, setup));
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /** What an operator may ask of a server, and what its clock does. */
    private static Operations operations(
            Config config,
            SwitchableStore store,
            Metrics metrics,
            WriterLoad load,
            DrillRestore.Stage stage) {
        Meter meter = Meter.both(metrics, load);
        MigrateStore migrate = migrate(config, store, meter);
        WatchScale scale = scale(store, load, () -> ((StorePlace) migrate.here()).config().file());
        Backups copies =
                new CurrentBackups(
                        () -> StoreKit.copier(((StorePlace) migrate.here()).config(), store));
        List<Chore> chores = new ArrayList<>(Chores.of(copies, config, store, scale, stage));
        chores.add(migrate.chore());
        boolean byItself = config.maintenance().isByItself();
        MaintenanceScheduler maintenance =
                Maintenance.of(
                        store,
                        chores,
                        byItself,
                        new Maintenance.Watch(metrics, clock(), () -> migrate.here().servers()));
        Watches.maintenance(metrics, maintenance, scale);
        Watches.migration(metrics, migrate);
        return new Operations(maintenance, migrate, text -> target(text, meter));
    }

    /** When it is this server's turn to archive; only a store on Postgres is shared. */
    private static ArchiveTurn turn(Store store, MigrateStore migrate, Metrics metrics) {
        Maintenance.Watch watch =
                new Maintenance.Watch(metrics, clock(), () -> migrate.here().servers());
        return new ArchiveTurn(store, Maintenance.place(watch), () -> isShared(migrate));
    }

    /** What is told of backups, whichever server made them. */
    private static void backups(Config config, Store store, MigrateStore migrate, Metrics metrics) {
        NewestBackup newest = BackupParts.newest(config, store);
        BackupFigures.register(
                metrics,
                BackupParts.folder(config),
                () -> CheckBackups.beginning(store),
                Watches.elsewhere(newest, () -> isShared(migrate)),
                clock());
        Watches.offsite(metrics, config, newest, () -> isShared(migrate));
    }

    private static boolean isShared(MigrateStore migrate) {
        return ((StorePlace) migrate.here()).config().postgres().isPresent();
    }

    /** The place that an operator names; what is wrong with it never holds a password. */
    private static Destination target(String text, Meter meter) {
        try {
            return StorePlace.at(text, meter);
        } catch (ConfigException e) {
            throw Refused.invalid("to", "leads nowhere: " + e.getMessage());
        }
    }

    private static MigrateStore migrate(Config config, SwitchableStore store, Meter meter) {
        MigrateStore.Settings settings =
                new MigrateStore.Settings(
                        clock(), System::nanoTime, Thread::sleep, config.maintenance().window());
        MigrateStore migrate = new MigrateStore(store, new StorePlace(config, meter), settings);
        migrate.goOn(name -> StorePlace.named(name, meter));
        return migrate;
    }

    /** Evaluates a store where it is on a file, which it may be moved to or from meanwhile. */
    private static WatchScale scale(Store store, WriterLoad load, Supplier<Optional<Path>> file) {
        return new WatchScale(store, load, () -> file.get().map(Wiring::ceiling));
    }

    private static WatchScale.Ceiling ceiling(Path file) {
        return () ->
                Ceiling.measure(
                        file, fresh -> SqliteStore.open(SqliteConfig.at(fresh), Meter.NONE));
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
        WatchScale scale = scale(store, new WriterLoad(clock()), config::file);
        List<Chore> chores = Chores.of(StoreKit.copier(config, store), config, store, scale, stage);
        Maintenance.Watch watch =
                new Maintenance.Watch(Meter.NONE, clock, () -> StoreKit.servers(config));
        return Maintenance.of(store, chores, byItself, watch);
    }

    /** The version that was built; {@code development} when it runs from classes. */
    public static String version() {
        String version = Wiring.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** Opens a copy as a server would, whatever the settings name. */
    public static Store opened(Path copy) {
        return FileBackups.of(SqliteConfig.at(copy)).open(copy);
    }

    /** The backups of a configuration's store. */
    public static KeepBackups backups(Config config, Backups copies) {
        int keep = config.backups().keep();
        return new KeepBackups(copies, BackupParts.folder(config), keep, clock());
    }

    /** This machine, as its servers are told to people. */
    public static String host() {
        return Maintenance.host();
    }

    /** The machine's clock. */
    public static InstantSource clock() {
        return InstantSource.system();
    }

    /** The one-time token of a store that nobody has set up; empty when it needs none. */
    static Optional<String> setup(
            Config config, Store store, UseCases useCases, RandomGenerator chance) {
        if (!config.http().auth() || store.read(ManageTokens::any)) {
            return Optional.empty();
        }
        if (config.adminToken().isPresent()) {
            setUp(useCases, config.adminToken().get());
            return Optional.empty();
        }
        byte[] bytes = new byte[16];
        chance.nextBytes(bytes);
        return Optional.of("setup_" + java.util.HexFormat.of().formatHex(bytes));
    }

    private static void setUp(UseCases useCases, String token) {
        try {
            useCases.tokens().setUp("admin", token);
        } catch (Refused refused) {
            // Of several servers that start together on one Postgres, one is the first.
            if (!(refused.refusal() instanceof Refusal.AlreadySetUp)) {
                throw refused;
            }
        }
    }
}
