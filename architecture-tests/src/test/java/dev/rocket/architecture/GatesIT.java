package dev.rocket.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The gates of the build, each against what is planted before it.
 *
 * <p>Goal: what a gate must stop does not get through, and nothing else stops it. Method: modules
 * of one file each are built by Maven itself under the root's pom; every one breaks one gate, but
 * the one that breaks none.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatesIT {

    private PlantedBuild build = new PlantedBuild("");

    @BeforeAll
    void all_modules_are_built(@TempDir Path folder) throws IOException, InterruptedException {
        build = PlantedBuild.in(folder);
    }

    @Test
    void what_breaks_no_gate_passes_and_all_else_fails() {
        Map<String, String> planted =
                Map.ofEntries(
                        Map.entry("planted", "SUCCESS"),
                        Map.entry("clean", "SUCCESS"),
                        Map.entry("lint", "FAILURE"),
                        Map.entry("bug", "FAILURE"),
                        Map.entry("nothing", "FAILURE"),
                        Map.entry("format", "FAILURE"),
                        Map.entry("unused", "FAILURE"),
                        Map.entry("undeclared", "FAILURE"));
        assertEquals(planted, build.verdicts(), build.log());
    }

    @ParameterizedTest
    @CsvSource({
        "lint, maven-compiler-plugin, found raw type: java.util.List",
        "lint, maven-compiler-plugin, warnings found and -Werror specified",
        "bug, maven-compiler-plugin, [DeadException] Exception created but not thrown",
        "nothing, maven-compiler-plugin, [NullAway] returning @Nullable expression",
        "format, spotless-maven-plugin, The following files had format violations:",
        "format, spotless-maven-plugin, Crooked.java",
        "unused, maven-dependency-plugin, Unused declared dependencies found:",
        "unused, maven-dependency-plugin, jackson-core:jar:",
        "unused, maven-dependency-plugin, junit-jupiter-params:jar:",
        "undeclared, maven-dependency-plugin, Used undeclared dependencies found:",
        "undeclared, maven-dependency-plugin, prometheus-metrics-model:jar:",
    })
    void what_a_gate_must_stop_is_stopped_by_it(String module, String gate, String words) {
        String failure = build.failure(module);
        assertTrue(failure.contains(":" + gate + ":"), failure + build.log());
        assertTrue((failure + build.said(module)).contains(words), failure + build.log());
    }
}
