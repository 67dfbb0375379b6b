package dev.rocket.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What README shows of the plan, the rules and the contract kit. */
class ReadmeTest {

    private static String text(String name) {
        return House.TEXTS.stream()
                .filter(text -> text.name().endsWith(name))
                .map(Source::text)
                .findFirst()
                .orElseThrow();
    }

    private static String between(String text, String begin, String end) {
        int start = text.indexOf(begin);
        assertTrue(start >= 0, "missing: " + begin);
        start += begin.length();
        int stop = text.indexOf(end, start);
        assertTrue(stop >= 0, "missing after " + begin + ": " + end);
        return text.substring(start, stop);
    }

    private static void assertShown(String what, String language) {
        String section = between(text("README.md"), "\n## Enforced boundaries\n", "\n## ");
        String block = "```" + language + "\n" + what.stripIndent().strip() + "\n```\n";
        assertTrue(section.contains(block), "README does not hold:\n" + block);
    }

    @Test
    void the_picture_is_the_plan() {
        assertShown(PlanTest.PLAN.picture(), "mermaid");
    }

    @Test
    void the_rules_for_other_houses_hold_in_this_one() {
        JavaClasses classes = House.CLASSES;
        // README: begin
        List<String> violations =
                Rooms.under("dev.rocket.core")
                        .room("model")
                        .room("port", "model")
                        .room("usecase", "port", "model")
                        .room("operation", "port", "model")
                        .violations(classes);
        assertEquals(List.of(), violations);
        CoreRules.standsAlone("dev.rocket.core").check(classes);
        CoreRules.takesClockAndChance("dev.rocket.core").check(classes);
        // README: end
        String own = text("/architecture/ReadmeTest.java");
        assertShown(between(own, "// README: begin\n", "// README: end\n"), "java");
    }

    @Test
    void the_contract_that_is_shown_is_one_that_sqlite_runs() {
        String test = text("/SqliteStoreContractTest.java");
        String type = test.substring(test.indexOf("final class"));
        assertShown(type, "java");
    }
}
