package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.wiring.BackupParts;
import dev.rocket.bootstrap.wiring.Config;
import dev.rocket.bootstrap.wiring.ConfigException;
import dev.rocket.core.model.BackupNote;
import dev.rocket.core.operation.Backup;
import dev.rocket.core.operation.BackupFolder;
import dev.rocket.core.operation.ReplayArchive;
import dev.rocket.core.port.VaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The backup that somebody names on the command line. */
final class ChosenBackup {

    /** The name that stands for the newest verified one. */
    static final String LATEST = "latest";

    private ChosenBackup() {}

    /**
     * Finds it.
     *
     * @param name {@link #LATEST}, a name in the folder of the settings, or the path of a file
     * @throws ConfigException when there is none
     */
    static Backup of(Config config, String name) throws IOException {
        BackupFolder folder = BackupParts.folder(config);
        if (name.equals(LATEST)) {
            return folder.newestVerified()
                    .orElseThrow(() -> none("No verified backup is in " + folder.path()));
        }
        Path file = name.contains("/") ? Path.of(name) : folder.path().resolve(name);
        if (!Files.isRegularFile(file)) {
            throw none("No backup is at " + file);
        }
        return BackupFolder.at(file.toAbsolutePath());
    }

    /**
     * The newest verified one that a replay can begin with.
     *
     * @throws ConfigException when there is none
     */
    static Backup before(Config config, ReplayArchive.Until until) throws IOException {
        BackupFolder folder = BackupParts.folder(config);
        return before(folder.list(), until)
                .orElseThrow(
                        () -> none("No verified backup from before that is in " + folder.path()));
    }

    private static Optional<Backup> before(List<Backup> all, ReplayArchive.Until until) {
        return all.stream()
                .filter(Backup::isVerified)
                .filter(one -> one.note().filter(note -> isBefore(note, until)).isPresent())
                .max(Comparator.comparing(one -> one.note().orElseThrow().seq()));
    }

    /**
     * Finds one that is off-site.
     *
     * @param name {@link #LATEST}, or a name that stands there
     * @param until what a replay is to come to, if one begins with it
     * @param told hears why others could not be judged
     * @throws ConfigException when there is none
     * @throws VaultException when the place failed, or notes are there and none can be read
     */
    static Backup elsewhere(
            Elsewhere there,
            String name,
            Optional<ReplayArchive.Until> until,
            Consumer<VaultException> told)
            throws IOException {
        List<VaultException> troubles = new ArrayList<>();
        List<Backup> all = there.list(troubles::add);
        Optional<Backup> found = elsewhere(all, name, until).filter(one -> one.note().isPresent());
        if (found.isEmpty() && !troubles.isEmpty()) {
            throw troubles.getFirst();
        }
        troubles.forEach(told);
        String when = until.isPresent() ? " from before that" : "";
        String what = name.equals(LATEST) ? "No verified backup" + when : "No " + name;
        return found.orElseThrow(
                () ->
                        new ConfigException(
                                List.of(
                                        what
                                                + " is in "
                                                + there.place()
                                                + "; `rocket backups --offsite` lists what is.")));
    }

    private static Optional<Backup> elsewhere(
            List<Backup> all, String name, Optional<ReplayArchive.Until> until) {
        if (!name.equals(LATEST)) {
            return all.stream().filter(one -> one.name().equals(name)).findFirst();
        }
        return until.isPresent()
                ? before(all, until.get())
                : all.reversed().stream().filter(Backup::isVerified).findFirst();
    }

    private static boolean isBefore(BackupNote note, ReplayArchive.Until until) {
        return switch (until) {
            case ReplayArchive.Place place -> !note.seq().isAfter(place.seq());
            case ReplayArchive.Moment moment -> !note.made().isAfter(moment.at());
        };
    }

    private static ConfigException none(String what) {
        return new ConfigException(
                List.of(
                        what
                                + "; `rocket backups` lists those in ROCKET_BACKUP_DIR, and a path"
                                + " with a / names any other file."));
    }
}
