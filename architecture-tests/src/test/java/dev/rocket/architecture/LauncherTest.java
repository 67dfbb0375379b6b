package dev.rocket.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.architecture.Machine.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The JDK that the launcher takes, on machines of every kind.
 *
 * <p>Goal: it finds the best one without help, and says what is missing. Method: the real script
 * runs on folders that look like JDKs, with a Maven that writes down how it was called.
 */
class LauncherTest {

    private static final String NO_JDK =
            "rocket: no JDK 25 found (at least 21): install one, for example Temurin 25, or set"
                    + " JAVA_HOME";

    @TempDir Path folder;

    private Clone clone = new Clone(new Machine(Path.of(""), Map.of()), Path.of(""));

    @BeforeEach
    void a_clone_on_a_machine_with_maven_alone() throws IOException {
        clone = Clone.on(folder);
    }

    private Path at(String name) {
        return clone.machine().at(name);
    }

    private void set(String variable, String value) {
        clone.machine().environment().put(variable, value);
    }

    private String chosen() throws IOException, InterruptedException {
        Result result = clone.rocket("test");
        assertEquals(0, result.exit(), result.err());
        return clone.calls().getLast().split("\\|", -1)[1];
    }

    private Path install(String home, String version) throws IOException {
        return clone.machine().jdk(at(home), version);
    }

    private void javacOnThePathIs(Path home) throws IOException {
        Files.createSymbolicLink(at("bin/javac"), home.resolve("bin/javac"));
    }

    @Test
    void a_25_beside_a_default_17_is_found_with_no_environment_set()
            throws IOException, InterruptedException {
        javacOnThePathIs(install("usr/lib/jvm/java-17", "17.0.15"));
        Path newest = install("usr/lib/jvm/temurin 25", "25");
        assertEquals(clone.ran("serve"), clone.rocket("serve").out());
        assertEquals(newest.toString(), chosen());
        assertEquals(2, clone.calls().size());
    }

    @Test
    void the_preferred_release_wins_over_newer_and_older_ones_wherever_it_is()
            throws IOException, InterruptedException {
        set("JAVA_HOME", install("some/21", "21.0.2").toString());
        install("usr/lib/jvm/java-26", "26-ea");
        Path preferred = install("mine/.sdkman/candidates/java/25.0.1-tem", "25.0.1");
        assertEquals(preferred.toString(), chosen());
    }

    @Test
    void without_the_preferred_release_the_newest_allowed_one_is_taken()
            throws IOException, InterruptedException {
        set("JAVA_HOME", install("some/17", "17").toString());
        javacOnThePathIs(install("some/21", "21.0.2"));
        install("usr/lib/jvm/jdk8", "1.8.0_412");
        Path newest = install("opt/java/24", "24.0.2");
        assertEquals(newest.toString(), chosen());
    }

    @Test
    void of_two_that_are_as_good_java_home_wins_then_the_path()
            throws IOException, InterruptedException {
        install("usr/lib/jvm/java-25", "25");
        Path onPath = install("some/of path", "25.0.2");
        javacOnThePathIs(onPath);
        assertEquals(onPath.toString(), chosen());
        Path home = install("some/home", "25.0.1");
        set("JAVA_HOME", home.toString());
        assertEquals(home.toString(), chosen());
    }

    @Test
    void every_javac_on_the_path_is_looked_at() throws IOException, InterruptedException {
        javacOnThePathIs(install("some/17", "17"));
        Path second = install("other/25", "25");
        set("PATH", at("bin") + ":" + second.resolve("bin") + ":" + clone.machine().tools());
        assertEquals(second.toString(), chosen());
    }

    @Test
    void a_java_home_that_is_nothing_stops_nobody() throws IOException, InterruptedException {
        Path home = install("usr/lib/jvm/java-25", "25");
        for (String nonsense :
                List.of("nowhere", "", " ", clone.at("pom.xml").toString(), "-n", "*")) {
            set("JAVA_HOME", nonsense);
            assertEquals(home.toString(), chosen());
        }
    }

    @Test
    void a_relative_java_home_is_told_to_maven_in_full() throws IOException, InterruptedException {
        Path home = install("some/25 ", "25");
        set("JAVA_HOME", "some/25 ");
        assertEquals(home.toString(), chosen());
    }

    @Test
    void a_runtime_without_compiler_or_linker_is_no_jdk() throws IOException, InterruptedException {
        Files.delete(install("usr/lib/jvm/jre-25", "25").resolve("bin/javac"));
        Files.delete(install("usr/lib/jvm/jdk-25", "25").resolve("bin/jlink"));
        assertEquals(NO_JDK, clone.rocket("test").line());
        Path whole = install("usr/lib/jvm/jdk-21", "21");
        assertEquals(whole.toString(), chosen());
    }

    @Test
    void a_jdk_without_release_file_is_asked() throws IOException, InterruptedException {
        Path home = install("usr/lib/jvm/java-25", "25.0.1");
        Files.delete(home.resolve("release"));
        assertEquals(home.toString(), chosen());
    }

    @Test
    void no_jdk_is_said_in_one_line() throws IOException, InterruptedException {
        for (String verb : List.of("serve", "test")) {
            Result none = clone.rocket(verb);
            assertEquals(NO_JDK, none.line());
            assertEquals(2, none.exit());
        }
        install("usr/lib/jvm/java-17", "17.0.15");
        assertEquals(NO_JDK, clone.rocket("test").line());
        assertEquals(List.of(), clone.calls());
    }

    @Test
    void no_maven_is_said_in_one_line() throws IOException, InterruptedException {
        install("usr/lib/jvm/java-25", "25");
        Files.delete(at("bin/mvn"));
        for (String verb : List.of("serve", "test")) {
            Result none = clone.rocket(verb);
            assertEquals("rocket: no mvn found: install Apache Maven 3.8 or newer", none.line());
            assertEquals(2, none.exit());
        }
    }

    @Test
    void the_tests_get_the_arguments_and_their_status_is_told()
            throws IOException, InterruptedException {
        install("usr/lib/jvm/java-25", "25");
        clone.maven("exit 7");
        assertEquals(7, clone.rocket("test", "-Dtest=A B", "-X").exit());
        String call = clone.calls().getFirst();
        assertTrue(call.startsWith(clone.folder() + "|"), call);
        assertTrue(call.endsWith("|-B -ntp verify -Dtest=A B -X"), call);
        assertTrue(call.contains("|--sun-misc-unsafe-memory-access=allow "), call);
    }

    @Test
    void an_older_jdk_is_not_given_options_that_it_does_not_know()
            throws IOException, InterruptedException {
        Path home = install("usr/lib/jvm/java-21", "21");
        set("MAVEN_OPTS", "-Xmx1g");
        chosen();
        String call = clone.calls().getFirst();
        assertTrue(call.contains(home + "|-Xmx1g|"), call);
    }
}
