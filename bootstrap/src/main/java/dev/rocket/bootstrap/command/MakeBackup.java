package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.wiring.Config;
import dev.rocket.bootstrap.wiring.StoreKit;
import dev.rocket.bootstrap.wiring.Wiring;
import dev.rocket.core.model.JsonOut;
import dev.rocket.core.operation.Backup;
import dev.rocket.core.operation.KeepBackups;
import dev.rocket.core.port.Backups;
import dev.rocket.core.port.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a backup, and restores it for trial. */
@Command(
        name = "backup",
        description = "Make a backup, restore it for trial, and let old ones go.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Works beside a running server, which needs not know of it, and as well when",
            "none runs. The backup is restored into a scratch folder, checked against its",
            "own feed and compared with the store at the place where it was taken. Only",
            "then it counts as verified, and lets backups beyond ROCKET_BACKUP_KEEP go.",
            "The folder needs space for two more than it keeps.",
            "",
            "Exit code 0 when it is verified, 1 when not; the report says why.",
            "",
            "  rocket backup",
            "  ROCKET_BACKUP_DIR=/mnt/other rocket backup --db tasks.db --json"
        })
public final class MakeBackup implements Callable<Integer> {

    @Option(names = "--db", description = "SQLite file or postgres://…, instead of the settings.")
    private @Nullable String db;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        StoreFile file = StoreFile.of(db);
        Config config = file.config();
        try (Store store = file.openBeside()) {
            KeepBackups.Run run = run(config, store);
            PrintWriter out = spec.commandLine().getOut();
            out.println(json ? json(run) : text(run));
            out.flush();
            return run.made().isVerified() ? 0 : 1;
        }
    }

    private KeepBackups.Run run(Config config, Store store) throws IOException {
        Backups copies = StoreKit.copier(config, store);
        try (BackupProgress progress =
                new BackupProgress(spec.commandLine().getErr(), "backup", copies.size())) {
            return Wiring.backups(config, copies).run(store, progress);
        }
    }

    private static String text(KeepBackups.Run run) {
        StringBuilder text = new StringBuilder();
        text.append(BackupLines.whole(run.made()));
        run.rotted().forEach(one -> text.append(line("damaged", one)).append(one.why()));
        run.deleted()
                .forEach(one -> text.append(line("deleted", one)).append(one.verdict().wire()));
        return text.toString();
    }

    private static String line(String what, Backup backup) {
        return "\n%-9s %s, ".formatted(what, backup.name());
    }

    private static String json(KeepBackups.Run run) {
        StringBuilder out = new StringBuilder();
        JsonOut object = new JsonOut(out).begin();
        BackupLines.members(object, run.made());
        object.plains("damaged", names(run.rotted())).plains("deleted", names(run.deleted()));
        object.end();
        return out.toString();
    }

    private static List<String> names(List<Backup> backups) {
        return backups.stream().map(Backup::name).toList();
    }
}
