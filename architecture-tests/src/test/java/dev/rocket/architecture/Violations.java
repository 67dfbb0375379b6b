package dev.rocket.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What rules catch. */
final class Violations {

    private Violations() {}

    /** Asserts that a rule catches these classes, by their simple names, and no neighbour. */
    static void assertCaught(ArchRule rule, JavaClasses planted, String... names) {
        Set<String> caught = new TreeSet<>();
        rule.evaluate(planted)
                .handleViolations(
                        (Collection<JavaClass> broken, String why) ->
                                broken.forEach(one -> caught.add(one.getSimpleName())));
        assertEquals(new TreeSet<>(Set.of(names)), caught, rule.getDescription());
    }

    /** Asserts that a rule says these sentences about planted classes, in any order. */
    static void assertSaid(ArchRule rule, JavaClasses planted, String... parts) {
        String said = rule.evaluate(planted).getFailureReport().toString();
        for (String part : parts) {
            assertEquals(true, said.contains(part), part + " is missing in " + said);
        }
    }

    /** Asserts that sources break a rule nowhere. */
    static void assertHolds(SourceRule rule, List<Source> sources) {
        assertEquals("", String.join("\n", rule.violations(sources)), rule.sentence());
    }

    /** Where a planted text breaks a rule. */
    static List<String> found(SourceRule rule, String text) {
        return rule.violations(List.of(Source.of("Planted.java", text)));
    }
}
