package dev.rocket.bootstrap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final StringWriter told = new StringWriter();

    @Test
    void where_no_terminal_is_it_is_a_plain_line_every_so_many() {
        try (Progress progress = new Progress(new PrintWriter(told), "a.txt", 100, false)) {
            for (long entities = 0; entities <= 3 * Progress.LINE_EVERY; entities += 500) {
                progress.to(entities, entities);
            }
            progress.say("lost: something");
        }
        assertEquals(
                List.of(
                        "a.txt: 50000 entities so far",
                        "a.txt: 100000 entities so far",
                        "a.txt: 150000 entities so far",
                        "lost: something"),
                told.toString().lines().toList());
    }

    @Test
    void on_a_terminal_a_line_stands_by_itself_and_the_bar_is_gone_in_the_end() {
        try (Progress progress = new Progress(new PrintWriter(told), "a.txt", 1 << 20, true)) {
            progress.to(1 << 19, 500);
            for (int i = 0; i < 100; i++) {
                progress.say("lost: " + i);
            }
            progress.to(1 << 20, 1000);
        }
        String text = told.toString();
        assertTrue(text.contains("1000 entities"), text);
        assertTrue(text.endsWith("\r\033[K"), text);
        for (int i = 0; i < 100; i++) {
            assertTrue(text.contains("lost: " + i + "\n"), text);
        }
    }

    @Test
    void a_length_that_is_not_known_is_no_matter() {
        try (Progress progress = new Progress(new PrintWriter(told), "-", -1, true)) {
            progress.to(10, 1000);
        }
        assertTrue(told.toString().contains("1000 entities"), told.toString());
    }
}
