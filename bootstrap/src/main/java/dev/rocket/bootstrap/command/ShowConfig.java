package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.wiring.Config;
import dev.rocket.bootstrap.wiring.ConfigReader;
import dev.rocket.bootstrap.wiring.Setting;
import dev.rocket.core.model.JsonOut;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows every setting, its value and where that comes from. */
@Command(
        name = "config",
        description = "Show every setting, its value and where that comes from.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Strongest first: command line, environment, NAME_FILE, systemd credential,",
            ".env.<environment>, .env, default. An empty variable counts as unset.",
            "A credential is named like its setting, in capitals or small letters.",
            "Secrets are masked. Exit code 0 when all is well, 2 when something is wrong."
        })
public final class ShowConfig implements Callable<Integer> {

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(names = "--markdown", description = "Print the table that README holds.")
    private boolean markdown;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (markdown) {
            out.print(markdown());
            out.flush();
            return 0;
        }
        ConfigReader.Found found = ConfigReader.ofProcess().find(Map.of());
        out.print(json ? json(found) : text(found));
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        found.warnings().forEach(warning -> err.println("rocket: warning: " + warning));
        err.flush();
        Config.of(found);
        return 0;
    }

    /** The settings as a table in Markdown. */
    static String markdown() {
        StringBuilder table = new StringBuilder("| name | default | unit | meaning |\n");
        table.append("|---|---|---|---|\n");
        for (Setting setting : Setting.values()) {
            table.append("| `").append(setting.key()).append("` | ");
            table.append(setting.fallback().isEmpty() ? "" : "`" + setting.fallback() + "`");
            table.append(" | ").append(setting.unit()).append(" | ");
            table.append(setting.meaning()).append(" |\n");
        }
        return table.toString();
    }

    /** The settings as a table in text. */
    static String text(ConfigReader.Found found) {
        StringBuilder text = new StringBuilder();
        found.shown()
                .forEach(
                        (setting, shown) -> {
                            text.append(pad(setting.key(), 26)).append(pad(shown.text(), 26));
                            text.append(pad(shown.source(), 16)).append(setting.unit());
                            text.append('\n');
                        });
        return text.toString();
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    /** The settings as one JSON object. */
    static String json(ConfigReader.Found found) {
        StringBuilder out = new StringBuilder();
        JsonOut object = new JsonOut(out).begin();
        found.shown()
                .forEach(
                        (setting, shown) -> {
                            object.name(setting.key());
                            new JsonOut(out)
                                    .begin()
                                    .text("value", shown.text())
                                    .text("source", shown.source())
                                    .text("unit", setting.unit())
                                    .end();
                        });
        object.end();
        return out.append('\n').toString();
    }
}
