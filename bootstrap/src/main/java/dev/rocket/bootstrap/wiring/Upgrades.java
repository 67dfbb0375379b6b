package dev.rocket.bootstrap.wiring;

import dev.rocket.core.operation.Backup;
import dev.rocket.core.operation.OldStore;
import dev.rocket.core.operation.UpgradeStore;
import dev.rocket.core.operation.UpgradeStore.Report;
import java.util.Optional;

/** Brings a store of an older schema to this program's. */
public final class Upgrades {

    private static final System.Logger LOG = System.getLogger("dev.rocket.upgrade");

    private Upgrades() {}

    /** What is done to an older store. */
    public enum How {
        /** A backup, a rehearsal, and the change. */
        SAFELY,
        /** The change alone. */
        WITHOUT_BACKUP,
        /** A backup and a rehearsal; the store stays as it is. */
        REHEARSED
    }

    /**
     * Advances the store that a server is about to open, safely.
     *
     * @param supervisor told that the start takes its time
     * @throws dev.rocket.core.port.StoreException when it did not go well, with what to do
     */
    public static void atStart(Config config, Supervisor supervisor) {
        LogLines.install(config.log());
        if (config.plain()) {
            return;
        }
        try (Told told = new Told(supervisor)) {
            run(config, How.SAFELY, told)
                    .ifPresent(report -> LOG.log(System.Logger.Level.INFO, text(config, report)));
        }
    }

    /**
     * Advances a store, or only rehearses it.
     *
     * @return empty when it needs no change, or is not there
     * @throws dev.rocket.core.port.StoreException when it did not go well, with what to do
     */
    public static Optional<Report> run(Config config, How how, UpgradeStore.Watch watch) {
        Optional<OldStore> found =
                how == How.REHEARSED ? StoreKit.oldBeside(config) : StoreKit.old(config);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (OldStore old = found.get()) {
            watch.at("schema " + old.from() + " is to be " + old.to() + ": " + old.place(), 0);
            UpgradeStore upgrade =
                    new UpgradeStore(
                            old,
                            BackupParts.folder(config),
                            config.backups().keep(),
                            Wiring.clock());
            return Optional.of(
                    switch (how) {
                        case SAFELY -> upgrade.run(watch);
                        case WITHOUT_BACKUP -> upgrade.withoutBackup(watch);
                        case REHEARSED -> upgrade.check(watch);
                    });
        }
    }

    private static String text(Config config, Report report) {
        return config.place()
                + " is at schema "
                + report.to()
                + " now, with "
                + report.entities()
                + " entities at place "
                + report.seq().value()
                + " as before; it took "
                + report.took().toMillis()
                + " ms; the backup of schema "
                + report.from()
                + " is "
                + report.backup().map(Backup::name).orElse("not needed: it was empty");
    }

    /** Logs each step, and has the service manager wait from the first one on. */
    private static final class Told implements UpgradeStore.Watch, AutoCloseable {

        private final Supervisor supervisor;
        private Optional<Supervisor.LongStart> start = Optional.empty();
        private String last = "";

        Told(Supervisor supervisor) {
            this.supervisor = supervisor;
        }

        @Override
        public void at(String doing, long done) {
            if (doing.equals(last)) {
                return;
            }
            last = doing;
            LOG.log(System.Logger.Level.INFO, doing);
            if (start.isEmpty()) {
                start = Optional.of(supervisor.starting());
            }
            start.get().at(doing);
        }

        @Override
        public void close() {
            start.ifPresent(Supervisor.LongStart::close);
        }
    }
}
