package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.wiring.Config;
import dev.rocket.bootstrap.wiring.ConfigReader;
import dev.rocket.bootstrap.wiring.Setting;
import dev.rocket.bootstrap.wiring.StoreKit;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the SQL that makes the tables on Postgres, or advances them. */
@Command(
        name = "schema",
        description = "Print the SQL that makes the tables on Postgres, or advances them.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "For a server whose user may not make tables: let their owner apply this,",
            "grant the user SELECT, INSERT, UPDATE and DELETE on all tables and USAGE on",
            "the sequence, and start the server with ROCKET_SCHEMA=validate.",
            "",
            "When a newer Rocket refuses to start because the schema is at version 1: make",
            "a backup, stop the servers, let the owner apply what `rocket schema --from 1`",
            "prints, and grant the same on the tables that it makes."
        })
public final class Schema implements Callable<Integer> {

    @Option(names = "--schema", description = "Name of the schema, instead of ROCKET_DB_SCHEMA.")
    private @Nullable String schema;

    @Option(names = "--from", description = "Version of the schema that is there.")
    private int from;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Map<Setting, String> overrides = new EnumMap<>(Setting.class);
        if (schema != null) {
            overrides.put(Setting.DB_SCHEMA, schema);
        }
        ConfigReader.Found found = ConfigReader.ofProcess().find(overrides);
        Config.of(found);
        PrintWriter out = spec.commandLine().getOut();
        out.print(StoreKit.schema(Config.schema(found), from));
        out.flush();
        return 0;
    }
}
