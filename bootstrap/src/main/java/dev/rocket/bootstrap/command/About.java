package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.wiring.Wiring;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the version and every component. */
@Command(
        name = "about",
        description = "Print the version and every component.",
        mixinStandardHelpOptions = true)
public final class About implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    /** Tells picocli the version. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"rocket " + Wiring.version()};
        }
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.println("Rocket " + Wiring.version());
        out.println("Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")");
        out.println();
        components().forEach(out::println);
        out.flush();
        return 0;
    }

    private static List<String> components() throws IOException {
        String home = System.getProperty("rocket.home", "");
        if (!home.isEmpty()) {
            try (Stream<Path> jars = Files.list(Path.of(home, "lib"))) {
                return jars.map(jar -> jar.getFileName().toString())
                        .filter(name -> name.endsWith(".jar"))
                        .map(name -> name.substring(0, name.length() - 4))
                        .sorted()
                        .toList();
            }
        }
        String[] parts = System.getProperty("java.class.path").split(File.pathSeparator, -1);
        return Arrays.stream(parts)
                .map(part -> String.valueOf(Path.of(part).getFileName()))
                .sorted()
                .toList();
    }
}
