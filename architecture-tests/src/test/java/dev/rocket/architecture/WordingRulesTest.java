package dev.rocket.architecture;

import static dev.rocket.architecture.Violations.assertHolds;
import static dev.rocket.architecture.Violations.found;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordingRulesTest {

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
    void every_public_method_is_told() {
        assertHolds(SourceRules.methodsAreTold(), House.sources());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public class A { public void does() {} }",
                "public class A { public A() {} }",
                "public interface A { void does(); }",
                "public class A { public static class B { /* No. */ public void does() {} } }",
            })
    void a_public_method_that_is_not_told_is_found(String type) {
        assertEquals(1, found(SourceRules.methodsAreTold(), type).size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public class A { /** Does. */ public void does() {} }",
                "public class A { @Override public String toString() { return null; } }",
                "public class A { void does() {} private A() {} }",
                "class A { public void does() {} }",
                "public interface A { private void does() {} }",
            })
    void a_method_that_is_told_or_hidden_passes(String type) {
        assertEquals(List.of(), found(SourceRules.methodsAreTold(), type));
    }

    /** Planted packages are left out: they are not checked for null, but for what they break. */
    @Test
    void every_package_is_null_marked() {
        List<Source> files =
                House.sources().stream()
                        .filter(one -> one.name().matches(".*/src/(main|test)/java/dev/.*"))
                        .filter(one -> !one.name().contains("/planted/"))
                        .toList();
        List<Source> openers =
                files.stream().filter(one -> one.name().endsWith("/package-info.java")).toList();
        assertEquals(folders(files), folders(openers));
        assertHolds(SourceRules.packagesAreNullMarked(), openers);
    }

    private static Set<String> folders(List<Source> files) {
        return files.stream()
                .map(one -> one.name().substring(0, one.name().lastIndexOf('/')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void a_package_that_is_not_null_marked_is_found() {
        SourceRule rule = SourceRules.packagesAreNullMarked();
        assertEquals(List.of("Planted.java:1 is not null-marked"), found(rule, "package a;"));
        assertEquals(1, found(rule, "@Deprecated package a;").size());
        assertEquals(List.of(), found(rule, "@NullMarked package a;"));
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

    /**
     * Statements that write a table, each in the type that keeps it; the benchmark's plain store,
     * on schemas that are thrown away, stands beside it.
     */
    @ParameterizedTest
    @CsvSource({
        "sqlite, INTO task_words, WordIndex",
        "sqlite, INTO change|INTO entity|INTO receipt, EntityRows",
        "sqlite, INTO task_label|FROM task_label WHERE label = \\? AND task, TaskLabels",
        "sqlite, INTO task |UPDATE task, TaskColumns",
        "postgres, INTO task_words|DELETE FROM task_words, TaskWords",
        "postgres, \"COPY , CopyRows",
        "postgres, INTO change|nextval, Appended PlainTransaction",
        "postgres, INTO task_label|DELETE FROM task_label, TaskLabels",
        "postgres, INTO task |UPDATE task, TaskColumns",
    })
    void a_table_is_written_by_the_type_that_keeps_it(
            String engine, String statement, String keeper) {
        List<Source> store =
                House.sources().stream()
                        .filter(one -> one.name().startsWith("adapters-" + engine + "/src/main/"))
                        .toList();
        Pattern writes = Pattern.compile(statement);
        Set<String> home =
                Stream.of(keeper.split(" "))
                        .map(type -> "/" + type + ".java")
                        .collect(Collectors.toSet());
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
