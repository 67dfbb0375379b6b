package dev.rocket.bootstrap.wiring;

import dev.rocket.core.operation.BackupFolder;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What belongs to the backups of a configuration. */
public final class BackupParts {

    private BackupParts() {}

    /** The folder of the backups. */
    public static BackupFolder folder(Config config) {
        return new BackupFolder(config.backups().folder());
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
