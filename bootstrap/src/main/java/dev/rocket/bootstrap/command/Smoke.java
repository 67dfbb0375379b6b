package dev.rocket.bootstrap.command;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes one full round trip on a running server. */
@Command(
        name = "smoke",
        description = "Make one full round trip on a running server.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Creates a task, sees it on the WebSocket, changes, completes and deletes it,",
            "and says of each step whether it passed. Shows the token in ROCKET_TOKEN,",
            "which needs the scope write. Exit code 0 when all passed, 1 otherwise.",
            "",
            "With --ready it only asks whether the server should get traffic; no token.",
            "",
            "Example: ROCKET_TOKEN=... rocket smoke https://tasks.example.org"
        })
public final class Smoke implements Callable<Integer> {

    @Parameters(paramLabel = "URL", description = "The server, such as http://127.0.0.1:9000")
    private String url = "";

    @Option(names = "--ready", description = "Only ask whether it is ready, and change nothing.")
    private boolean onlyReady;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        String token = Optional.ofNullable(System.getenv("ROCKET_TOKEN")).orElse("");
        try (Remote server = new Remote(url, token)) {
            boolean passed =
                    onlyReady
                            ? RoundTrip.ready(server, this::tell)
                            : RoundTrip.make(server, this::tell);
            print(passed ? "PASS" : "FAIL");
            return passed ? 0 : 1;
        }
    }

    private void tell(String step, Optional<String> failure) {
        print(failure.isEmpty() ? "  ok    " + step : "  FAIL  " + step + ": " + failure.get());
    }

    private void print(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
