package dev.rocket.core.operation;

import dev.rocket.core.port.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keeps copies of the verified backups off-site.
 *
 * <p>Each is read back and compared, first its note and then the backup, so that one that is listed
 * there is whole. Old copies go only when as many newer ones are there as are kept, and none goes
 * because the folder here has lost its own.
 */
public final class KeepOffsite {

    /** What the names of all backups there begin with. */
    static final String PREFIX = "backups/";

    private static final String NOTE = ".offsite";

    private final BackupFolder folder;
    private final Vault vault;
    private final CopyOffsite copies;
    private final int keep;

    /**
     * Copies from a folder into a vault.
     *
     * @param work a folder for what is read back, with room for the largest backup
     * @param keep copies to keep, 1 or more
     */
    public KeepOffsite(BackupFolder folder, Vault vault, Path work, int keep) {
        this.folder = folder;
        this.vault = vault;
        this.copies = new CopyOffsite(vault, work);
        this.keep = keep;
    }

    /** It as maintenance. */
    public Chore chore(Timetable timetable) {
        String about = "copies backups off-site and reads them back";
        return new Chore("offsite", about, timetable, lease -> run(lease::checkpoint));
    }

    /**
     * Copies those that are not there yet, and lets old ones go.
     *
     * @param checkpoint is called again and again meanwhile; what it throws ends the run
     * @throws dev.rocket.core.port.VaultException when the place failed; what is there stays
     */
    public Outcome run(Runnable checkpoint) throws IOException {
        Set<String> there = there();
        Set<String> good = new TreeSet<>();
        Optional<Backup> newest = Optional.empty();
        int copied = 0;
        for (Backup backup : folder.list()) {
            if (backup.isVerified()) {
                good.add(backup.name());
                newest = Optional.of(backup);
                if (there.add(backup.name())) {
                    copy(BackupFolder.noteOf(backup.file()), checkpoint);
                    copy(backup.file(), checkpoint);
                    copied++;
                }
            }
        }
        if (newest.isPresent()) {
            String note = newest.get().note().orElseThrow().made() + " " + vault + "\n";
            DurableFiles.write(folder.path().resolve(NOTE), note);
        }
        int deleted = rotate(there, List.copyOf(good));
        String detail = copied + " copied and read back, " + deleted + " deleted";
        return copied + deleted > 0 ? Outcome.done(detail) : Outcome.skipped(detail);
    }

    /**
     * The verified backups that are not there yet, the oldest first.
     *
     * @throws dev.rocket.core.port.VaultException when the place failed
     */
    public List<Backup> lacking() throws IOException {
        Set<String> there = there();
        return folder.list().stream()
                .filter(backup -> backup.isVerified() && !there.contains(backup.name()))
                .toList();
    }

    /**
     * When the newest backup that is off-site was made, as far as was noted here.
     *
     * @return empty when none was copied to this place
     * @throws IOException when the note cannot be read
     */
    public Optional<Instant> newest() throws IOException {
        try {
            String note = Files.readString(folder.path().resolve(NOTE)).strip();
            int blank = note.indexOf(' ');
            boolean here = blank > 0 && note.substring(blank + 1).equals(vault.toString());
            return here ? Optional.of(Instant.parse(note.substring(0, blank))) : Optional.empty();
        } catch (NoSuchFileException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private void copy(Path file, Runnable checkpoint) {
        copies.run(PREFIX + file.getFileName(), file, over -> checkpoint.run());
    }

    /** The names of the backups that are there, oldest first. */
    private Set<String> there() {
        Set<String> names = new TreeSet<>();
        for (VaultItems items = new VaultItems(vault, PREFIX, ""); items.hasNext(); ) {
            String name = items.next().name();
            if (BackupFolder.isBackup(name)) {
                names.add(name.substring(PREFIX.length()));
            }
        }
        return names;
    }

    /** Lets go what is older than the newest good ones, all of which are there by now. */
    private int rotate(Set<String> there, List<String> good) {
        if (good.size() < keep) {
            return 0;
        }
        String oldest = good.get(good.size() - keep);
        int deleted = 0;
        for (String name : there) {
            if (name.compareTo(oldest) < 0) {
                vault.delete(PREFIX + name);
                vault.delete(PREFIX + BackupFolder.noteOf(Path.of(name)));
                deleted++;
            }
        }
        return deleted;
    }
}
