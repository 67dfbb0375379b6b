package dev.rocket.bootstrap.wiring;

import dev.rocket.core.operation.ArchiveFolder;
import dev.rocket.core.operation.BackupFolder;
import dev.rocket.core.operation.DrillRestore;
import dev.rocket.core.operation.KeepOffsite;
import dev.rocket.core.operation.NewestBackup;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What belongs to the backups of a configuration. */
public final class BackupParts {

    private BackupParts() {}

    /** The folder of the backups. */
    public static BackupFolder folder(Config config) {
        return new BackupFolder(config.backups().folder());
    }

    /** Where the newest backup of a store is. */
    public static NewestBackup newest(Config config, Store store) {
        return new NewestBackup(store, folder(config));
    }

    /** What rehearses a recovery with them, and with the archive where there is one. */
    public static DrillRestore drill(Config config) {
        return new DrillRestore(
                StoreKit.opener(config),
                folder(config),
                config.archive().map(ArchiveFolder::new),
                Wiring.clock());
    }

    /** What keeps copies of them off-site; empty when there is no such place. */
    static Optional<KeepOffsite> offsite(Config config) {
        Config.BackupConfig kept = config.backups();
        return Wiring.offsite(config, kept.folder())
                .map(vault -> new KeepOffsite(folder(config), vault, kept.folder(), kept.keep()));
    }

    /**
     * Looks whether the backups and the archive are their owner's alone, as the store's files must
     * be: each holds all that they hold.
     *
     * @throws StoreException with FOREIGN when others may read them, in production
     */
    static void checkModes(Config config) {
        LooseFiles.check(folder(config).path(), config.isProduction());
        config.archive()
                .ifPresent(
                        path ->
                                LooseFiles.check(
                                        path.toAbsolutePath().normalize(), config.isProduction()));
    }

    /**
     * Looks whether a store that is about to be made was there before: then its files, its backups
     * or its archive still are.
     *
     * @throws StoreException with FOREIGN when it was
     */
    public static void checkNothingLost(Config config) {
        List<Path> traces = traces(config);
        if (!traces.isEmpty() && StoreKit.isGone(config)) {
            throw StoreException.lost(config.place(), traces);
        }
    }

    private static List<Path> traces(Config config) {
        List<Path> traces = new ArrayList<>(StoreKit.traces(config));
        BackupFolder backups = folder(config);
        // On a file the archive has a place of its own, even while nothing is archived.
        Optional<Path> archive = config.file().map(file -> config.archiveFolder());
        try {
            if (!backups.list().isEmpty()) {
                traces.add(backups.path());
            }
            for (Path path : archive.or(config::archive).stream().toList()) {
                if (new ArchiveFolder(path).holdsAny()) {
                    traces.add(path.toAbsolutePath().normalize());
                }
            }
            return traces;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
