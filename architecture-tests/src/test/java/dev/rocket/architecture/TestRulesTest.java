package dev.rocket.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestRulesTest {

    private static final String PLANTED = "dev.rocket.architecture.planted.contract.";
    private static final String BASE = "dev.rocket.core.contract.Contract";
    private static final JavaClasses KIT = House.planted("contract");

    private static void assertHolds(SourceRule rule) {
        List<Source> tests =
                House.sources().stream().filter(one -> one.name().contains("/src/test/")).toList();
        assertEquals("", String.join("\n", rule.violations(tests)), rule.sentence());
    }

    private static List<String> found(SourceRule rule, String body) {
        String text = "import a.B; class Planted { void it() { " + body + " } }";
        return rule.violations(List.of(Source.of("Planted.java", text)));
    }

    private static List<String> foundAbove(SourceRule rule, String head) {
        return rule.violations(List.of(Source.of("Planted.java", head + " class Planted {}")));
    }

    @Test
    void no_test_is_skipped() {
        assertHolds(TestRules.skipNothing());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Disabled",
                "@org.junit.jupiter.api.Disabled(\"later\")",
                "@DisabledOnOs(LINUX)",
                "@EnabledIfEnvironmentVariable(named = \"CI\", matches = \"1\")",
                "@Ignore",
                "import static org.junit.jupiter.api.Assumptions.abort;",
                "import org.opentest4j.TestAbortedException;",
            })
    void a_test_that_is_switched_off_is_found(String head) {
        assertEquals(1, foundAbove(TestRules.skipNothing(), head).size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "assumeTrue(isRoot());",
                "assumingThat(isRoot(), () -> check());",
                "Assumptions.assumeFalse(isRoot());",
                "Assumptions.abort();",
                "throw new TestAbortedException();",
            })
    void an_assumption_is_found(String body) {
        assertEquals(1, found(TestRules.skipNothing(), body).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"assumed();", "outbox.abort();", "String a = \"@Disabled\";"})
    void what_only_looks_like_skipping_passes(String body) {
        assertEquals(List.of(), found(TestRules.skipNothing(), body));
    }

    @Test
    void nothing_is_mocked() {
        assertHolds(TestRules.mockNothing());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import org.mockito.Mockito;",
                "import static org.easymock.EasyMock.mock;",
                "@org.mockito.junit.jupiter.MockitoSettings",
            })
    void a_library_of_mocks_is_found(String head) {
        assertEquals(1, foundAbove(TestRules.mockNothing(), head).size());
    }

    @Test
    void what_only_sounds_like_a_mock_passes() {
        assertEquals(List.of(), found(TestRules.mockNothing(), "mock(); org.mockitos.Tea.cup();"));
    }

    @Test
    void no_test_sleeps() {
        assertHolds(TestRules.neverSleep());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Thread.sleep(1);",
                "java.util.concurrent.TimeUnit.SECONDS.sleep(1);",
                "sleep(1);",
                "later(Thread::sleep);",
            })
    void a_sleep_is_found(String body) {
        assertEquals(1, found(TestRules.neverSleep(), body).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"done.await(1, SECONDS);", "run(\"sleep 1\");", "asleep();"})
    void waiting_for_something_passes(String body) {
        assertEquals(List.of(), found(TestRules.neverSleep(), body));
    }

    @Test
    void every_store_runs_every_contract() {
        List<String> adapters =
                List.of("dev.rocket.core.memory", "dev.rocket.sqlite", "dev.rocket.postgres");
        assertEquals(List.of(), TestRules.contractsNotRun(House.testClasses(), BASE, adapters));
    }

    @Test
    void a_contract_that_an_adapter_does_not_run_is_found() {
        List<String> found =
                TestRules.contractsNotRun(
                        KIT, PLANTED + "kit.Base", List.of(PLANTED + "whole", PLANTED + "partly"));
        assertEquals(
                List.of(PLANTED + "partly does not run " + PLANTED + "kit.SecondContract"), found);
    }

    @Test
    void a_kit_without_contracts_fails() {
        assertThrows(
                IllegalArgumentException.class,
                () -> TestRules.contractsNotRun(KIT, PLANTED + "kit.Nothing", List.of(PLANTED)));
    }

    @Test
    void the_kit_has_as_many_contracts_as_files() {
        long files =
                House.sources().stream()
                        .filter(one -> one.name().contains("/dev/rocket/core/contract/"))
                        .filter(one -> one.name().matches(".*/\\w+Contract\\.java"))
                        // Where copies are kept is no store, and has a contract of its own.
                        .filter(one -> one.text().contains(" extends Contract {"))
                        .count();
        List<String> nowhere =
                TestRules.contractsNotRun(House.testClasses(), BASE, List.of("dev.nowhere"));
        assertTrue(files > 0);
        assertEquals(files, nowhere.size());
    }
}
