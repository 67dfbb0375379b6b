package dev.rocket.bootstrap.command;

import dev.rocket.core.operation.WatchScale;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says whether SQLite on this host still suffices. */
@Command(
        name = "scale",
        description = "Say whether SQLite on this host still suffices.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "calm, near (half of the ceiling is used) or fired (four fifths are), with the",
            "headroom, the load of the last day, how load and data grow each day, and the",
            "day when the limit is reached if that goes on. The ceiling is measured on this",
            "disk for 1.5 s, by 64 callers on a store that is thrown away; requests over",
            "HTTP cost more.",
            "",
            "Without --url it works on the file itself, which no server may have open, and",
            "knows no load. A server evaluates by itself (ROCKET_SCALE), and each quarter",
            "it sums that up (scale-report in rocket maintenance); with --url it is told to",
            "do it now, with the admin token in ROCKET_TOKEN.",
            "",
            "Exit code 0 when it is calm or near, 1 when it fired or could not be told."
        })
public final class ShowScale implements Callable<Integer> {

    @Option(names = "--url", paramLabel = "URL", description = "A running server.")
    private @Nullable String url;

    @Option(names = "--db", description = "SQLite file or postgres://…, instead of the settings.")
    private @Nullable String db;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Map<String, String> done =
                url == null
                        ? ManageMaintenance.inStore(WatchScale.JOB, db)
                        : ManageMaintenance.onServer(WatchScale.JOB, url);
        String detail = done.getOrDefault("last.detail", "");
        PrintWriter out = spec.commandLine().getOut();
        out.println(detail);
        out.flush();
        boolean failed = "failed".equals(done.get("last.result"));
        return failed || detail.startsWith("fired") ? 1 : 0;
    }
}
