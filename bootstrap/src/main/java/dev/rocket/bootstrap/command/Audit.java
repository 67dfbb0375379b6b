package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.wiring.ConfigException;
import dev.rocket.core.model.JsonOut;
import dev.rocket.core.model.Seq;
import dev.rocket.core.operation.ArchiveFolder;
import dev.rocket.core.operation.VerifyArchive;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
                "With --fetch it needs no store: one that is lost is left out and told.",
                "Exit code 0 when all agrees, 1 when it does not, 3 when there was no store."
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
        Proof proof = fetch == null ? prove(file, named) : proveFetched(file, fetch);
        print(json ? json(proof) : text(proof));
        if (!proof.report().agrees()) {
            return 1;
        }
        return proof.alone().isEmpty() ? 0 : 3;
    }

    /**
     * What was found.
     *
     * @param alone why it was compared with no store; empty when it was
     */
    private record Proof(VerifyArchive.Report report, Optional<String> alone) {}

    private Proof prove(StoreFile file, Path folder) {
        try (Progress progress = progress();
                Store store = file.openBeside()) {
            return new Proof(prove(folder, Optional.of(store), progress), Optional.empty());
        }
    }

    /** The store is lost when this is needed most, so nothing waits for it. */
    private Proof proveFetched(StoreFile file, Path folder) {
        try (Progress progress = progress()) {
            fetch(file, folder, progress);
            try (Store store = file.openBeside()) {
                return new Proof(prove(folder, Optional.of(store), progress), Optional.empty());
            } catch (ConfigException | StoreException e) {
                VerifyArchive.Report report = prove(folder, Optional.empty(), progress);
                return new Proof(report, Optional.of(String.valueOf(e.getMessage())));
            }
        }
    }

    private Progress progress() {
        return Progress.ofChecks(spec.commandLine().getErr(), "audit");
    }

    private static VerifyArchive.Report prove(
            Path folder, Optional<Store> store, Progress progress) {
        if (!Files.isDirectory(folder)) {
            throw new ConfigException(
                    List.of(folder + " holds no archive; name its folder with --archive."));
        }
        return new VerifyArchive(new ArchiveFolder(folder), store)
                .run(looked -> progress.to(0, looked));
    }

    private static void fetch(StoreFile file, Path target, Progress progress) {
        new Elsewhere(file.config(), "--fetch")
                .archive(Seq.START, target, got -> progress.to(0, got));
    }

    private static String text(Proof proof) {
        VerifyArchive.Report report = proof.report();
        StringBuilder text = new StringBuilder();
        for (String problem : report.problems()) {
            text.append("  ").append(problem).append('\n');
        }
        long unlisted = report.problemCount() - report.problems().size();
        if (unlisted > 0) {
            text.append("  and ").append(unlisted).append(" more\n");
        }
        String well =
                proof.alone()
                        .map(why -> "The archive is whole; it was compared with no store: " + why)
                        .orElse("The archive is whole and agrees with the store");
        return (report.agrees() ? well : "DAMAGED:\n")
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

    private static String json(Proof proof) {
        VerifyArchive.Report report = proof.report();
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
                        .truth("compared", proof.alone().isEmpty())
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
