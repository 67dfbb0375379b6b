package dev.rocket.core.operation;

import dev.rocket.core.operation.BackupWatch.Step;
import dev.rocket.core.port.Backups;
import dev.rocket.core.port.Custody;
import dev.rocket.core.port.Loader;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * A backup that becomes a store at an empty place.
 *
 * <p>It is restored and checked in a scratch folder as every backup is, and what came of it is
 * loaded into the place, marked as arriving. Only when both hold the same, change by change and
 * entity by entity, the store is put in charge. An interrupted run leaves nothing there, or a copy
 * that no server takes for a store and that the next run throws away.
 */
public final class RestoreInto {

    private final RestoreBackup restore;
    private final Backups backups;
    private final BackupFolder scratch;
    private final InstantSource clock;

    /**
     * Restores into places.
     *
     * @param restore makes a file of the backup first
     * @param backups opens that file
     * @param scratch whose scratch folder it is made in
     */
    public RestoreInto(
            RestoreBackup restore, Backups backups, BackupFolder scratch, InstantSource clock) {
        this.restore = restore;
        this.backups = backups;
        this.scratch = scratch;
        this.clock = clock;
    }

    /**
     * Restores.
     *
     * @return as {@link RestoreBackup#run}; the file that it names is gone
     * @throws StoreException with FOREIGN when the place holds anything, LOCKED when servers have
     *     it open or another run is at work, CORRUPT when the backup is not what it should be or
     *     the copy differs from it
     * @throws IOException when the disk does not take it
     */
    public RestoreBackup.Restored run(Backup backup, Destination place, BackupWatch watch)
            throws IOException {
        checkFree(place);
        try (BackupFolder.Held held = scratch.hold()) {
            watch.at(Step.CLEARING, 0);
            held.clear();
            try {
                DurableFiles.folder(held.scratch());
                Path file = held.scratch().resolve("restored.db");
                RestoreBackup.Restored restored = restore.run(backup, file, watch);
                try (Store from = backups.open(file)) {
                    place(from, place, watch);
                }
                return restored;
            } finally {
                DurableFiles.delete(held.scratch());
            }
        }
    }

    /** Before anything is made; who loads looks again. */
    private static void checkFree(Destination place) {
        int servers = place.servers();
        if (servers > 0) {
            throw new StoreException(
                    Kind.LOCKED,
                    place.place() + " is in use by " + servers + " servers. Stop them first.");
        }
        place.discard(Custody.BACKUP);
        place.loader().close();
    }

    private void place(Store from, Destination place, BackupWatch watch) {
        Custody arriving = new Custody(Custody.State.ARRIVING, Custody.BACKUP, clock.instant());
        try (Loader loader = place.loader()) {
            loader.custody(arriving);
            new CopyStore(from).run(loader, now -> watch.at(Step.LOADING, now.rows()));
        }
        Store made = place.found().orElseThrow(() -> differs(place));
        try (made) {
            CompareStores.Report report =
                    new CompareStores(from, made)
                            .run(
                                    CompareStores.Places.KEPT,
                                    looked -> watch.at(Step.COMPARING, looked));
            if (!report.equal()) {
                throw differs(place);
            }
            watch.at(Step.SWITCHING, 0);
            putInCharge(made, arriving, place);
        }
        watch.at(Step.SWITCHING, 1);
    }

    /** Another run may have thrown the copy away meanwhile, and be making its own. */
    private static void putInCharge(Store made, Custody arriving, Destination place) {
        boolean done =
                made.write(
                        tx -> {
                            Optional<Custody> found = tx.custody();
                            if (!found.equals(Optional.of(arriving))) {
                                return false;
                            }
                            tx.custody(
                                    new Custody(Custody.State.HERE, Custody.BACKUP, arriving.at()));
                            return true;
                        });
        if (!done) {
            throw differs(place);
        }
    }

    private static StoreException differs(Destination place) {
        return new StoreException(
                Kind.CORRUPT,
                "What is at "
                        + place.place()
                        + " now is not what was restored, and no server takes it for a store;"
                        + " restore again.");
    }
}
