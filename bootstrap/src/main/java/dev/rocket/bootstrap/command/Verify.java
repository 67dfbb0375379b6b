package dev.rocket.bootstrap.command;

import dev.rocket.core.model.JsonOut;
import dev.rocket.core.operation.VerifyStore;
import dev.rocket.core.port.Store;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks a store against its own feed. */
@Command(
        name = "verify",
        description = "Check a store against its own feed.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Reads the whole feed, follows each entity's chain of changes and compares",
            "what the store holds with what the feed says. Needs the store for itself:",
            "stop the server first. Exit code 0 when they agree, 1 when they do not."
        })
public final class Verify implements Callable<Integer> {

    private static final long STEP = 100_000;

    @Option(names = "--db", description = "SQLite file or postgres://…, instead of the settings.")
    private @Nullable String db;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        try (Store store = StoreFile.of(db).openExisting()) {
            VerifyStore.Report report =
                    new VerifyStore(store)
                            .run(
                                    looked -> {
                                        if (looked % STEP == 0) {
                                            err.println("... " + looked + " looked at");
                                        }
                                    });
            PrintWriter out = spec.commandLine().getOut();
            out.println(json ? json(report) : text(report));
            out.flush();
            return report.agrees() ? 0 : 1;
        }
    }

    private static String text(VerifyStore.Report report) {
        StringBuilder text = new StringBuilder();
        for (String problem : report.problems()) {
            text.append("  ").append(problem).append('\n');
        }
        long unlisted = report.problemCount() - report.problems().size();
        if (unlisted > 0) {
            text.append("  and ").append(unlisted).append(" more\n");
        }
        return (report.agrees() ? "The store agrees with its feed" : "DAMAGED:\n" + text)
                + "\nchanges   "
                + report.changes()
                + "\nentities  "
                + report.digest().count()
                + "\nseq       "
                + report.seq().value()
                + "\ndigest    "
                + report.digest().print();
    }

    private static String json(VerifyStore.Report report) {
        StringBuilder out = new StringBuilder();
        new JsonOut(out)
                .begin()
                .truth("agrees", report.agrees())
                .number("changes", report.changes())
                .number("entities", report.digest().count())
                .number("seq", report.seq().value())
                .plain("digest", report.digest().print())
                .number("problem_count", report.problemCount())
                .plains("problems", report.problems())
                .end();
        return out.toString();
    }
}
