package dev.rocket.bootstrap.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Priority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calendars as they are not supposed to be. */
class IcalBrokenFilesTest {

    private static final String ID = "865f0a1b-b580-42e1-87f5-4e9041272f56";

    private static Reading read(String text) throws IOException {
        return Reading.of(Format.ICAL, text.replace("\n", "\r\n"));
    }

    /** A calendar with one to-do that has an id and these properties. */
    private static String calendar(String properties) {
        String begin = "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VTODO\nUID:" + ID + "\n";
        return begin + properties.stripTrailing() + "\nEND:VTODO\nEND:VCALENDAR\n";
    }

    private static Reading one(String properties) throws IOException {
        return read(calendar(properties));
    }

    @Test
    void folded_lines_are_joined_even_within_a_character() throws IOException {
        byte[] whole = calendar("SUMMARY:caf\u00e9 au lait").getBytes(StandardCharsets.UTF_8);
        int inside = new String(whole, StandardCharsets.ISO_8859_1).indexOf('\u00c3') + 1;
        byte[] folded = new byte[whole.length + 3];
        System.arraycopy(whole, 0, folded, 0, inside);
        System.arraycopy(new byte[] {'\r', '\n', ' '}, 0, folded, inside, 3);
        System.arraycopy(whole, inside, folded, inside + 3, whole.length - inside);
        Reading reading = Reading.of(Format.ICAL, folded, Reading.MODIFIED);
        assertEquals("caf\u00e9 au lait", reading.task().title());
        Reading long_ = one("SUMMARY:one\n  two\n\tthree\nDESCRIPTION:x");
        assertEquals("one twothree", long_.task().title());
        assertEquals(List.of(), long_.told());
    }

    @Test
    void unix_lines_a_mark_and_blank_lines_are_no_matter() throws IOException {
        Reading reading = Reading.of(Format.ICAL, "\ufeff" + calendar("SUMMARY:a\n\nPRIORITY:1"));
        assertEquals(List.of("a"), reading.titles());
        assertEquals(Priority.URGENT, reading.task().priority());
        assertEquals(List.of(), reading.told());
    }

    @Test
    void a_broken_line_costs_itself_alone() throws IOException {
        Reading reading = one("SUMMARY:a\nthis is nothing\nPRIORITY:1");
        assertEquals("a", reading.task().title());
        assertEquals(Priority.URGENT, reading.task().priority());
        assertEquals(
                List.of("LOST file line 6: line: is no property (this is nothing)"),
                reading.told());
    }

    @Test
    void a_property_without_a_colon_takes_no_other_with_it() throws IOException {
        Reading reading = one("SUMMARY:a\nDUE;VALUE=DATE\nX;A=\"b:c\nDUE:20260329");
        assertEquals("2026-03-29", Reading.due(reading.task()));
        assertEquals(
                List.of("LOST file line 6: line", "LOST file line 7: line"),
                reading.told().stream().map(told -> told.substring(0, 22)).toList());
    }

    @Test
    void control_characters_are_left_out_and_told() throws IOException {
        Reading reading = one("SUMMARY:a\u0007b\u0000c\td");
        assertEquals("a b c d", reading.task().title());
        assertTrue(
                reading.told().stream().anyMatch(told -> told.startsWith("LOST file line 5: line")),
                reading.told()::toString);
    }

    @Test
    void values_come_as_they_are_written() throws IOException {
        for (String value : List.of("say \"hi; there: x", "'q' # c // x", "=;:^n", "1e5 -3.2 %")) {
            assertEquals(value, one("SUMMARY:" + value).task().title());
        }
    }

    @Test
    void dates_that_are_none_are_told_and_left_out() throws IOException {
        Reading reading = one("SUMMARY:a\nDUE:soon\nDTSTART:20260230\nCREATED:00000101T000000Z");
        assertEquals("", Reading.due(reading.task()));
        assertEquals("", Reading.start(reading.task()));
        List<String> fields = reading.findings().stream().map(f -> f.field()).toList();
        assertEquals(List.of("DUE", "DTSTART", "CREATED"), fields);
    }

    @Test
    void a_calendar_that_breaks_off_is_told() throws IOException {
        String whole = calendar("SUMMARY:a");
        Reading open = read(whole.substring(0, whole.indexOf("END:VTODO")));
        assertEquals(List.of(), open.tasks());
        assertTrue(open.told().get(0).startsWith("LOST file line 3: BEGIN:VTODO"), open::toString);
        Reading ended = read(whole.substring(0, whole.indexOf("END:VCAL")));
        assertEquals(List.of("a"), ended.titles());
        assertEquals(List.of("LOST file at its end: calendar: breaks off"), ended.told());
    }

    @Test
    void bytes_that_are_no_utf_8_are_read_as_latin_1_and_told() throws IOException {
        byte[] bytes = calendar("SUMMARY:caf\u00e9").getBytes(StandardCharsets.ISO_8859_1);
        Reading reading = Reading.of(Format.ICAL, bytes, Reading.MODIFIED);
        assertEquals("caf\u00e9", reading.task().title());
        assertEquals(1, reading.findings().size());
        assertTrue(reading.told().get(0).startsWith("LOST file line 5: line: is not UTF-8"));
    }

    @Test
    void a_huge_text_is_cut_and_told() throws IOException {
        String folded = ("a".repeat(70) + "\n ").repeat(Limits.NOTES_CHARS / 70 + 10);
        Reading reading = one("SUMMARY:a\nDESCRIPTION:" + folded + "b\nPRIORITY:1");
        assertEquals(Limits.NOTES_CHARS, reading.task().notes().length());
        assertEquals(Priority.URGENT, reading.task().priority());
        assertEquals(List.of("notes"), reading.findings().stream().map(f -> f.field()).toList());
    }

    @Test
    void empty_files_hold_nothing() throws IOException {
        for (String text : List.of("", "\n", "BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n")) {
            assertEquals(List.of(), read(text).items());
            assertEquals(List.of(), read(text).told());
        }
    }
}
