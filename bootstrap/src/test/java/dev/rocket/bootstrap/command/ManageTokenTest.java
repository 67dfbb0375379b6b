package dev.rocket.bootstrap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of a file that no server has open. */
class ManageTokenTest {

    @TempDir private Path folder = Path.of("");

    private Run token(String... words) {
        Object[] all = new Object[words.length + 3];
        all[0] = "token";
        System.arraycopy(words, 0, all, 1, words.length);
        all[words.length + 1] = "--db";
        all[words.length + 2] = folder.resolve("other.db");
        return Run.of(all);
    }

    private List<String> list() {
        return token("list").out().lines().toList();
    }

    @Test
    void a_rotated_token_keeps_name_and_scopes_and_ends_after_the_overlap() {
        Run made = token("create", "laptop", "--scope", "read");
        assertEquals(0, made.code(), made.err());
        Run next = token("rotate", "laptop", "--overlap", "2h");
        assertEquals(0, next.code(), next.err());
        assertTrue(next.out().startsWith("rkt_") && !next.out().equals(made.out()), next.out());
        assertTrue(next.err().startsWith("The old one is good until 2"), next.err());
        assertEquals(2, list().size());
        assertEquals(
                1, list().stream().filter(l -> l.endsWith("read  never expires  laptop")).count());
        assertEquals(0, token("rotate", "laptop").code(), "the replaced one is not meant");
        assertEquals(3, list().size());
    }

    @Test
    void a_name_that_means_no_token_or_several_is_refused() {
        token("create", "twin");
        token("create", "twin");
        Run several = token("rotate", "twin");
        assertEquals(2, several.code());
        assertTrue(several.err().contains("Several tokens are called twin; name one of "));
        String id = list().get(0).substring(0, 36);
        assertEquals(0, token("rotate", id).code());
        Run nobody = token("rotate", "nobody");
        assertEquals(2, nobody.code());
        assertTrue(nobody.err().contains("No token is called nobody"), nobody.err());
    }

    @Test
    void a_file_and_a_server_at_once_are_refused() {
        Run run = token("list", "--url", "http://127.0.0.1:1");
        assertEquals(2, run.code());
        assertTrue(run.err().contains("--db and --url name two places"), run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"24", "-1h", "1w", "h", "1000000h", ""})
    void an_overlap_that_is_no_time_is_refused(String overlap) {
        token("create", "laptop");
        Run run = token("rotate", "laptop", "--overlap=" + overlap);
        assertEquals(2, run.code());
        assertTrue(run.err().contains("must look like 30m, 24h or 7d"), run.err());
        assertEquals(1, list().size());
    }
}
