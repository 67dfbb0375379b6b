package dev.rocket.core.operation;

import dev.rocket.core.model.BackupNote;
import dev.rocket.core.model.BackupNote.Bytes;
import dev.rocket.core.port.Vault;
import dev.rocket.core.port.VaultException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The backups that are off-site, as the notes beside them tell.
 *
 * <p>Several servers may keep theirs in one place, and each folder numbers its own. So nothing is
 * told by a name; what counts is when one was made, and at which place in the feed.
 */
public final class OffsiteBackups {

    /** What the names of all backups there begin with. */
    static final String PREFIX = "backups/";

    private final Vault vault;
    private final Path work;

    /**
     * Those in a vault.
     *
     * @param work a folder for notes that are read
     */
    public OffsiteBackups(Vault vault, Path work) {
        this.vault = vault;
        this.work = work;
    }

    /** The name of something there. */
    static String nameOf(Path file) {
        return PREFIX + file.getFileName();
    }

    /**
     * All of them, the oldest first. The file of each is its name alone.
     *
     * @param told hears why a note cannot be read; its backup is listed without one, before all
     * @throws VaultException when the place failed
     */
    public List<Backup> list(Consumer<VaultException> told) throws IOException {
        List<Backup> all = new ArrayList<>();
        for (VaultItems items = new VaultItems(vault, PREFIX, ""); items.hasNext(); ) {
            String name = items.next().name();
            if (BackupFolder.isBackup(name)) {
                Path file = Path.of(name.substring(PREFIX.length()));
                all.add(new Backup(file, note(file, told)));
            }
        }
        all.sort(Comparator.comparing(Backup::note, OffsiteBackups::compare));
        return List.copyOf(all);
    }

    private static int compare(Optional<BackupNote> one, Optional<BackupNote> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return Boolean.compare(one.isPresent(), other.isPresent());
        }
        return Comparator.comparing(BackupNote::made)
                .thenComparing(BackupNote::seq)
                .compare(one.get(), other.get());
    }

    private Optional<BackupNote> note(Path file, Consumer<VaultException> told) throws IOException {
        String name = nameOf(BackupFolder.noteOf(file));
        DurableFiles.folder(work);
        Path fetched = work.resolve(".note-fetched");
        try {
            vault.fetch(name, fetched, done -> {});
            return Optional.of(BackupNote.parse(Files.readString(fetched)));
        } catch (IllegalArgumentException | CharacterCodingException e) {
            String what =
                    name
                            + " is damaged, so it is not known what its backup holds. Delete both"
                            + " there, once another one is good.";
            told.accept(new VaultException(VaultException.Kind.CORRUPT, what, e));
        } catch (VaultException e) {
            switch (e.kind()) {
                case CORRUPT, MISSING, WRONG_KEY -> told.accept(e);
                case UNAVAILABLE, FULL, REFUSED, LOCAL -> throw e;
            }
        } finally {
            Files.deleteIfExists(fetched);
        }
        return Optional.empty();
    }

    /**
     * Brings one back into a new file.
     *
     * @param progress hears how many bytes are over
     * @return size and checksum of what came
     * @throws VaultException when the place failed, or the backup is not what was put
     */
    public Bytes fetch(Backup backup, Path target, LongConsumer progress) throws IOException {
        vault.fetch(nameOf(backup.file()), target, progress);
        return DurableFiles.read(target, read -> {});
    }
}
