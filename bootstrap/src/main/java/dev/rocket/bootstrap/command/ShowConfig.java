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
            ".env.<environment>, .env, default. Secrets are masked."
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
        Map<Setting, ConfigReader.Value> values = ConfigReader.ofProcess().values(Map.of());
        out.print(json ? json(values) : text(values));
        out.flush();
        Config.of(values);
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

    private static String text(Map<Setting, ConfigReader.Value> values) {
        StringBuilder text = new StringBuilder();
        ConfigReader.shown(values)
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

    private static String json(Map<Setting, ConfigReader.Value> values) {
        StringBuilder out = new StringBuilder();
        JsonOut object = new JsonOut(out).begin();
        ConfigReader.shown(values)
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
