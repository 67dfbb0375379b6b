package dev.rocket.core.operation;

import dev.rocket.core.model.BackupNote;
import dev.rocket.core.model.Job;
import dev.rocket.core.port.Vault;
import dev.rocket.core.port.VaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps copies of the verified backups off-site.
 *
 * <p>Each is read back and compared, first its note and then the backup, so that one that is listed
 * there is whole. A copy goes only when as many newer ones are there as are kept, whichever server
 * made them, and none goes because the folder here has lost its own. Newer is what has a later time
 * or place, and neither that is earlier: a clock that stood wrong, or a store that was taken back
 * to an earlier place, lets more stay, never less.
 */
public final class KeepOffsite {

    /** The name of its job. */
    static final String JOB = "offsite";

    private static final String NOTE = ".offsite";

    private final BackupFolder folder;
    private final Vault vault;
    private final OffsiteBackups offsite;
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
        this.offsite = new OffsiteBackups(vault, work);
        this.copies = new CopyOffsite(vault, work);
        this.keep = keep;
    }

    /**
     * It as maintenance, left to the server that has the newest backup.
     *
     * @param newest tells which one that is
     */
    public Chore chore(NewestBackup newest, Timetable timetable) {
        String about = "copies backups off-site and reads them back";
        return new Chore(JOB, about, timetable, newest.leaving(lease -> run(newest, lease)));
    }

    private Outcome run(NewestBackup newest, Lease lease) throws IOException {
        Outcome done = run(lease::checkpoint);
        return newest.elsewhere().map(made -> lacks(made, done)).orElse(done);
    }

    private Outcome lacks(Job.Run made, Outcome done) {
        return Outcome.failed(
                done.detail()
                        + "; the newest backup, which "
                        + made.by()
                        + " made, is not in "
                        + folder.path()
                        + ": ask that server");
    }

    /**
     * Copies those that are not there yet, and lets old ones go.
     *
     * @param checkpoint is called again and again meanwhile; what it throws ends the run
     * @throws VaultException when the place failed, or a note there cannot be read; what is there
     *     stays
     */
    public Outcome run(Runnable checkpoint) throws IOException {
        List<Backup> own = own();
        Look look = look(own);
        for (Backup backup : look.lacking()) {
            copy(BackupFolder.noteOf(backup.file()), checkpoint);
            copy(backup.file(), checkpoint);
        }
        if (!own.isEmpty()) {
            String note = own.getLast().note().orElseThrow().made() + " " + vault + "\n";
            DurableFiles.write(folder.path().resolve(NOTE), note);
        }
        int deleted = rotate(look);
        look.check();
        int copied = look.lacking().size();
        String detail = copied + " copied and read back, " + deleted + " deleted";
        return copied + deleted > 0 ? Outcome.done(detail) : Outcome.skipped(detail);
    }

    /**
     * The verified backups here that should be there and are not yet, the oldest first.
     *
     * @throws VaultException when the place failed, or a note there cannot be read
     */
    public List<Backup> lacking() throws IOException {
        List<Backup> own = own();
        if (own.isEmpty()) {
            // The place is asked all the same: it may be the one that is lost.
            vault.items(OffsiteBackups.PREFIX, "");
            return own;
        }
        Look look = look(own);
        look.check();
        return look.lacking();
    }

    /** What is there, what should be, and what cannot be told. */
    private record Look(List<Backup> there, List<Backup> lacking, List<VaultException> troubles) {

        void check() {
            if (!troubles.isEmpty()) {
                throw troubles.getFirst();
            }
        }
    }

    private List<Backup> own() throws IOException {
        return folder.list().stream().filter(Backup::isVerified).toList();
    }

    private Look look(List<Backup> own) throws IOException {
        List<VaultException> troubles = new ArrayList<>();
        List<Backup> there = offsite.list(troubles::add);
        List<Backup> missing = new ArrayList<>();
        for (Backup one : own) {
            Optional<Backup> namesake =
                    there.stream().filter(other -> other.name().equals(one.name())).findFirst();
            if (namesake.isEmpty()) {
                missing.add(one);
            } else if (!isSame(one, namesake.get())) {
                troubles.add(taken(one));
            }
        }
        List<Backup> all = both(there, missing);
        // What would go at once needs not be copied.
        List<Backup> lacking = missing.stream().filter(one -> !isOld(one, all)).toList();
        return new Look(there, lacking, troubles);
    }

    private static List<Backup> both(List<Backup> some, List<Backup> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    /** Whether they hold the same bytes, as far as both are known. */
    private static boolean isSame(Backup one, Backup other) {
        Optional<BackupNote.Bytes> there = other.note().map(BackupNote::file);
        return there.isEmpty() || there.equals(one.note().map(BackupNote::file));
    }

    private VaultException taken(Backup backup) {
        return new VaultException(
                VaultException.Kind.REFUSED,
                vault
                        + " has another backup that is called "
                        + backup.name()
                        + "; give each store a place of its own with ROCKET_OFFSITE.");
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
        copies.run(OffsiteBackups.nameOf(file), file, over -> checkpoint.run());
    }

    /** Lets go what is older than the newest ones, all of which are there by now. */
    private int rotate(Look look) {
        List<Backup> all = both(look.there(), look.lacking());
        List<Backup> old = look.there().stream().filter(one -> isOld(one, all)).toList();
        for (Backup one : old) {
            vault.delete(OffsiteBackups.nameOf(one.file()));
            vault.delete(OffsiteBackups.nameOf(BackupFolder.noteOf(one.file())));
        }
        return old.size();
    }

    private boolean isOld(Backup one, List<Backup> all) {
        return all.stream().filter(other -> isNewer(other, one)).count() >= keep;
    }

    private static boolean isNewer(Backup other, Backup one) {
        if (other.note().isEmpty() || one.note().isEmpty()) {
            return false;
        }
        BackupNote newer = other.note().get();
        BackupNote older = one.note().get();
        boolean isEarlier = newer.made().isBefore(older.made()) || older.seq().isAfter(newer.seq());
        boolean isLater = newer.made().isAfter(older.made()) || newer.seq().isAfter(older.seq());
        return isLater && !isEarlier;
    }
}
