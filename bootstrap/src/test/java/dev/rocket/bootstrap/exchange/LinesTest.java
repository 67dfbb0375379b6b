package dev.rocket.bootstrap.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinesTest {

    private static List<Lines.Line> read(String text, boolean unfold) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Lines lines = new Lines(new ByteArrayInputStream(bytes), unfold);
        List<Lines.Line> all = new ArrayList<>();
        for (Optional<Lines.Line> next = lines.next(); next.isPresent(); next = lines.next()) {
            all.add(next.get());
        }
        return all;
    }

    private static List<String> texts(String text, boolean unfold) throws IOException {
        return read(text, unfold).stream().map(Lines.Line::text).toList();
    }

    @Test
    void lines_end_in_either_way_and_the_last_need_not() throws IOException {
        assertEquals(List.of("a", "", "b", "c"), texts("a\r\n\nb\nc", false));
        assertEquals(List.of("a"), texts("a\n", false));
        assertEquals(List.of(), texts("", false));
        assertEquals(List.of(""), texts("\ufeff", false));
    }

    @Test
    void a_line_that_was_folded_has_the_number_of_its_first() throws IOException {
        List<Lines.Line> lines = read("a\r\n b\n\tc\n\nd\n", true);
        assertEquals(List.of("abc", "", "d"), lines.stream().map(Lines.Line::text).toList());
        assertEquals(List.of(1L, 4L, 5L), lines.stream().map(Lines.Line::number).toList());
    }

    @Test
    void folding_anywhere_and_unfolding_gives_the_same() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            StringBuilder plain = new StringBuilder();
            StringBuilder folded = new StringBuilder();
            for (int i = random.nextInt(60); i >= 0; i--) {
                char c = "ab \t\u00e9\u6771:;\"".charAt(random.nextInt(9));
                plain.append(c);
                folded.append(c).append(random.nextInt(3) == 0 ? "\r\n " : "");
            }
            assertEquals(List.of(plain.toString()), texts(folded + "\r\n", true), "seed " + seed);
        }
    }

    @Test
    void a_line_of_the_greatest_length_is_whole_and_a_longer_one_is_not() throws IOException {
        String most = "a".repeat(Lines.LINE_BYTES);
        List<Lines.Line> lines = read(most + "\n" + most + "b\nc", false);
        assertEquals(most, lines.get(0).text());
        assertEquals("", lines.get(0).flaw());
        assertEquals(most, lines.get(1).text());
        assertTrue(lines.get(1).flaw().startsWith("is longer than"));
        assertEquals("c", lines.get(2).text());
    }

    @Test
    void a_mark_is_left_out_of_a_line_that_is_no_utf_8_too() throws IOException {
        byte[] bytes = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf, 'a', (byte) 0xe9};
        Lines.Line line = new Lines(new ByteArrayInputStream(bytes), false).next().orElseThrow();
        assertEquals("a\u00e9", line.text());
        assertEquals("is not UTF-8; read as Latin-1", line.flaw());
    }
}
