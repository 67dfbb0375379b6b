package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.doctor.Examination;
import dev.rocket.bootstrap.doctor.ProxyCheck;
import dev.rocket.bootstrap.wiring.ConfigReader;
import dev.rocket.bootstrap.wiring.Setting;
import dev.rocket.core.model.JsonOut;
import dev.rocket.core.operation.Diagnose;
import dev.rocket.core.operation.Diagnose.Finding;
import dev.rocket.core.operation.Diagnose.Verdict;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks all that an operator would look at. */
@Command(
        name = "doctor",
        description = "Check everything an operator would look at, and say what to do.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Looks at the configuration, the server and its port, open files, the modes of",
            "the files, disk space, half-written files, copies that lack commits, the",
            "store, its engine, feed and clock, the age of every secret, the backups, the",
            "archive of the feed, the copies off-site, whether SQLite suffices, and",
            "maintenance that is overdue or fails. It works with and without a running",
            "server and changes nothing without --fix, which closes files to others and",
            "removes what killed commands left behind.",
            "",
            "With --proxy it tests the proxy before a server instead, from outside: TLS,",
            "WebSocket upgrades, whether clients can choose their address, whether events",
            "are held back, and the size of bodies. It shows the token in ROCKET_TOKEN.",
            "",
            "Exit code 0 when all is well, 1 when a check failed, 3 when some should be",
            "seen to. Colours are for terminals; NO_COLOR turns them off."
        })
public final class Doctor implements Callable<Integer> {

    private static final int NAME_WIDTH = 14;

    @Option(names = "--db", description = "SQLite file or postgres://…, instead of the settings.")
    private @Nullable String db;

    @Option(names = "--fix", description = "Mend what can be mended without harm.")
    private boolean fix;

    @Option(names = "--proxy", paramLabel = "URL", description = "Test the proxy at that address.")
    private @Nullable String proxy;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        List<Finding> findings = new Diagnose(checks()).run(fix, json ? one -> {} : this::tell);
        Verdict worst = Diagnose.worst(findings);
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? json(worst, findings) : "\n" + summary(findings));
        out.flush();
        return switch (worst) {
            case OK -> 0;
            case WARNING -> 3;
            case FAILED -> 1;
        };
    }

    private List<Diagnose.Check> checks() {
        if (proxy != null) {
            String token = Optional.ofNullable(System.getenv("ROCKET_TOKEN")).orElse("");
            return new ProxyCheck(new Remote(proxy, token).uri("/"), token).checks();
        }
        Map<Setting, String> overrides = new EnumMap<>(Setting.class);
        StoreFile.name(overrides, db);
        ConfigReader.Found found = ConfigReader.ofProcess().find(overrides);
        return new Examination(found, InstantSource.system(), Rehearsal.stage()).checks();
    }

    private void tell(Finding finding) {
        PrintWriter out = spec.commandLine().getOut();
        String word =
                switch (finding.verdict()) {
                    case OK -> "@|green ok     |@";
                    case WARNING -> "@|yellow warning|@";
                    case FAILED -> "@|red,bold FAILED |@";
                };
        String name = finding.check();
        String pad = " ".repeat(Math.max(1, NAME_WIDTH - name.length()));
        out.println("  " + Ansi.AUTO.string(word) + "  " + name + pad + finding.evidence());
        if (!finding.remedy().isEmpty()) {
            out.println(" ".repeat(11 + NAME_WIDTH) + "-> " + finding.remedy());
        }
        out.flush();
    }

    private static String summary(List<Finding> findings) {
        long failed = findings.stream().filter(one -> one.verdict() == Verdict.FAILED).count();
        long warned = findings.stream().filter(one -> one.verdict() == Verdict.WARNING).count();
        return failed + warned == 0
                ? "All is well."
                : failed + " failed, " + warned + " to be seen to.";
    }

    private static String json(Verdict worst, List<Finding> findings) {
        StringBuilder out = new StringBuilder();
        JsonOut all = new JsonOut(out).begin().plain("verdict", worst.wire());
        all.name("findings");
        out.append('[');
        for (Finding finding : findings) {
            out.append(out.charAt(out.length() - 1) == '[' ? "" : ",");
            new JsonOut(out)
                    .begin()
                    .text("check", finding.check())
                    .plain("verdict", finding.verdict().wire())
                    .text("evidence", finding.evidence())
                    .text("remedy", finding.remedy())
                    .end();
        }
        out.append(']');
        all.end();
        return out.toString();
    }
}
