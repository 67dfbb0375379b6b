package dev.rocket.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.architecture.Machine.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the launcher builds the program, and what it says when that fails. */
class LauncherBuildTest {

    @TempDir Path folder;

    private Clone clone = new Clone(new Machine(Path.of(""), Map.of()), Path.of(""));

    @BeforeEach
    void a_clone_on_a_machine_with_maven_alone() throws IOException {
        clone = Clone.on(folder);
    }

    private Path at(String name) {
        return clone.machine().at(name);
    }

    private Path install() throws IOException {
        return clone.machine().jdk(at("usr/lib/jvm/java-25"), "25");
    }

    @Test
    void it_builds_once_and_again_only_when_something_changed()
            throws IOException, InterruptedException {
        install();
        Result first = clone.rocket("serve", "--port", "a b");
        assertEquals(clone.ran("serve --port a b"), first.out());
        assertEquals("Building Rocket (first time: about a minute)…", first.line());
        assertEquals("", clone.rocket("serve").err());
        assertEquals(1, clone.calls().size());
        Path source = Files.writeString(clone.at("core/src/main/A.java"), "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        assertEquals(
                "Building Rocket (sources changed: half a minute)…", clone.rocket("serve").line());
        assertEquals(2, clone.calls().size());
    }

    @Test
    void a_source_saved_during_the_build_counts_as_changed()
            throws IOException, InterruptedException {
        install();
        clone.maven(
                "until [ core/src/main/A.java -nt bootstrap/target/launcher.began ]",
                "do touch core/src/main/A.java; done",
                Clone.BUILT);
        clone.rocket("serve");
        Instant saved = Files.getLastModifiedTime(clone.at("core/src/main/A.java")).toInstant();
        Path version = clone.at("bootstrap/target/rocket/VERSION");
        assertTrue(Files.getLastModifiedTime(version).toInstant().isBefore(saved));
    }

    @Test
    void a_built_program_runs_without_jdk_or_maven() throws IOException, InterruptedException {
        Path home = install();
        clone.rocket("serve");
        Files.delete(home.resolve("bin/javac"));
        Files.delete(at("bin/mvn"));
        Result result = clone.rocket("--version");
        assertEquals(clone.ran("--version"), result.out());
    }

    @Test
    void a_failed_build_says_why_once_and_where_its_log_is()
            throws IOException, InterruptedException {
        install();
        clone.maven(
                "echo '[INFO] words'",
                "echo '[ERROR] A.java:[1,2] wrong'",
                "echo '[ERROR] A.java:[1,2] wrong'",
                "echo '[ERROR] Re-run Maven using the -X switch'",
                "echo '[ERROR] '",
                "exit 1");
        Result failed = clone.rocket("serve");
        assertEquals(2, failed.exit());
        Path log = clone.at("bootstrap/target/launcher.log");
        assertEquals(
                List.of(
                        "Building Rocket (first time: about a minute)…",
                        "[ERROR] A.java:[1,2] wrong",
                        "rocket: the build failed, its whole log is " + log),
                failed.err().lines().toList());
        assertTrue(Files.readString(log).contains("[INFO] words"));
        assertEquals("", failed.out());
        assertEquals(2, clone.rocket("serve").exit());
        assertEquals(2, clone.calls().size());
    }

    @Test
    void it_is_found_through_links_and_from_any_folder() throws IOException, InterruptedException {
        install();
        Path first = Files.createSymbolicLink(at("one"), Path.of("my clone/rocket"));
        Files.createDirectories(at("a b"));
        Files.createSymbolicLink(at("a b/rocket"), first);
        Files.createSymbolicLink(at("bin/rocket"), Path.of("../a b/rocket"));
        Path other = Files.createDirectories(at("other/my clone"));
        Files.createDirectories(other.resolve("my clone"));
        clone.machine().environment().put("CDPATH", at("other").toString());
        for (String way : List.of("./one", "a b/rocket", "rocket", "my clone/rocket")) {
            Result result = clone.machine().run(clone.machine().folder(), "env", way, "x");
            assertEquals(clone.ran("x"), result.out(), way + ": " + result.err());
        }
        Result inside = clone.machine().run(clone.folder(), "bash", "rocket", "x");
        assertEquals("ran in " + clone.folder() + " with x\n", inside.out());
        assertEquals(1, clone.calls().size());
    }

    @Test
    void a_clone_that_cannot_be_written_is_said_in_one_line()
            throws IOException, InterruptedException {
        install();
        Path target = Files.writeString(clone.at("bootstrap/target"), "in the way");
        for (String verb : List.of("serve", "test")) {
            Result result = clone.rocket(verb);
            assertEquals(2, result.exit());
            assertEquals("rocket: cannot build, " + target + " cannot be made", result.line());
        }
        Files.delete(target);
        Path lock = Files.createDirectories(target.resolve("launcher.lock"));
        assertEquals(
                "rocket: cannot build, " + lock + " cannot be written", clone.rocket("x").line());
        assertFalse(Files.exists(at("bin/mvn.calls")));
    }

    /**
     * Goal: two launchers never build in one clone at once. Method: the first is held inside Maven
     * by a pipe until the second has said that it waits.
     */
    @ParameterizedTest
    @ValueSource(strings = {"serve", "test"})
    void of_two_launchers_one_builds_and_the_other_waits(String verb)
            throws IOException, InterruptedException {
        install();
        Path begun = pipe("begun");
        Path gate = pipe("gate");
        clone.maven("echo > '" + begun + "'", "cat '" + gate + "' > /dev/null", Clone.BUILT);
        Process first = start(verb);
        Files.readString(begun);
        Process second = start("x");
        try (BufferedReader said = second.errorReader()) {
            assertEquals("Waiting for the build that another launcher runs here…", said.readLine());
        }
        Files.writeString(gate, "on");
        assertEquals(0, Machine.end(first));
        assertEquals(0, Machine.end(second));
        assertEquals(1, clone.calls().size());
    }

    private Path pipe(String name) throws IOException, InterruptedException {
        Path pipe = at(name);
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        return pipe;
    }

    private Process start(String verb) throws IOException {
        String launcher = clone.at("rocket").toString();
        return clone.machine().command(clone.machine().folder(), launcher, verb).start();
    }

    @Test
    void a_system_without_file_locks_builds_too() throws IOException, InterruptedException {
        install();
        Files.delete(clone.machine().tools().resolve("flock"));
        assertEquals(clone.ran("x"), clone.rocket("x").out());
    }
}
