package dev.rocket.bootstrap.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.process.Distribution.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged program on a machine that has no Java, wherever it is put.
 *
 * <p>Goal: the folder is all it needs. Method: a copy in a path with spaces is started in many
 * ways, with nothing on the path but the two tools that its script calls.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnywhereIT {

    private Path place = Path.of("");
    private Path copy = Path.of("");

    @BeforeAll
    void a_copy_lies_in_a_path_with_spaces(@TempDir Path folder) throws IOException {
        place = folder.toRealPath();
        copy = Files.createDirectories(place.resolve("my own programs")).resolve("rocket 1");
        Path home = Distribution.home();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.toList()) {
                Path to = copy.resolve(home.relativize(file).toString());
                Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Path tools = Files.createDirectories(place.resolve("tools"));
        for (String name : List.of("dirname", "readlink")) {
            Path tool = tools.resolve(name);
            Files.writeString(tool, "#!/bin/sh\nPATH=/usr/bin:/bin\nexec " + name + " \"$@\"\n");
            Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.createSymbolicLink(place.resolve("first"), copy.resolve("bin/rocket"));
        Files.createSymbolicLink(place.resolve("my own programs/second"), Path.of("../first"));
        Files.createSymbolicLink(tools.resolve("rocket"), Path.of("../my own programs/second"));
    }

    private Result run(Path folder, String... command) throws IOException, InterruptedException {
        String tools = place.resolve("tools").toString();
        Map<String, String> bare =
                Map.of("PATH", tools, "CDPATH", place.resolve("other").toString());
        return Distribution.run(Distribution.command(folder, bare).command(command));
    }

    @Test
    void it_starts_from_any_folder_by_any_way() throws IOException, InterruptedException {
        Path other = place.resolve("other/my own programs/rocket 1/bin");
        Files.createDirectories(other);
        Files.createDirectories(place.resolve("other/bin"));
        String version = Files.readString(copy.resolve("VERSION")).strip();
        for (String way :
                List.of(
                        copy.resolve("bin/rocket").toString(),
                        place.resolve("first").toString(),
                        place.resolve("my own programs/second").toString(),
                        "rocket")) {
            Result result = run(Path.of("/"), "/bin/sh", "-c", "exec \"$0\" --version", way);
            assertEquals("", result.err(), way);
            assertTrue(result.out().contains(version), way + " says " + result.out());
        }
        for (String way : List.of("./first", "my own programs/second")) {
            assertEquals(0, run(place, "/bin/sh", "-c", "exec \"$0\" --version", way).exit());
        }
        assertEquals(0, run(copy, "/bin/sh", "bin/rocket", "--version").exit());
    }

    @Test
    void it_keeps_tasks_without_a_jdk_and_says_nothing_of_the_move()
            throws IOException, InterruptedException {
        Path folder = Files.createDirectories(place.resolve("my data"));
        Result made =
                run(folder, copy.resolve("bin/rocket").toString(), "token", "create", "phone");
        assertEquals("", made.err());
        assertEquals(0, made.exit(), made.out());
        assertTrue(Files.exists(folder.resolve("rocket.db")));
        Result verify = run(folder, place.resolve("first").toString(), "verify");
        assertEquals("", verify.err());
        assertEquals(0, verify.exit(), verify.out());
    }

    @Test
    void nothing_in_it_leads_out_of_it() throws IOException {
        Path home = Distribution.home().toRealPath();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isSymbolicLink).toList()) {
                assertTrue(file.toRealPath().startsWith(home), file + " leads out");
            }
        }
    }
}
