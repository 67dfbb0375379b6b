package dev.rocket.bootstrap.wiring;

import dev.rocket.bootstrap.wiring.Config.BackupConfig;
import dev.rocket.core.operation.Chore;
import dev.rocket.core.operation.DrillRestore;
import dev.rocket.core.operation.ForgetReceipts;
import dev.rocket.core.operation.NewestBackup;
import dev.rocket.core.operation.RunUpkeep;
import dev.rocket.core.operation.Timetable;
import dev.rocket.core.operation.WatchScale;
import dev.rocket.core.port.Backups;
import dev.rocket.core.port.Store;
import java.util.ArrayList;
import java.util.List;

/** What maintenance there is for a configuration. */
final class Chores {

    /** After the evaluation of that day, unless that is put off. */
    private static final Timetable QUARTERLY = Timetable.parse("quarterly 05:00");

    private Chores() {}

    /**
     * All of it, in the order in which it is done when all is due.
     *
     * @param copies makes copies of the store, wherever it is
     */
    static List<Chore> of(
            Backups copies,
            Config config,
            Store store,
            WatchScale scale,
            DrillRestore.Stage stage) {
        BackupConfig kept = config.backups();
        List<Chore> chores = new ArrayList<>();
        chores.add(new ForgetReceipts(store, Wiring.clock(), Thread::sleep).chore());
        chores.add(Wiring.backups(config, copies).chore(store, kept.at()));
        NewestBackup newest = BackupParts.newest(config, store);
        BackupParts.offsite(config)
                .ifPresent(offsite -> chores.add(offsite.chore(newest, kept.at())));
        ArchiveParts.retention(config).ifPresent(chores::add);
        RunUpkeep upkeep = new RunUpkeep(store, Thread::sleep);
        chores.add(
                ArchiveParts.compaction(config, store)
                        .map(upkeep::compacting)
                        .orElse(upkeep)
                        .chore(config.maintenance().upkeep()));
        Timetable evaluated = config.maintenance().scale();
        chores.add(scale.chore(evaluated));
        chores.add(scale.report(evaluated.equals(Timetable.OFF) ? Timetable.OFF : QUARTERLY));
        chores.add(BackupParts.drill(config).chore(store, stage, config.maintenance().drill()));
        return chores;
    }
}
