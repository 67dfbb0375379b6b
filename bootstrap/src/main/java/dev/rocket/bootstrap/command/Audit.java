package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.wiring.ConfigException;
import dev.rocket.bootstrap.wiring.Wiring;
import dev.rocket.core.model.JsonOut;
import dev.rocket.core.model.Seq;
import dev.rocket.core.operation.ArchiveFolder;
import dev.rocket.core.operation.ArchiveOffsite;
import dev.rocket.core.operation.VerifyArchive;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.Vault;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Proves what was archived of the feed. */
@Command(
        name = "audit",
        description = "Prove what was archived of the feed.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "verify",
        footer = {
            "",
            "While a server runs it archives the feed every few seconds, in sealed segments",
            "of which each holds the hash of the one before. A byte that was altered or",
            "deleted since is found, and told with its segment and place (Seq).",
            "",
            "Examples:",
            "  rocket audit verify",
            "  rocket audit verify --fetch /var/tmp/feed    what is kept off-site"
        })
public final class Audit implements Runnable {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
            description =
                    "Prove that the archive of the feed is whole and the store says the same.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Hashes every line of the archive again, follows the chain of its segments and",
                "compares each change with the store. Works beside a running server, which",
                "needs not know of it, and as well when none runs. The hash that it prints",
                "stands for the whole archive: whoever keeps that elsewhere can prove later",
                "that nothing before it was changed.",
                "Exit code 0 when all agrees, 1 when it does not."
            })
    int verify(
            @Option(names = "--db", description = "SQLite file or postgres://….")
                    @Nullable String db,
            @Option(
                            names = "--archive",
                            paramLabel = "DIR",
                            description = "Folder of the archive, instead of the settings'.")
                    @Nullable Path archive,
            @Option(
                            names = "--fetch",
                            paramLabel = "DIR",
                            description = "Fetch what is off-site into that folder and prove it.")
                    @Nullable Path fetch,
            @Option(names = "--json", description = "Print one JSON object.") boolean json) {
        StoreFile file = StoreFile.of(db);
        Path named = archive != null ? archive : file.config().archiveFolder();
        VerifyArchive.Report report = prove(file, named, fetch);
        print(json ? json(report) : text(report));
        return report.agrees() ? 0 : 1;
    }

    private VerifyArchive.Report prove(StoreFile file, Path named, @Nullable Path fetch) {
        Path folder = fetch != null ? fetch : named;
        try (Progress progress = Progress.ofChecks(spec.commandLine().getErr(), "audit");
                Store store = file.openBeside()) {
            if (fetch != null) {
                fetch(file, fetch, progress);
            }
            if (!Files.isDirectory(folder)) {
                throw new ConfigException(
                        List.of(folder + " holds no archive; name its folder with --archive."));
            }
            return new VerifyArchive(new ArchiveFolder(folder), store)
                    .run(looked -> progress.to(0, looked));
        }
    }

    private static void fetch(StoreFile file, Path target, Progress progress) {
        Vault vault =
                Wiring.offsite(file.config(), target)
                        .orElseThrow(
                                () ->
                                        new ConfigException(
                                                List.of("--fetch needs ROCKET_OFFSITE.")));
        ArchiveFolder own = new ArchiveFolder(file.config().archiveFolder());
        new ArchiveOffsite(own, vault)
                .fetch(Seq.START, new ArchiveFolder(target), got -> progress.to(0, got));
    }

    private static String text(VerifyArchive.Report report) {
        StringBuilder text = new StringBuilder();
        for (String problem : report.problems()) {
            text.append("  ").append(problem).append('\n');
        }
        long unlisted = report.problemCount() - report.problems().size();
        if (unlisted > 0) {
            text.append("  and ").append(unlisted).append(" more\n");
        }
        return (report.agrees() ? "The archive is whole and agrees with the store" : "DAMAGED:\n")
                + text.toString().stripTrailing()
                + "\nsegments  "
                + report.segments()
                + "\nchanges   "
                + report.changes()
                + "\nforgotten "
                + report.forgotten()
                + "\nfrom      behind Seq "
                + report.first().value()
                + "\nto        Seq "
                + report.last().value()
                + "\nhash      "
                + report.hash().orElse("none");
    }

    private static String json(VerifyArchive.Report report) {
        StringBuilder out = new StringBuilder();
        JsonOut json =
                new JsonOut(out)
                        .begin()
                        .truth("agrees", report.agrees())
                        .number("segments", report.segments())
                        .number("changes", report.changes())
                        .number("forgotten", report.forgotten())
                        .number("after", report.first().value())
                        .number("seq", report.last().value())
                        .text("hash", report.hash())
                        .number("problem_count", report.problemCount())
                        .name("problems");
        out.append('[');
        String comma = "";
        for (String problem : report.problems()) {
            out.append(comma);
            json.quote(problem);
            comma = ",";
        }
        out.append("]}");
        return out.toString();
    }

    private void print(String report) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(report);
        out.flush();
    }
}
