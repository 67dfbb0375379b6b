package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.wiring.Wiring;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
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
        description = "Print the version and every component, with its age.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A component is as old as the newest file in its jar. Where whoever built it",
            "has set all times alike, its age is unknown. Licences and checksums stand in",
            "bom.cdx.json of the distribution, a CycloneDX bill of materials."
        })
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
        LocalDate today = LocalDate.ofInstant(Wiring.clock().instant(), ZoneOffset.UTC);
        for (Component component : components()) {
            out.println(component.print(today));
        }
        out.flush();
        return 0;
    }

    private static List<Component> components() throws IOException {
        String home = System.getProperty("rocket.home", "");
        if (!home.isEmpty()) {
            try (Stream<Path> files = Files.list(Path.of(home, "lib"))) {
                return components(files);
            }
        }
        String[] parts = System.getProperty("java.class.path").split(File.pathSeparator, -1);
        return components(Arrays.stream(parts).map(Path::of));
    }

    private static List<Component> components(Stream<Path> files) {
        return files.filter(file -> file.toString().endsWith(".jar"))
                .map(Component::of)
                .sorted(Comparator.comparing(Component::name))
                .toList();
    }
}
