package dev.rocket.bootstrap.wiring;

import dev.rocket.core.operation.BackupFolder;
import dev.rocket.core.operation.KeepOffsite;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What belongs to the backups of a configuration. */
public final class BackupParts {

    private BackupParts() {}

    /** The folder of the backups. */
    public static BackupFolder folder(Config config) {
        return new BackupFolder(config.backups().folder());
    }

    /** What keeps copies of them off-site; empty when there is no such place. */
    static Optional<KeepOffsite> offsite(Config config) {
        Config.BackupConfig kept = config.backups();
        return Wiring.offsite(config, kept.folder())
                .map(vault -> new KeepOffsite(folder(config), vault, kept.folder(), kept.keep()));
    }

    /**
     * Looks whether a file that is about to be made was there before.
     *
     * @throws StoreException with FOREIGN when it is missing and backups of it are there: an empty
     *     database in its place would look like one that lost everything
     */
    static void checkNothingLost(Config config) {
        Path file = config.sqlite().path().toAbsolutePath().normalize();
        BackupFolder folder = folder(config);
        try {
            if (Files.exists(file) || folder.list().isEmpty()) {
                return;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new StoreException(
                Kind.FOREIGN,
                file
                        + " does not exist, but backups are in "
                        + folder.path()
                        + ". Put the file back, or run: rocket restore latest. To begin with an"
                        + " empty database, move the backups away first.");
    }
}
