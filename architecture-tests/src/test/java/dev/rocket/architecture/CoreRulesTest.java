package dev.rocket.architecture;

import static dev.rocket.architecture.Violations.assertCaught;
import static dev.rocket.architecture.Violations.assertSaid;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

class CoreRulesTest {

    private static final String PLANTED = "dev.rocket.architecture.planted.core";
    private static final JavaClasses FIELD = House.planted("core");

    @Test
    void the_core_needs_the_jdk_and_itself_alone() {
        CoreRules.standsAlone("dev.rocket.core").check(House.CLASSES);
    }

    @Test
    void a_core_that_imports_a_database_is_found() {
        assertCaught(CoreRules.standsAlone(PLANTED), FIELD, "Importer");
    }

    @Test
    void the_core_never_reads_clock_zone_or_chance_by_itself() {
        CoreRules.takesClockAndChance("dev.rocket.core").check(House.CLASSES);
    }

    @Test
    void clock_zone_and_chance_are_found_on_every_road() {
        ArchRule rule = CoreRules.takesClockAndChance(PLANTED);
        assertCaught(rule, FIELD, "Clocked", "Gambler");
        assertSaid(
                rule,
                FIELD,
                "Instant.now()> in (Clocked.java:18)",
                "references method <java.time.Instant.now()>",
                "LocalDate.now(java.time.ZoneId)",
                "ZoneId.systemDefault()",
                "System.currentTimeMillis()",
                "System.nanoTime()",
                "InstantSource.system()",
                "Clock.tickSeconds(java.time.ZoneId)",
                "java.util.Random.<init>(long)",
                "SecureRandom.<init>()",
                "Math.random()",
                "ThreadLocalRandom.current()",
                "UUID.randomUUID()",
                "RandomGenerator.getDefault()",
                "Collections.shuffle(java.util.List)");
    }

    @Test
    void the_core_starts_no_thread() {
        CoreRules.startsNoThread("dev.rocket.core").check(House.CLASSES);
    }

    @Test
    void a_thread_is_found_on_every_road() {
        ArchRule rule = CoreRules.startsNoThread(PLANTED);
        assertCaught(rule, FIELD, "Spinner");
        assertSaid(
                rule,
                FIELD,
                "Thread.<init>(java.lang.Runnable)",
                "Thread.ofVirtual()",
                "Executors.defaultThreadFactory()",
                "CompletableFuture.supplyAsync(",
                "parallelStream()");
    }

    @Test
    void the_model_is_records_enums_sealed_and_final_types() {
        CoreRules.isPlain("dev.rocket.core.model").check(House.CLASSES);
    }

    @Test
    void an_open_type_is_found() {
        assertCaught(CoreRules.isPlain(PLANTED), FIELD, "Open", "Wide");
    }

    @Test
    void ports_have_at_most_fifteen_methods() {
        CoreRules.areNarrow("dev.rocket.core.port", 15).check(House.CLASSES);
    }

    @Test
    void a_wide_port_is_found_with_what_it_inherits() {
        assertCaught(CoreRules.areNarrow(PLANTED, 3), FIELD, "Wide");
        assertCaught(CoreRules.areNarrow(PLANTED, 4), FIELD);
    }

    @Test
    void a_rule_on_a_package_without_classes_fails() {
        ArchRule rule = CoreRules.startsNoThread("dev.rocket.nowhere");
        assertThrows(AssertionError.class, () -> rule.check(House.CLASSES));
    }
}
