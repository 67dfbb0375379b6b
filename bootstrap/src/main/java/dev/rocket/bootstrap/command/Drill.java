package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.wiring.BackupParts;
import dev.rocket.bootstrap.wiring.Config;
import dev.rocket.core.operation.Backup;
import dev.rocket.core.operation.DrillRestore;
import dev.rocket.core.port.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Rehearses a recovery from a backup, and measures it. */
@Command(
        name = "drill",
        description = "Rehearse a recovery from a backup, and measure it.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Restores the backup into a scratch folder, brings it forward along the archive",
            "of the feed if there is one, starts a server on it on a free loopback port,",
            "makes the round trip of `rocket smoke` there, and stops it. The store itself is",
            "only read, to say what would have been lost if it had gone when that began. A",
            "report goes to the folder drills beside the backups, as text, JSON and a page;",
            "the newest 20 are kept.",
            "",
            "  rocket drill                the newest verified backup",
            "  rocket drill rocket-000007-20310501T030000Z.db --json",
            "",
            "Exit code 0 when the recovery would have worked, 1 when not."
        })
public final class Drill implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "BACKUP",
            description = "latest, a name that `rocket backups` lists, or a path with a /.")
    private String backup = ChosenBackup.LATEST;

    @Option(names = "--db", description = "SQLite file or postgres://…, instead of the settings.")
    private @Nullable String db;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        StoreFile file = StoreFile.of(db);
        Config config = file.config();
        Backup chosen = ChosenBackup.of(config, backup);
        DrillRestore drill = BackupParts.drill(config);
        DrillRestore.Report report = run(file, drill, chosen);
        DrillReport printed = new DrillReport(report);
        Path written = printed.write(DrillRestore.reports(BackupParts.folder(config)));
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? printed.json() : printed.text() + "\nreport    " + written);
        out.flush();
        return report.passed() ? 0 : 1;
    }

    private DrillRestore.Report run(StoreFile file, DrillRestore drill, Backup chosen)
            throws IOException {
        long size = chosen.file().toFile().length();
        DrillRestore.Trial trial = Rehearsal.trial(() -> {});
        try (BackupProgress progress =
                new BackupProgress(spec.commandLine().getErr(), "drill", size)) {
            if (!file.exists()) {
                return drill.run(chosen, Optional.empty(), trial, progress);
            }
            try (Store store = file.openBeside()) {
                return drill.run(chosen, Optional.of(store), trial, progress);
            }
        }
    }
}
