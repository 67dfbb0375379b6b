package dev.rocket.core.operation;

import dev.rocket.core.model.BackupNote;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Vault;
import dev.rocket.core.port.VaultException;
import java.io.IOException;
import java.nio.file.Files;
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
            DurableFiles.folder(work);
            VaultItems items = new VaultItems(vault.get(), KeepOffsite.PREFIX, "");
            while (items.hasNext()) {
                String name = items.next().name();
                if (BackupFolder.isBackup(name)) {
                    oldest = lower(oldest, placeOf(vault.get(), name));
                }
            }
        }
        return oldest;
    }

    private static Optional<Seq> lower(Optional<Seq> one, Seq other) {
        return one.filter(seq -> !seq.isAfter(other)).or(() -> Optional.of(other));
    }

    private Seq placeOf(Vault there, String name) throws IOException {
        String note = KeepOffsite.PREFIX + BackupFolder.noteOf(Path.of(name)).getFileName();
        Path fetched = work.resolve(".note-fetched");
        try {
            there.fetch(note, fetched, done -> {});
            return BackupNote.parse(Files.readString(fetched)).seq();
        } catch (IllegalArgumentException e) {
            String what = note + " is damaged, so it is not known what its backup needs.";
            throw new VaultException(VaultException.Kind.CORRUPT, what, e);
        } finally {
            Files.deleteIfExists(fetched);
        }
    }
}
