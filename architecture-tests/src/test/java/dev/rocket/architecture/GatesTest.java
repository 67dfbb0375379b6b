package dev.rocket.architecture;

import static dev.rocket.architecture.Violations.assertHolds;
import static dev.rocket.architecture.Violations.found;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gates stand in the root's pom, once for all modules. */
class GatesTest {

    private static final SourceRule NOT_LOOSENED =
            SourceRules.standsOnlyIn(
                    Pattern.compile(
                            "maven-compiler-plugin|maven\\.compiler|compilerArg|spotless|enforcer"
                                    + "|<(phase>none|skip\\w*>true|failOnWarning|ignoreNonCompile)"
                                    + "|<(usedDependencies|ignored?(Un)?[uU]sed\\w+)>|mdep\\."),
                    Set.of());

    @Test
    void no_module_loosens_a_gate() {
        List<Source> poms =
                House.TEXTS.stream()
                        .filter(one -> House.MODULES.contains(one.name().replace("/pom.xml", "")))
                        .toList();
        assertEquals(House.MODULES.size(), poms.size());
        assertHolds(NOT_LOOSENED, poms);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<artifactId>maven-compiler-plugin</artifactId>",
                "<maven.compiler.failOnWarning>false</maven.compiler.failOnWarning>",
                "<spotless.check.skip>true</spotless.check.skip>",
                "<phase>none</phase>",
                "<skip>true</skip>",
                "<skipTests>true</skipTests>",
                "<failOnWarning>false</failOnWarning>",
                "<ignoredUnusedDeclaredDependencies>",
                "<ignoredUsedUndeclaredDependencies>",
                "<usedDependencies>",
                "<mdep.analyze.skip>true</mdep.analyze.skip>",
            })
    void a_gate_that_is_loosened_is_found(String line) {
        assertEquals(1, found(NOT_LOOSENED, line).size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<skip>false</skip>",
                "<ignoredUnusedDeclaredDependencies combine.children=\"append\">",
                "<artifactId>maven-dependency-plugin</artifactId>",
            })
    void what_leaves_a_gate_as_it_is_passes(String line) {
        assertEquals(List.of(), found(NOT_LOOSENED, line));
    }
}
