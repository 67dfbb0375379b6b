package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.wiring.ConfigException;
import dev.rocket.bootstrap.wiring.Upgrades;
import dev.rocket.bootstrap.wiring.Upgrades.How;
import dev.rocket.core.operation.Backup;
import dev.rocket.core.operation.UpgradeStore;
import dev.rocket.core.operation.UpgradeStore.Report;
import dev.rocket.core.port.Store;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Advances a store that an older Rocket wrote, or rehearses that. */
@Command(
        name = "upgrade",
        description = "Advance a store that an older Rocket wrote, or rehearse that.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A server does the same when it starts: it makes a verified backup of the store",
            "as it is, makes the change on a copy of that, checks what came of it, and only",
            "then changes the store, in one transaction. If anything fails, the store is as",
            "it was, and the version that served it before still does.",
            "",
            "  rocket upgrade --check            before an update, with the new version:",
            "                                    backup and rehearsal alone; the server of",
            "                                    the old one may run meanwhile",
            "  rocket upgrade                    with no server: all of it",
            "  rocket upgrade --without-backup   when there is no space for one, and you have",
            "                                    a backup of your own",
            "",
            "Exit code 0 when it went well or nothing is to be done, 1 when not."
        })
public final class Upgrade implements Callable<Integer> {

    @Option(names = "--db", description = "SQLite file or postgres://…, instead of the settings.")
    private @Nullable String db;

    @Option(names = "--check", description = "Make a backup and rehearse; change nothing else.")
    private boolean check;

    @Option(
            names = "--without-backup",
            description = "Change the store without a backup and a rehearsal.")
    private boolean withoutBackup;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (check && withoutBackup) {
            throw new ConfigException(List.of("--check and --without-backup exclude each other."));
        }
        How how = check ? How.REHEARSED : withoutBackup ? How.WITHOUT_BACKUP : How.SAFELY;
        StoreFile file = StoreFile.of(db);
        PrintWriter out = spec.commandLine().getOut();
        Optional<Report> report =
                Upgrades.run(file.config(), how, new Told(spec.commandLine().getErr()));
        if (report.isPresent()) {
            out.println(text(file.config().place(), report.get()));
        } else {
            try (Store store = file.openBeside()) {
                int schema = store.probe().reading().schema();
                out.println(file.config().place() + " is at schema " + schema + "; nothing to do");
            }
        }
        out.flush();
        return 0;
    }

    private String text(String place, Report report) {
        return (check
                        ? "It would go well; the store is as it was"
                        : "The store is at schema " + report.to() + " now")
                + "\nstore     "
                + place
                + "\nschema    "
                + report.from()
                + (check ? ", would be " : ", then ")
                + report.to()
                + "\nentities  "
                + report.entities()
                + "\nseq       "
                + report.seq().value()
                + "\nbackup    "
                + report.backup().map(Backup::name).orElse("none")
                + "\ntook      "
                + report.took().toMillis()
                + " ms";
    }

    /** Says each step on a line. */
    private static final class Told implements UpgradeStore.Watch {

        private final PrintWriter err;
        private String last = "";

        Told(PrintWriter err) {
            this.err = err;
        }

        @Override
        public void at(String doing, long done) {
            if (!doing.equals(last)) {
                last = doing;
                err.println("upgrade: " + doing);
                err.flush();
            }
        }
    }
}
