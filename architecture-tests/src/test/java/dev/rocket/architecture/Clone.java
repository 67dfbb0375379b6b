package dev.rocket.architecture;

import dev.rocket.architecture.Machine.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A clone of the repository with the real launcher, and a Maven that only writes down its calls.
 *
 * @param machine what it lies on
 * @param folder where it lies; the name holds a space
 */
record Clone(Machine machine, Path folder) {

    /** What the stub of Maven does to build the program. */
    static final String BUILT = "cat \"$0.program\" > bootstrap/target/rocket/bin/rocket";

    /** A fresh clone on a machine with Maven and without a JDK. */
    static Clone on(Path place) throws IOException {
        Machine machine = Machine.on(place);
        Clone clone = new Clone(machine, machine.at("my clone"));
        machine.copy("rocket", clone.at("rocket"));
        Files.createDirectories(clone.at("core/src/main"));
        Files.createDirectories(clone.at("bootstrap"));
        Files.writeString(clone.at("pom.xml"), "");
        machine.script(machine.at("bin/mvn.program"), "echo \"ran in $PWD with $*\"");
        clone.maven(BUILT);
        return clone;
    }

    /** A place in it. */
    Path at(String name) {
        return folder.resolve(name);
    }

    /** Makes Maven do that for a build. */
    void maven(String... builds) throws IOException {
        machine.script(
                machine.at("bin/mvn"),
                "echo \"$PWD|$JAVA_HOME|$MAVEN_OPTS|$*\" >> \"$0.calls\"",
                "mkdir -p bootstrap/target/rocket/bin",
                String.join("\n", builds),
                "chmod +x bootstrap/target/rocket/bin/rocket",
                "echo 1 > bootstrap/target/rocket/VERSION");
    }

    /** How Maven was called: folder, JDK, options and arguments. */
    List<String> calls() throws IOException {
        Path calls = machine.at("bin/mvn.calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    /** Runs the launcher from the machine's topmost folder. */
    Result rocket(String... arguments) throws IOException, InterruptedException {
        Stream<String> command =
                Stream.concat(Stream.of(at("rocket").toString()), Stream.of(arguments));
        return machine.run(machine.folder(), command.toArray(String[]::new));
    }

    /** What the program says when it was started from there. */
    String ran(String arguments) {
        return "ran in " + machine.folder() + " with " + arguments + "\n";
    }
}
