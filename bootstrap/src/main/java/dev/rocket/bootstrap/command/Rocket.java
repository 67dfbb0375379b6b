package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.wiring.ConfigException;
import dev.rocket.core.model.Refused;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.VaultException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: the verb, and what all verbs share. */
@Command(
        name = "rocket",
        description = "A realtime task server. Start with: rocket serve",
        mixinStandardHelpOptions = true,
        versionProvider = About.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  done",
            "  1  failed",
            "  2  used or configured wrongly",
            "  3  done, but something needs a look; the report says what",
            "",
            "Settings come from the environment and .env files; see: rocket config"
        },
        subcommands = {
            Serve.class,
            ShowConfig.class,
            ManageToken.class,
            ManageMaintenance.class,
            ShowScale.class,
            Import.class,
            Export.class,
            Verify.class,
            MakeBackup.class,
            ListBackups.class,
            Restore.class,
            Drill.class,
            Seed.class,
            Migrate.class,
            Doctor.class,
            Audit.class,
            Schema.class,
            Upgrade.class,
            Smoke.class,
            Bench.class,
            About.class
        })
public final class Rocket implements Runnable {

    private final CommandLine line = new CommandLine(this);

    /** Runs one command line; its exit code. */
    public static int run(String... args) {
        Rocket rocket = new Rocket();
        return rocket.line
                .setExecutionExceptionHandler((e, line, parsed) -> explain(e, line.getErr()))
                .execute(args);
    }

    /** Says in one line what went wrong, and gives the exit code for it. */
    static int explain(Exception e, PrintWriter err) {
        boolean expected =
                e instanceof ConfigException
                        || e instanceof StoreException
                        || e instanceof VaultException
                        || e instanceof Refused
                        || e instanceof IOException
                        || e instanceof UncheckedIOException;
        if (expected) {
            err.println("rocket: " + e.getMessage());
        } else {
            e.printStackTrace(err);
        }
        err.flush();
        return e instanceof ConfigException ? 2 : 1;
    }

    @Override
    public void run() {
        line.usage(line.getOut());
    }
}
