package dev.rocket.core.operation;

import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Vault;
import dev.rocket.core.port.VaultException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The oldest place that a restore may begin at.
 *
 * <p>It is that of the verified backup with the lowest place, here or off-site. When a backup that
 * is listed cannot be judged, this fails, since whatever it needs must stay.
 */
final class OldestBackup {

    private final BackupFolder folder;
    private final Optional<Vault> vault;
    private final Path work;

    /**
     * Looks in a folder, and off-site when there is such a place.
     *
     * @param work a folder for passing files
     */
    OldestBackup(BackupFolder folder, Optional<Vault> vault, Path work) {
        this.folder = folder;
        this.vault = vault;
        this.work = work;
    }

    /**
     * Looks.
     *
     * @return empty when there is no verified backup anywhere
     * @throws VaultException when the place off-site failed, or a note there is damaged
     */
    Optional<Seq> seq() throws IOException {
        Optional<Seq> oldest = Optional.empty();
        for (Backup backup : folder.list()) {
            if (backup.isVerified()) {
                oldest = lower(oldest, backup.note().orElseThrow().seq());
            }
        }
        if (vault.isPresent()) {
            for (Backup backup : new OffsiteBackups(vault.get(), work).list(OldestBackup::fail)) {
                oldest = lower(oldest, backup.note().orElseThrow().seq());
            }
        }
        return oldest;
    }

    private static Optional<Seq> lower(Optional<Seq> one, Seq other) {
        return one.filter(seq -> !seq.isAfter(other)).or(() -> Optional.of(other));
    }

    private static void fail(VaultException trouble) {
        throw trouble;
    }
}
