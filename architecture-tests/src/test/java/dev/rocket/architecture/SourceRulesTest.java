package dev.rocket.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceRulesTest {

    private static void assertHolds(SourceRule rule, List<Source> sources) {
        assertEquals("", String.join("\n", rule.violations(sources)), rule.sentence());
    }

    private static List<String> found(SourceRule rule, String text) {
        return rule.violations(List.of(Source.of("Planted.java", text)));
    }

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

    @Test
    void every_public_type_opens_with_one_short_sentence() {
        assertHolds(SourceRules.typesOpenWithASentence(12), House.sources());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public class Bare {}",
                "/* Not Javadoc. */ public class Bare {}",
                "/** Ends nowhere */ public class Open {}",
                "/** This class opens with what anybody sees. */ public class Plain {}",
                "/** One two three four five six seven. */ public class Wordy {}",
                "/** 1 {@code 2 3} {@link Object 4 5} 6 7. */ public class Code {}",
                "/** Fine. */ public class Outer { public record Inner() {} }",
                "/** Fine. */ public interface Outer { record Inner() {} }",
                "/** @param a without a sentence */ public record Tagged(int a) {}",
            })
    void a_public_type_without_a_short_sentence_is_found(String type) {
        assertEquals(1, found(SourceRules.typesOpenWithASentence(6), type).size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class Hidden {}",
                "/** One two three four five six. And more than that. */ public class A {}",
                "/** One {@code two three} {@link Object four} five six. */ public class Code {}",
                "class Hidden { public static class Inner {} }",
                "/** Fine. */ public class Outer { private record Inner() {} record Own() {} }",
            })
    void a_short_sentence_passes(String type) {
        assertEquals(List.of(), found(SourceRules.typesOpenWithASentence(6), type));
    }

    @Test
    void nothing_is_promised_and_nobody_signs() {
        assertHolds(SourceRules.promiseNothing(), House.TEXTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "  // TO" + "DO later",
                " * X" + "XX",
                "# FIX" + "ME",
                " * @auth" + "or somebody"
            })
    void a_promise_or_a_signature_is_found(String line) {
        assertEquals(1, found(SourceRules.promiseNothing(), line).size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "todo.txt",
                "String TODOTXT; // todo.txt",
                "String TO" + "DO;",
                "the author of a change"
            })
    void words_that_only_look_like_a_promise_pass(String line) {
        assertEquals(List.of(), found(SourceRules.promiseNothing(), line));
    }

    @Test
    void no_code_is_commented_out() {
        assertHolds(SourceRules.keepNoDeadCode(), House.sources());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "// int a = 1;",
                "int b; // b = 2;",
                "// for (int i = 0; i < 3; i++) {\n  // count(i);\n  // }",
                "/* void gone() { } */",
                "// Once it was so:\n// return size() > 3;",
                "// import java.util.List;",
            })
    void commented_out_code_is_found(String comment) {
        List<String> found = found(SourceRules.keepNoDeadCode(), comment);
        assertEquals(1, found.size(), found.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "// Only close() interrupts, to end the wait.",
                "// It waits first; then it stops; nothing else ends it;",
                "/** Say {@code int a = 1;} to count. */",
                "String a = \"// int a = 1;\";",
                "String a = \"\"\"\n  // int a = 1;\n  \"\"\";",
                "char quote = '\"'; // int the middle",
            })
    void prose_and_strings_pass_for_what_they_are(String comment) {
        assertEquals(List.of(), found(SourceRules.keepNoDeadCode(), comment));
    }

    @Test
    void no_file_names_a_path_of_one_machine() {
        assertHolds(SourceRules.nameNoMachine(), House.TEXTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cd /ho" + "me/me", "\"/ro" + "ot/x\"", "C:\\Us" + "ers\\me"})
    void a_path_of_one_machine_is_found(String line) {
        assertEquals(1, found(SourceRules.nameNoMachine(), line).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/home/page", "src/work/it", "/var/lib/rocket", "as /root, or not"})
    void other_paths_pass(String line) {
        assertEquals(List.of(), found(SourceRules.nameNoMachine(), line));
    }

    /** Statements that write a table, each in the type that keeps it. */
    @ParameterizedTest
    @CsvSource({
        "INTO task_words, WordIndex",
        "INTO change, SqliteTransaction",
        "INTO task_label|FROM task_label WHERE label = \\? AND task, TaskLabels",
        "INTO task |UPDATE task, TaskColumns",
    })
    void a_table_is_written_by_the_type_that_keeps_it(String statement, String keeper) {
        List<Source> store =
                House.sources().stream()
                        .filter(one -> one.name().startsWith("adapters-sqlite/src/main/"))
                        .toList();
        Pattern writes = Pattern.compile(statement);
        Set<String> home = Set.of("/" + keeper + ".java");
        assertHolds(SourceRules.standsOnlyIn(writes, home), store);
        assertFalse(SourceRules.standsOnlyIn(writes, Set.of()).violations(store).isEmpty());
    }

    @Test
    void a_text_outside_its_home_is_found() {
        SourceRule rule =
                SourceRules.standsOnlyIn(Pattern.compile("INTO words"), Set.of("/A.java"));
        Source home = Source.of("src/A.java", "INSERT INTO words");
        Source other = Source.of("src/BA.java", "\nINSERT INTO words");
        assertEquals(List.of("src/BA.java:2 says it"), rule.violations(List.of(home, other)));
    }
}
