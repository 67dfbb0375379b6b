package dev.rocket.bootstrap.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Priority;
import dev.rocket.core.model.Status;
import dev.rocket.core.model.Task;
import dev.rocket.core.operation.ImportItem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TodoTxtIntakeTest {

    private static Reading read(String text) throws IOException {
        return Reading.of(Format.TODOTXT, text);
    }

    @Test
    void a_line_keeps_what_rocket_has_a_place_for() throws IOException {
        Reading reading =
                read(
                        "(B) 2026-01-02 Call Ada about tea +home @phone @desk"
                                + " due:2026-03-29 t:2026-03-01");
        Task task = reading.task();
        assertEquals("Call Ada about tea", task.title());
        assertEquals(Priority.HIGH, task.priority());
        assertEquals(Status.OPEN, task.status());
        assertEquals("home", reading.project(task));
        assertEquals(List.of("desk", "phone"), reading.labels(task));
        assertEquals("2026-03-29", Reading.due(task));
        assertEquals("2026-03-01", Reading.start(task));
        assertEquals(Instant.parse("2026-01-01T23:00:00Z"), task.stamp().created());
        assertEquals(List.of(), reading.told());
    }

    @Test
    void a_done_line_has_its_days() throws IOException {
        Task task = read("x 2026-03-29 2026-01-02 Call pri:A").task();
        assertEquals("Call", task.title());
        assertEquals(Status.DONE, task.status());
        assertEquals(Priority.URGENT, task.priority());
        assertEquals(Optional.of(Instant.parse("2026-03-28T23:00:00Z")), task.completed());
        assertEquals(Instant.parse("2026-01-01T23:00:00Z"), task.stamp().created());
        Task bare = read("x Call").task();
        assertEquals(Status.DONE, bare.status());
        assertEquals(Optional.of(Reading.MODIFIED), bare.completed());
    }

    @Test
    void words_that_only_look_like_marks_stay_in_the_title() throws IOException {
        Reading reading =
                read(
                        """
                        xylophone lesson
                        (a) lower
                        (A)close
                        see http://example.org:80/a + @
                        X shout
                        pay 2026-01-02 rent
                        """);
        assertEquals(
                List.of(
                        "xylophone lesson",
                        "(a) lower",
                        "(A)close",
                        "see http://example.org:80/a + @",
                        "X shout",
                        "pay 2026-01-02 rent"),
                reading.titles());
        assertTrue(
                reading.tasks().stream()
                        .allMatch(
                                task ->
                                        task.priority() == Priority.NONE
                                                && task.status() == Status.OPEN));
        assertEquals(List.of(), reading.told());
    }

    @Test
    void priorities_after_d_are_low_and_told() throws IOException {
        Reading reading = read("(C) c\n(D) d\n(E) e\nf pri:Z\ng pri:zz");
        assertEquals(
                List.of(Priority.MEDIUM, Priority.LOW, Priority.LOW, Priority.LOW, Priority.NONE),
                reading.tasks().stream().map(Task::priority).toList());
        assertEquals(
                List.of(
                        "LOST file line 3: priority: is kept as low, with every letter from D on"
                                + " ((E))",
                        "LOST file line 4: priority: is kept as low, with every letter from D on"
                                + " ((Z))",
                        "MOVED file line 5: pri: is no letter; stays in the title (zz)"),
                reading.told());
        assertEquals("g pri:zz", reading.titles().get(4));
    }

    @Test
    void fields_without_a_place_stay_in_the_title_and_are_told() throws IOException {
        Reading reading = read("\nWater rec:1w due:soon due:2026-02-30 due:0000-01-01 +a +b");
        assertEquals("Water rec:1w due:soon due:2026-02-30 due:0000-01-01", reading.task().title());
        assertEquals("a", reading.project(reading.task()));
        assertEquals(
                List.of(
                        "MOVED file line 2: rec: has no field here; stays in the title (1w)",
                        "MOVED file line 2: due: is no date such as 2026-03-29; stays in the title"
                                + " (soon)",
                        "MOVED file line 2: due: is no date such as 2026-03-29; stays in the title"
                                + " (2026-02-30)",
                        "MOVED file line 2: due: is no date such as 2026-03-29; stays in the title"
                                + " (0000-01-01)",
                        "LOST file line 2: project: is not the first; a task has one project (+b)"),
                reading.told());
    }

    @Test
    void a_second_due_date_stays_in_the_title() throws IOException {
        Reading reading = read("Water due:2026-03-29 due:2026-03-30");
        assertEquals("2026-03-29", Reading.due(reading.task()));
        assertEquals("Water due:2026-03-30", reading.task().title());
        assertEquals(1, reading.findings().size());
    }

    @Test
    void tags_at_the_ends_are_taken_out_and_those_within_stay() throws IOException {
        Reading reading = read("@home tell +garden people about @ada today +garden");
        assertEquals("tell +garden people about @ada today", reading.task().title());
        assertEquals("garden", reading.project(reading.task()));
        assertEquals(List.of("ada", "home"), reading.labels(reading.task()));
        assertEquals(List.of(), reading.told());
    }

    @Test
    void a_line_of_tags_alone_is_its_own_title() throws IOException {
        assertEquals("+garden @ada", read("+garden @ada").task().title());
    }

    @Test
    void windows_lines_marks_and_blank_lines_are_no_matter() throws IOException {
        Reading reading = read("\ufeff(A) one\r\n\r\n   \r\n\ttwo  \r\nthree");
        assertEquals(List.of("one", "two", "three"), reading.titles());
        assertEquals(Priority.URGENT, reading.tasks().get(0).priority());
        assertEquals(List.of(), reading.told());
        assertEquals("file line 5", reading.items().get(2).where());
    }

    @Test
    void bytes_that_are_no_utf_8_are_read_as_latin_1_and_told() throws IOException {
        byte[] bytes = "caf\u00e9\nt\u00e9".getBytes(StandardCharsets.ISO_8859_1);
        Reading reading = Reading.of(Format.TODOTXT, bytes, Reading.MODIFIED);
        assertEquals(List.of("caf\u00e9", "t\u00e9"), reading.titles());
        assertEquals(
                "LOST file line 2: line: is not UTF-8; read as Latin-1 (t\u00e9)",
                reading.told().get(1));
    }

    @Test
    void a_huge_line_is_cut_and_told() throws IOException {
        String huge = "a".repeat(Lines.LINE_BYTES + 10);
        Reading reading = read("first\n" + huge + "\nlast");
        assertEquals(3, reading.tasks().size());
        assertEquals("last", reading.titles().get(2));
        Task cut = reading.tasks().get(1);
        assertEquals(Limits.TITLE_CHARS, cut.title().length());
        assertEquals(Limits.NOTES_CHARS, cut.notes().length());
        List<String> fields = reading.findings().stream().map(f -> f.field()).toList();
        assertEquals(List.of("line", "title", "notes"), fields);
    }

    @Test
    void control_characters_become_blanks_and_are_told() throws IOException {
        Reading reading = read("ring\u0007 the bell");
        assertEquals("ring  the bell", reading.task().title());
        assertEquals(1, reading.findings().size(), reading.told()::toString);
        assertTrue(reading.findings().get(0).isLoss());
    }

    @Test
    void equal_lines_are_two_tasks_with_lasting_ids() throws IOException {
        List<Task.Id> first = read("milk\nmilk\n").tasks().stream().map(Task::id).toList();
        assertNotEquals(first.get(0), first.get(1));
        assertEquals(
                first,
                read("milk\nbread\nmilk").tasks().stream()
                        .filter(task -> task.title().equals("milk"))
                        .map(Task::id)
                        .toList());
    }

    @Test
    void a_line_without_a_date_counts_as_undated() throws IOException {
        ImportItem item = read("milk").items().get(0);
        assertEquals(ImportItem.Exactness.UNDATED, item.exactness());
        assertEquals(Reading.MODIFIED, read("milk").task().stamp().created());
    }

    @Test
    void empty_files_hold_nothing() throws IOException {
        for (String text : List.of("", "\n\n", "\ufeff", " \r\n")) {
            assertEquals(List.of(), read(text).items());
            assertEquals(List.of(), read(text).told());
        }
    }
}
