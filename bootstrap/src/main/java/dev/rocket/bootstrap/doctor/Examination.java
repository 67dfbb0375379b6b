package dev.rocket.bootstrap.doctor;

import dev.rocket.bootstrap.wiring.BackupParts;
import dev.rocket.bootstrap.wiring.Config;
import dev.rocket.bootstrap.wiring.ConfigException;
import dev.rocket.bootstrap.wiring.ConfigReader;
import dev.rocket.bootstrap.wiring.Setting;
import dev.rocket.bootstrap.wiring.StoreKit;
import dev.rocket.bootstrap.wiring.Wiring;
import dev.rocket.core.operation.Diagnose;
import dev.rocket.core.operation.Diagnose.Check;
import dev.rocket.core.operation.Diagnose.Finding;
import dev.rocket.core.operation.DrillRestore;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The checks of one configuration, with or without a server that runs.
 *
 * <p>A SQLite file is opened when nobody has it; otherwise the server that has it is asked. Nothing
 * is changed but what {@link Diagnose} mends, and no schema is advanced.
 */
public final class Examination {

    private static final String RUN = "; run: ";

    private final ConfigReader.Found found;
    private final InstantSource clock;
    private final DrillRestore.Stage stage;

    /**
     * Examines what a configuration leads to.
     *
     * @param stage what a drill tries; nothing is tried here
     */
    public Examination(ConfigReader.Found found, InstantSource clock, DrillRestore.Stage stage) {
        this.found = found;
        this.clock = clock;
        this.stage = stage;
    }

    /** The checks, in order; when the configuration is wrong, that alone. */
    public List<Check> checks() {
        Config config;
        try {
            config = Config.of(found);
        } catch (ConfigException e) {
            List<Finding> problems =
                    String.valueOf(e.getMessage())
                            .lines()
                            .map(line -> Finding.failed("configuration", line, "rocket config"))
                            .toList();
            return List.of(new Check("configuration", () -> problems));
        }
        RunningServer server = RunningServer.of(config);
        List<Check> checks = new ArrayList<>();
        checks.add(new Check("configuration", () -> configuration(config)));
        checks.add(new Check("server", () -> server.look(Wiring.version())));
        checks.add(new Check("limits", () -> OpenFiles.look(config, server)));
        config.file().ifPresent(file -> checks.addAll(files(config, file)));
        checks.add(new Check("store", () -> store(config, server)));
        checks.addAll(new Provisions(config, server, stage, clock).checks());
        return checks;
    }

    private static List<Check> files(Config config, Path file) {
        StoreFiles files = new StoreFiles(file, config.isProduction());
        return List.of(
                new Check("file modes", files::modes),
                new Check("disk", files::disk),
                new Check("leftovers", files::leftovers),
                new Check("copies", () -> copies(config)));
    }

    private List<Finding> configuration(Config config) {
        List<Finding> findings = new ArrayList<>();
        for (String warning : config.warnings()) {
            int run = warning.indexOf(RUN);
            String what = run < 0 ? warning : warning.substring(0, run);
            String remedy = run < 0 ? "rocket config" : warning.substring(run + RUN.length());
            findings.add(Finding.warning("configuration", what, remedy));
        }
        long set =
                found.values().values().stream()
                        .filter(value -> !value.source().equals("default"))
                        .count();
        String what = set + " of " + Setting.values().length + " settings are set, ";
        findings.add(Finding.ok("configuration", what + config.env()));
        return findings;
    }

    private static List<Finding> copies(Config config) {
        List<Finding> findings =
                StoreKit.copies(config).stream()
                        .map(one -> Finding.failed("copies", one.what(), one.remedy()))
                        .toList();
        String well = "no copy beside the file lacks commits";
        return findings.isEmpty() ? List.of(Finding.ok("copies", well)) : findings;
    }

    private List<Finding> store(Config config, RunningServer server) {
        Optional<Finding> closed = config.file().flatMap(file -> closed(config, file));
        if (closed.isPresent()) {
            return List.of(closed.get());
        }
        try (Store store = StoreKit.store(config.withSchemaLeftAlone())) {
            List<Finding> findings = new ArrayList<>();
            findings.add(Finding.ok("store", config.place()));
            Diagnose inside = new Diagnose(Wiring.checks(config, store, clock));
            findings.addAll(inside.run(false, one -> {}));
            return findings;
        } catch (StoreException e) {
            return e.kind() == StoreException.Kind.LOCKED
                    ? server.lookThrough(config.place())
                    : List.of(Diagnose.failed("store", e));
        }
    }

    /** Why a file cannot be opened without changing it. */
    private static Optional<Finding> closed(Config config, Path file) {
        BackupParts.checkNothingLost(config);
        if (!Files.exists(file)) {
            String what = config.place() + " does not exist; the first start makes it";
            return Optional.of(Finding.warning("store", what, "rocket serve"));
        }
        if (StoreKit.isOutdated(config)) {
            String what = config.place() + " was written by an older Rocket";
            return Optional.of(Finding.warning("store", what, "rocket serve"));
        }
        return Optional.empty();
    }
}
