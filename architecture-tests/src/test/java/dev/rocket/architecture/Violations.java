package dev.rocket.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.TreeSet;

/** Which planted classes a rule catches. */
final class Violations {

    private Violations() {}

    /** Asserts that a rule catches these classes, by their simple names, and no neighbour. */
    static void assertCaught(ArchRule rule, JavaClasses planted, String... names) {
        Set<String> caught = new TreeSet<>();
        rule.evaluate(planted)
                .handleViolations(
                        (java.util.Collection<JavaClass> broken, String why) ->
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
}
