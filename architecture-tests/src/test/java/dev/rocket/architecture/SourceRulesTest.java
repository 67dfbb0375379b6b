package dev.rocket.architecture;

import static dev.rocket.architecture.Violations.assertHolds;
import static dev.rocket.architecture.Violations.found;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SourceRulesTest {

    @Test
    void every_java_file_is_read() {
        List<String> names = House.sources().stream().map(Source::name).toList();
        for (String module : House.MODULES) {
            assertTrue(names.stream().anyMatch(name -> name.startsWith(module + "/src/main/")));
            assertTrue(names.stream().anyMatch(name -> name.startsWith(module + "/src/test/")));
        }
    }

    @Test
    void a_rule_on_no_files_fails() {
        SourceRule rule = SourceRules.linesFit(100);
        assertThrows(IllegalArgumentException.class, () -> rule.violations(List.of()));
    }

    @Test
    void a_file_that_is_not_java_fails() {
        SourceRule rule = SourceRules.typesFit(300);
        assertThrows(IllegalArgumentException.class, () -> found(rule, "class {"));
    }

    @Test
    void types_fit_300_lines() {
        assertHolds(SourceRules.typesFit(300), House.sources());
    }

    @Test
    void a_type_of_one_line_too_many_is_found_and_its_javadoc_does_not_count() {
        String type = "/**\n * A type.\n */\n@Deprecated\nclass Long {\n\n}\n";
        assertEquals(List.of("Planted.java:4 takes 4 lines"), found(SourceRules.typesFit(3), type));
        assertEquals(List.of(), found(SourceRules.typesFit(4), type));
    }

    @Test
    void a_long_type_inside_another_is_found_as_well() {
        String type = "class Outer {\n  record Inner(\n  int a) {\n  }\n}\n";
        assertEquals(
                List.of("Planted.java:2 takes 3 lines"),
                found(SourceRules.typesFit(2), type).subList(1, 2));
    }

    @Test
    void methods_fit_40_lines() {
        assertHolds(SourceRules.methodsFit(40), House.sources());
    }

    @Test
    void a_method_of_one_line_too_many_is_found() {
        String type = "class Some {\n  /** Does. */\n  void does() {\n    int a;\n  }\n}\n";
        assertEquals(
                List.of("Planted.java:3 takes 3 lines"), found(SourceRules.methodsFit(2), type));
        assertEquals(List.of(), found(SourceRules.methodsFit(3), type));
    }

    @Test
    void methods_take_at_most_five_parameters() {
        assertHolds(SourceRules.parametersFit(5), House.sources());
    }

    @Test
    void a_method_with_one_parameter_too_many_is_found() {
        String type = "class Some { Some(int a, int b) {} void one(int a) {} }";
        assertEquals(
                List.of("Planted.java:1 takes 2 parameters"),
                found(SourceRules.parametersFit(1), type));
        assertEquals(List.of(), found(SourceRules.parametersFit(2), type));
    }

    @Test
    void a_records_own_constructor_may_take_what_the_record_holds() {
        String type = "record R(int a, int b) { static int c; R { } void m(int d, int e) {} }";
        assertEquals(
                List.of("Planted.java:1 takes 2 parameters"),
                found(SourceRules.parametersFit(1), type));
    }

    @Test
    void lines_end_by_column_100() {
        assertHolds(SourceRules.linesFit(100), House.sources());
    }

    @Test
    void a_line_of_one_column_too_many_is_found() {
        String line = "x".repeat(101);
        assertEquals(
                List.of("Planted.java:2 is too long"),
                found(SourceRules.linesFit(100), "\n" + line));
        assertEquals(List.of(), found(SourceRules.linesFit(101), line));
    }
}
