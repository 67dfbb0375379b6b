package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.wiring.Config;
import dev.rocket.bootstrap.wiring.ConfigException;
import dev.rocket.bootstrap.wiring.Wiring;
import dev.rocket.core.model.BackupNote.Bytes;
import dev.rocket.core.model.Seq;
import dev.rocket.core.operation.ArchiveFolder;
import dev.rocket.core.operation.ArchiveOffsite;
import dev.rocket.core.operation.Backup;
import dev.rocket.core.operation.OffsiteBackups;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.Vault;
import dev.rocket.core.port.VaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The copies off-site, for a machine that may hold nothing else.
 *
 * @param config the settings that lead there
 * @param option what needs them, as it was typed
 */
record Elsewhere(Config config, String option) {

    /**
     * The place.
     *
     * @param work a folder for passing files
     * @throws ConfigException when none is set
     */
    Vault vault(Path work) {
        String what = option + " needs ROCKET_OFFSITE.";
        return Wiring.offsite(config, work).orElseThrow(() -> new ConfigException(List.of(what)));
    }

    /** Where it is, for people. */
    String place() {
        return vault(Path.of("")).toString();
    }

    /**
     * The backups there, the oldest first.
     *
     * @param told hears why a note cannot be read
     * @throws VaultException when the place failed
     */
    List<Backup> list(Consumer<VaultException> told) throws IOException {
        Path work = Files.createTempDirectory("rocket-");
        try {
            return new OffsiteBackups(vault(work), work).list(told);
        } finally {
            Files.delete(work);
        }
    }

    /** Brings the file of a backup. */
    Bytes fetch(Backup backup, Path target, LongConsumer progress) throws IOException {
        Path work = target.resolveSibling(".").normalize();
        return new OffsiteBackups(vault(work), work).fetch(backup, target, progress);
    }

    /**
     * Brings what was archived of the feed behind a place.
     *
     * @param target a folder for it
     * @param progress hears how many segments came
     * @throws StoreException when nothing was ever archived there
     */
    void archive(Seq after, Path target, LongConsumer progress) {
        Vault vault = vault(target);
        if (vault.items("feed/", "").isEmpty()) {
            throw new StoreException(
                    StoreException.Kind.UNAVAILABLE,
                    vault
                            + " holds no archive of the feed; `rocket backups --offsite` lists the"
                            + " backups there.");
        }
        ArchiveFolder own = new ArchiveFolder(config.archiveFolder());
        new ArchiveOffsite(own, vault).fetch(after, new ArchiveFolder(target), progress);
    }
}
