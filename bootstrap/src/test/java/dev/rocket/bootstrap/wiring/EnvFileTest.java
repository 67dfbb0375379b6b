package dev.rocket.bootstrap.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvFileTest {

    @TempDir private Path folder = Path.of("");
    private Path file = folder;
    private final List<String> problems = new ArrayList<>();

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve(".env");
    }

    private Map<String, String> read(String text) throws IOException {
        Files.writeString(file, text);
        return EnvFile.read(file, problems);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "A=x                      | ~x~",
                "A = x                    | ~x~",
                "export A=x               | ~x~",
                "~export\t A=x~           | ~x~",
                "A=                       | ~~",
                "A= # a comment           | ~~",
                "A=x y                    | ~x y~",
                "A=x # a comment          | ~x~",
                "~A=x\t# a comment~       | ~x~",
                "A=x#y                    | ~x#y~",
                "A=#x                     | ~#x~",
                "A=x=y==                  | ~x=y==~",
                "A=\"x # y\"              | ~x # y~",
                "A=\"x # y\" # a comment  | ~x # y~",
                "A='x \" y'               | ~x \" y~",
                "A=\"  x  \"              | ~  x  ~",
                "A=''                     | ~~",
                "A=C:\\data\\n            | ~C:\\data\\n~",
                "A=\"C:\\data\\n\"        | ~C:\\data\\n~",
                "A=it's                   | ~it's~",
                "_a1=x                    | ~x~"
            })
    void a_value_is_what_a_shell_user_expects(String line, String value) throws IOException {
        assertEquals(List.of(value), List.copyOf(read(line + "\n").values()));
        assertEquals(List.of(), problems);
    }

    @Test
    void comments_blank_lines_line_ends_and_a_byte_order_mark_do_no_harm() throws IOException {
        Map<String, String> values = read("\uFEFFA=1\r\n\r\n  # B=2\r\n#C=3\n  D=4\rE=5");
        assertEquals(Map.of("A", "1", "D", "4", "E", "5"), values);
        assertEquals(List.of(), problems);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret",
                "=secret",
                "1A=secret",
                "A-B=secret",
                "A B=secret",
                "A: secret",
                "A=\"secret",
                "A='secret\"",
                "A=\"secret\"more",
                "A=\"secret\"#more",
                "A=\"a\\\"secret\"",
                "export=\"secret\"more"
            })
    void a_line_that_is_none_is_told_by_its_number_and_not_shown(String line) throws IOException {
        Map<String, String> values = read("# first\nB=x\n" + line + "\nC=y\n");
        assertEquals(Map.of("B", "x", "C", "y"), values);
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.get(0).startsWith(file + ":3 "), problems.toString());
        assertFalse(problems.get(0).contains("secret"), problems.toString());
    }

    @Test
    void every_bad_line_is_told() throws IOException {
        read("a b\nB=x\nc d\n\ne\n");
        assertEquals(3, problems.size(), problems.toString());
        assertTrue(problems.get(2).startsWith(file + ":5 "), problems.toString());
    }

    @Test
    void a_name_that_is_set_twice_is_told_with_both_lines() throws IOException {
        read("A=1\nB=2\nexport A=3\n");
        assertEquals(List.of(file + ":3 sets what line 1 sets; keep one of them."), problems);
    }

    @Test
    void no_file_sets_nothing() {
        assertEquals(Map.of(), EnvFile.read(file, problems));
        assertEquals(List.of(), problems);
    }

    @Test
    void a_folder_of_that_name_is_told() throws IOException {
        Files.createDirectory(file);
        assertEquals(Map.of(), EnvFile.read(file, problems));
        assertEquals(1, problems.size());
        assertTrue(problems.get(0).contains("check that it is a file"), problems.toString());
    }

    @Test
    void what_is_not_utf_8_is_told_as_that() throws IOException {
        Files.write(file, "A=\u00e4".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(Map.of(), EnvFile.read(file, problems));
        assertEquals(List.of(file + " is not UTF-8 text; save it as that."), problems);
    }
}
