package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.wiring.BackupParts;
import dev.rocket.bootstrap.wiring.Config;
import dev.rocket.bootstrap.wiring.Wiring;
import dev.rocket.core.operation.Backup;
import dev.rocket.core.operation.BackupFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the backups and what is known of them. */
@Command(
        name = "backups",
        description = "List the backups, the newest first, and what is known of them.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "verified    it was restored and held what the store held at its place",
            "failed      it was looked at and is not what it should be; kept for a look",
            "unverified  it could not be restored and compared yet",
            "",
            "With --offsite it lists the copies in ROCKET_OFFSITE instead, by their notes;",
            "rocket restore --offsite brings one back.",
            "",
            "Exit code 0 when there is a verified one, 1 when there is none."
        })
public final class ListBackups implements Callable<Integer> {

    @Option(names = "--db", description = "SQLite file or postgres://…, instead of the settings.")
    private @Nullable String db;

    @Option(names = "--offsite", description = "List the copies in ROCKET_OFFSITE instead.")
    private boolean offsite;

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Config config = StoreFile.of(db).config();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        BackupFolder folder = BackupParts.folder(config);
        Elsewhere there = new Elsewhere(config, "--offsite");
        List<Backup> backups =
                offsite
                        ? there.list(trouble -> err.println("rocket: " + trouble.getMessage()))
                        : folder.list();
        String place = offsite ? there.place() : folder.path().toString();
        if (json) {
            backups.reversed().forEach(one -> out.println(BackupLines.json(one)));
        } else if (backups.isEmpty()) {
            String how = offsite ? "rocket maintenance run offsite" : "rocket backup";
            out.println("No backups in " + place + ". Make one with: " + how);
        } else {
            out.println(BackupLines.table(backups, Wiring.clock().instant()));
        }
        err.flush();
        out.flush();
        return backups.stream().anyMatch(Backup::isVerified) ? 0 : 1;
    }
}
