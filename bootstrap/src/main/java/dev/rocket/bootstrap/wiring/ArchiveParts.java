package dev.rocket.bootstrap.wiring;

import dev.rocket.core.operation.ArchiveFeed;
import dev.rocket.core.operation.ArchiveFolder;
import dev.rocket.core.operation.ArchiveInTurn;
import dev.rocket.core.operation.ArchiveOffsite;
import dev.rocket.core.operation.ArchiveTurn;
import dev.rocket.core.operation.Chore;
import dev.rocket.core.operation.CompactFeed;
import dev.rocket.core.operation.KeepArchive;
import dev.rocket.core.port.Store;
import dev.rocket.http.observe.Metrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What belongs to the archive of a configuration's feed. */
final class ArchiveParts {

    private static final System.Logger LOG = System.getLogger("dev.rocket.archive");

    private ArchiveParts() {}

    /** Says so where a lost disk would take more than anybody may think of. */
    static void warn(Config config) {
        if (config.isProduction() && config.archive().isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The feed is not archived, so a lost disk takes all since the newest backup;"
                            + " set ROCKET_ARCHIVE to a folder");
        }
    }

    /**
     * Who archives while a server runs; empty when nobody is to.
     *
     * @param turn when it is this server's
     */
    static Optional<Archivist> archivist(
            Config config, Store store, ArchiveTurn turn, Metrics metrics) {
        return config.archive()
                .map(path -> inTurn(config, path, store, turn))
                .map(
                        archive -> {
                            Archivist.watch(archive, Wiring.clock(), metrics);
                            return new Archivist(archive);
                        });
    }

    private static ArchiveInTurn inTurn(Config config, Path path, Store store, ArchiveTurn turn) {
        ArchiveFolder folder = new ArchiveFolder(path);
        Optional<ArchiveOffsite> offsite =
                Wiring.offsite(config, path).map(vault -> new ArchiveOffsite(folder, vault));
        return new ArchiveInTurn(store, turn, new ArchiveFeed(store, folder), offsite);
    }

    /** What lets old segments go; empty when all are kept. */
    static Optional<Chore> retention(Config config) {
        return config.archive()
                .flatMap(
                        path -> config.retention().archive().map(keep -> keep(config, path, keep)));
    }

    /** What forgets old changes of the feed; empty when all are kept. */
    static Optional<CompactFeed> compaction(Config config, Store store) {
        Optional<ArchiveFolder> archive = config.archive().map(ArchiveFolder::new);
        Optional<ArchiveOffsite> offsite =
                archive.flatMap(
                        folder ->
                                Wiring.offsite(config, folder.work())
                                        .map(vault -> new ArchiveOffsite(folder, vault)));
        CompactFeed.Bounds bounds =
                new CompactFeed.Bounds(BackupParts.folder(config), archive, offsite);
        return config.retention()
                .feed()
                .map(keep -> new CompactFeed(store, keep, Wiring.clock(), bounds));
    }

    private static Chore keep(Config config, Path path, Duration keep) {
        ArchiveFolder folder = new ArchiveFolder(path);
        KeepArchive.Age age = new KeepArchive.Age(keep, Wiring.clock(), Thread::sleep);
        return new KeepArchive(
                        folder,
                        BackupParts.folder(config),
                        Wiring.offsite(config, folder.work()),
                        age)
                .chore(config.backups().at());
    }
}
