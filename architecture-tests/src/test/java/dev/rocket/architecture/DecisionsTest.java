package dev.rocket.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DecisionsTest {

    private static final String GOOD =
            "# Title\n\n## Context\n\n## Decision\n\n## Rejected\n\nEnforced by: `PlanTest`\n";

    private static List<String> found(String name, String text) {
        return Decisions.violations(List.of(Source.of(name, text)), Set.of("PlanTest", "Rooms"));
    }

    @Test
    void every_decision_names_its_rule() {
        List<Source> decisions =
                House.TEXTS.stream()
                        .filter(one -> one.name().startsWith("architecture-tests/decisions/"))
                        .toList();
        Set<String> types =
                House.sources().stream()
                        .map(Source::name)
                        .filter(name -> name.matches("architecture-tests/.*|.*/src/test/.*"))
                        .map(name -> name.replaceAll(".*/|\\.java$", ""))
                        .collect(Collectors.toSet());
        assertEquals(List.of(), Decisions.violations(decisions, types));
    }

    @Test
    void a_decision_with_every_part_passes() {
        assertEquals(List.of(), found("decisions/0001-one-door.md", GOOD));
    }

    @Test
    void a_decision_out_of_number_is_found() {
        assertEquals(
                List.of("0002-one-door.md should be called 0001-title.md"),
                found("0002-one-door.md", GOOD));
        assertEquals(
                List.of("0001 One door.md should be called 0001-title.md"),
                found("0001 One door.md", GOOD));
    }

    @Test
    void a_missing_part_is_found() {
        assertEquals(
                List.of("0001-a.md lacks the part ## Rejected"),
                found("0001-a.md", GOOD.replace("## Rejected", "Rejected")));
    }

    @Test
    void a_decision_beyond_one_screen_is_found() {
        assertEquals(
                List.of("0001-a.md is longer than 50 lines"),
                found("0001-a.md", GOOD + "\n".repeat(42)));
        assertEquals(List.of(), found("0001-a.md", GOOD + "\n".repeat(41)));
    }

    @Test
    void a_decision_that_nothing_enforces_is_found() {
        assertEquals(
                List.of("0001-a.md does not say what it is enforced by"),
                found("0001-a.md", GOOD.replace("Enforced", "Held")));
        assertEquals(
                List.of("0001-a.md names no type that enforces it"),
                found("0001-a.md", GOOD.replace("`", "")));
    }

    @Test
    void a_decision_that_names_no_rule_or_test_is_found() {
        assertEquals(
                List.of("0001-a.md names PlainTest, which is no rule or test"),
                found("0001-a.md", GOOD.replace("`PlanTest`", "`Rooms`, `PlainTest`")));
    }

    @Test
    void no_decisions_fail() {
        assertThrows(
                IllegalArgumentException.class, () -> Decisions.violations(List.of(), Set.of()));
    }
}
