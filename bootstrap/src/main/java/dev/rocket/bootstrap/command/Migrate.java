package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.wiring.ConfigException;
import dev.rocket.core.model.JsonOut;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Moves a store, with its whole past, to another place. */
@Command(
        name = "migrate",
        description = "Move a store to Postgres or to a file, with its whole past.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "[status|abort|resume]",
        footer = {
            "",
            "With --url it moves the store of a running server, which goes on answering:",
            "writes wait for moments at the end, sockets stay open, and cursors, ETags and",
            "idempotency keys stay good. Put the admin token into ROCKET_TOKEN. Ending this",
            "command does not end the move. Whatever fails before the end leaves the store",
            "where it was; begin again, and the copy is gone on with. Afterwards the former",
            "store follows the new one for ROCKET_MIGRATE_WINDOW, and --back is as quick.",
            "",
            "Without --url stop the server first. The source is then marked as moved, so",
            "that no server starts on it; with --copy it stays in charge.",
            "",
            "A password never stands on the command line: give the address in",
            "ROCKET_TARGET_URL or the file that ROCKET_TARGET_URL_FILE names, or --password.",
            "Exit code 1 when it failed, was aborted, or the copy differs.",
            "",
            "Examples:",
            "  rocket migrate --url http://127.0.0.1:9000 --password \\",
            "      --to postgres://rocket@db/tasks --dry-run",
            "                                  ask for the password, check, estimate",
            "  rocket migrate --url http://127.0.0.1:9000 --to",
            "                                  to the place that ROCKET_TARGET_URL names",
            "  rocket migrate --url http://127.0.0.1:9000 --back",
            "  rocket migrate --from tasks.db --to",
            "                                  with no server running",
            "  rocket migrate --to home.db --copy",
            "                                  take a copy home from Postgres"
        })
public final class Migrate implements Callable<Integer> {

    private static final Pattern TIME = Pattern.compile("(\\d{1,6})(ms|s)");

    @Option(names = "--url", paramLabel = "URL", description = "A running server.")
    private @Nullable String url;

    @Option(
            names = "--from",
            paramLabel = "STORE",
            description = "Without --url: SQLite file or postgres://…, instead of the settings.")
    private @Nullable String from;

    @Option(
            names = "--to",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "STORE",
            description = "SQLite file that does not exist, or postgres://….")
    private @Nullable String to;

    @Option(names = "--back", description = "With --url: to where the store came from.")
    private boolean back;

    @Option(
            names = "--password",
            interactive = true,
            arity = "0",
            description = "Ask for the password of the target's database.")
    private @Nullable String password;

    @Option(names = "--dry-run", description = "Check and estimate; copy nothing.")
    private boolean dryRun;

    @Option(
            names = "--freeze",
            paramLabel = "TIME",
            description = "With --url: how long a write may wait, 10ms to 10s (1s).")
    private @Nullable String freeze;

    @Option(
            names = "--pause-at",
            paramLabel = "PHASE",
            description = "With --url: wait before copying, tailing, comparing or freezing.")
    private @Nullable String pauseAt;

    @Option(names = "--copy", description = "Without --url: leave the source in charge.")
    private boolean copy;

    @Option(
            names = "--write-env",
            description = "Afterwards write the settings of the next start into .env.")
    private boolean writeEnv;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        if (to == null && !back) {
            throw wrong("Name the target with --to, or go --back.");
        }
        return url == null ? offline() : live(url);
    }

    private static ConfigException wrong(String what) {
        return new ConfigException(List.of(what));
    }

    private int offline() throws IOException {
        if (to == null || back || freeze != null || pauseAt != null) {
            throw wrong("--back, --freeze and --pause-at move a running server: add --url.");
        }
        StoreFile source = StoreFile.source(from);
        StoreFile target = StoreFile.target(to);
        if (password != null) {
            target = target.withPassword(password);
        }
        OfflineMove move = new OfflineMove(source, target, spec.commandLine());
        int code = dryRun ? move.plan() : move.run(copy);
        if (code == 0 && !dryRun && !copy) {
            offer(target.config().settings(), address());
        }
        return code;
    }

    private int live(String server) throws IOException {
        if (from != null || copy || (back && to != null)) {
            throw wrong("With --url there is no --from and no --copy, and --back has no --to.");
        }
        Optional<String> target = back ? Optional.empty() : Optional.of(address());
        try (Remote remote = new Remote(server, ManageToken.ownToken())) {
            LiveMove move = new LiveMove(remote, server, spec.commandLine());
            Optional<MoveView> done = move.run(wish(target), dryRun);
            if (done.isPresent() && !dryRun) {
                offer(done.get().plan(), target.orElse(""));
            }
            return done.isPresent() ? 0 : 1;
        }
    }

    /** What the server is asked for; only here the password is shown to it. */
    private String wish(Optional<String> target) {
        StringBuilder out = new StringBuilder();
        JsonOut json = new JsonOut(out).begin().text("to", target);
        if (back) {
            json.truth("back", true);
        }
        if (freeze != null) {
            json.number("freezeMillis", millis(freeze));
        }
        if (pauseAt != null) {
            json.text("pauseAt", pauseAt);
        }
        json.truth("dryRun", dryRun).end();
        return out.toString();
    }

    private static long millis(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            throw wrong("--freeze is a time such as 500ms or 1s, not " + text + ".");
        }
        return Long.parseLong(time.group(1)) * (time.group(2).equals("s") ? 1_000 : 1);
    }

    /** The target as the server needs it, with its password. */
    private String address() {
        return StoreFile.targetText(String.valueOf(to), Optional.ofNullable(password));
    }

    /** Writes settings into {@code .env}, where one is in use and the operator agrees. */
    private void offer(List<String> settings, String address) throws IOException {
        EnvSettings env = new EnvSettings(Path.of(".env"), settings, address);
        PrintWriter out = spec.commandLine().getOut();
        if (env.isInUse()
                && (writeEnv
                        || LiveMove.agrees(spec.commandLine().getErr(), "Write them into .env?"))) {
            out.println(env.write());
        } else if (writeEnv) {
            out.println("There is no .env here, so nothing was written.");
        }
        out.flush();
    }

    @Command(
            description = "Tell how far the move of a running server is.",
            mixinStandardHelpOptions = true)
    int status(
            @Option(
                            names = "--url",
                            required = true,
                            paramLabel = "URL",
                            description = "A running server.")
                    String server,
            @Option(names = "--json", description = "Print one JSON object.") boolean json)
            throws IOException {
        try (Remote remote = new Remote(server, ManageToken.ownToken())) {
            String status = remote.ask("GET", LiveMove.PLACE, Optional.empty());
            print(json ? status + "\n" : MoveView.parse(status).text());
        }
        return 0;
    }

    @Command(
            description = "End the move of a running server; the store stays where it is.",
            mixinStandardHelpOptions = true)
    int abort(
            @Option(
                            names = "--url",
                            required = true,
                            paramLabel = "URL",
                            description = "A running server.")
                    String server)
            throws IOException {
        return tell(server, "DELETE", LiveMove.PLACE, "It is told to end.\n");
    }

    @Command(
            description = "Have a move that waits at --pause-at go on.",
            mixinStandardHelpOptions = true)
    int resume(
            @Option(
                            names = "--url",
                            required = true,
                            paramLabel = "URL",
                            description = "A running server.")
                    String server)
            throws IOException {
        return tell(server, "POST", LiveMove.PLACE + "/resume", "It goes on.\n");
    }

    private int tell(String server, String method, String path, String done) throws IOException {
        try (Remote remote = new Remote(server, ManageToken.ownToken())) {
            remote.ask(method, path, Optional.empty());
        }
        print(done + "See: rocket migrate status --url " + server + "\n");
        return 0;
    }

    private void print(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(text);
        out.flush();
    }
}
