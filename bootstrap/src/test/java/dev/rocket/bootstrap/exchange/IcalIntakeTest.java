package dev.rocket.bootstrap.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Comment;
import dev.rocket.core.model.Priority;
import dev.rocket.core.model.Status;
import dev.rocket.core.model.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IcalIntakeTest {

    private static final String ID = "865f0a1b-b580-42e1-87f5-4e9041272f56";
    private static final String WHERE = "file line 3, " + ID;

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
    void a_to_do_keeps_what_rocket_has_a_place_for() throws IOException {
        Reading reading =
                one(
                        """
                        DTSTAMP:20260101T000000Z
                        SUMMARY:Call Ada\\, then Bob
                        DESCRIPTION:First line\\nsecond\\; line
                        CATEGORIES:phone,at\\, home
                        CATEGORIES:late
                        PRIORITY:5
                        STATUS:IN-PROCESS
                        CREATED:20260101T080000Z
                        LAST-MODIFIED:20260102T090000Z
                        DTSTART;VALUE=DATE:20260328
                        DUE;TZID=America/New_York:20260329T093000
                        RELATED-TO:2379245b-adbd-46c1-9b0f-0989a6bceb50
                        COMMENT:He rang
                        """);
        Task task = reading.task();
        assertEquals(ID, task.id().text());
        assertEquals("Call Ada, then Bob", task.title());
        assertEquals("First line\nsecond; line", task.notes());
        assertEquals(List.of("at, home", "late", "phone"), reading.labels(task));
        assertEquals(Priority.MEDIUM, task.priority());
        assertEquals(Status.IN_PROGRESS, task.status());
        assertEquals(Instant.parse("2026-01-01T08:00:00Z"), task.stamp().created());
        assertEquals(Instant.parse("2026-01-02T09:00:00Z"), task.stamp().updated());
        assertEquals("2026-03-28", Reading.start(task));
        assertEquals("2026-03-29T09:30:00-04:00[America/New_York]", Reading.due(task));
        assertEquals(
                Optional.of("2379245b-adbd-46c1-9b0f-0989a6bceb50"),
                task.links().parent().map(Task.Id::text));
        assertEquals(List.of("He rang"), reading.comments().stream().map(Comment::text).toList());
        assertEquals(List.of(), reading.told());
    }

    @Test
    void a_due_date_is_a_day_a_local_time_or_a_time_in_a_zone() throws IOException {
        assertEquals("2026-03-29", Reading.due(one("DUE;VALUE=DATE:20260329").task()));
        assertEquals("2026-03-29T09:30:00", Reading.due(one("DUE:20260329T093000").task()));
        assertEquals(
                "2026-03-29T11:30:00+02:00[Europe/Rome]",
                Reading.due(one("DUE:20260329T093000Z").task()));
        assertEquals(
                "2026-03-29T09:30:00+02:00[Europe/Berlin]",
                Reading.due(one("DUE;TZID=Europe/Berlin:20260329T093000").task()));
    }

    @Test
    void zones_of_other_programs_are_understood() throws IOException {
        String berlin = "2026-03-29T09:30:00+02:00[Europe/Berlin]";
        String prefixed = "DUE;TZID=/citadel.org/20190914_1/Europe/Berlin:20260329T093000";
        assertEquals(berlin, Reading.due(one(prefixed).task()));
        String own =
                """
                BEGIN:VCALENDAR
                BEGIN:VTIMEZONE
                TZID:Home
                X-LIC-LOCATION:Europe/Berlin
                END:VTIMEZONE
                BEGIN:VTODO
                SUMMARY:Call
                DUE;TZID=Home:20260329T093000
                END:VTODO
                END:VCALENDAR
                """;
        assertEquals(berlin, Reading.due(read(own).task()));
    }

    @Test
    void an_unknown_zone_leaves_a_local_time_and_is_told() throws IOException {
        Reading reading = one("SUMMARY:Call\nDUE;TZID=Middle/Earth:20260329T093000");
        assertEquals("2026-03-29T09:30:00", Reading.due(reading.task()));
        assertEquals(
                List.of(
                        "LOST "
                                + WHERE
                                + ": DUE TZID: is no known zone; kept as a local time"
                                + " (Middle/Earth)"),
                reading.told());
    }

    @Test
    void priorities_are_those_of_the_format() throws IOException {
        List<Priority> want =
                List.of(
                        Priority.NONE,
                        Priority.URGENT,
                        Priority.HIGH,
                        Priority.HIGH,
                        Priority.HIGH,
                        Priority.MEDIUM,
                        Priority.LOW,
                        Priority.LOW,
                        Priority.LOW,
                        Priority.LOW);
        for (int number = 0; number < want.size(); number++) {
            assertEquals(want.get(number), one("PRIORITY:" + number).task().priority());
        }
        Reading odd = one("SUMMARY:Call\nPRIORITY:10");
        assertEquals(Priority.NONE, odd.task().priority());
        assertEquals(
                List.of("LOST " + WHERE + ": PRIORITY: is no number from 0 to 9 (10)"), odd.told());
    }

    @Test
    void what_says_done_makes_it_done() throws IOException {
        Task completed = one("SUMMARY:a\nCOMPLETED:20260105T120000Z").task();
        assertEquals(Status.DONE, completed.status());
        assertEquals(Optional.of(Instant.parse("2026-01-05T12:00:00Z")), completed.completed());
        assertEquals(Status.DONE, one("PERCENT-COMPLETE:100").task().status());
        assertEquals(Status.CANCELLED, one("STATUS:CANCELLED").task().status());
        Task done = one("STATUS:COMPLETED\nLAST-MODIFIED:20260105T120000Z").task();
        assertEquals(Optional.of(Instant.parse("2026-01-05T12:00:00Z")), done.completed());
        Reading open = one("SUMMARY:a\nSTATUS:NEEDS-ACTION\nCOMPLETED:20260105T120000Z");
        assertEquals(Status.OPEN, open.task().status());
        assertEquals(1, open.findings().size());
        assertEquals("COMPLETED", open.findings().get(0).field());
    }

    @Test
    void what_has_no_place_is_told_by_to_do_and_field() throws IOException {
        Reading reading =
                one(
                        """
                        SUMMARY;LANGUAGE=en:Call
                        RRULE:FREQ=WEEKLY
                        PERCENT-COMPLETE:40
                        ATTACH:http://example.org/a.pdf
                        GEO:1;2
                        X-APPLE-SORT-ORDER:7
                        RELATED-TO;RELTYPE=CHILD:other
                        BEGIN:VALARM
                        TRIGGER:-PT15M
                        ACTION:DISPLAY
                        END:VALARM
                        """);
        List<String> fields = reading.findings().stream().map(f -> f.field()).toList();
        assertEquals(
                List.of(
                        "SUMMARY LANGUAGE",
                        "RRULE",
                        "ATTACH",
                        "GEO",
                        "X-APPLE-SORT-ORDER",
                        "RELATED-TO",
                        "PERCENT-COMPLETE",
                        "VALARM"),
                fields);
        assertTrue(reading.findings().stream().allMatch(f -> f.where().equals(WHERE)));
        assertTrue(reading.findings().stream().allMatch(f -> f.isLoss()));
    }

    @Test
    void place_and_address_stand_in_the_notes() throws IOException {
        Reading reading = one("SUMMARY:a\nDESCRIPTION:b\nLOCATION:Rome\\, IT\nURL:http://a.org/;x");
        assertEquals("b\n\nLocation: Rome, IT\n\nURL: http://a.org/;x", reading.task().notes());
        assertEquals(2, reading.findings().size());
        assertTrue(reading.told().get(0).startsWith("MOVED " + WHERE + ": LOCATION: "));
    }

    @Test
    void the_name_of_the_calendar_is_the_project() throws IOException {
        String text =
                calendar("SUMMARY:a").replace("VERSION:2.0", "VERSION:2.0\nX-WR-CALNAME:Home");
        Reading reading = read(text + calendar("SUMMARY:b").replace(ID, "x"));
        assertEquals("Home", reading.project(reading.tasks().get(0)));
        assertEquals("", reading.project(reading.tasks().get(1)));
    }

    @Test
    void other_components_are_told_with_their_line() throws IOException {
        String event = "BEGIN:VEVENT\nUID:e1\nSUMMARY:Party\nEND:VEVENT\nBEGIN:VTODO\n";
        Reading reading = read(calendar("SUMMARY:a").replace("BEGIN:VTODO\n", event));
        assertEquals(List.of("a"), reading.titles());
        assertEquals(List.of("LOST file line 3, e1: VEVENT: is no to-do (Party)"), reading.told());
    }

    @Test
    void an_occurrence_of_a_repeating_to_do_is_told() throws IOException {
        Reading reading = one("SUMMARY:a\nRECURRENCE-ID:20260329T093000Z");
        assertEquals(List.of(), reading.tasks());
        assertEquals(
                List.of("LOST " + WHERE + ": VTODO: is one occurrence of a repeating to-do (a)"),
                reading.told());
    }

    @Test
    void to_dos_without_a_uid_have_lasting_ids_of_their_own() throws IOException {
        String todo = "BEGIN:VTODO\nDTSTAMP:20260101T000000Z\nSUMMARY:a\nEND:VTODO\n";
        String text = "BEGIN:VCALENDAR\n" + todo + todo + "END:VCALENDAR\n";
        List<Task.Id> first = read(text).tasks().stream().map(Task::id).toList();
        assertNotEquals(first.get(0), first.get(1));
        String later = text.replace("20260101", "20260202");
        assertEquals(first, read(later).tasks().stream().map(Task::id).toList());
    }

    @Test
    void a_comment_has_the_same_id_when_the_file_was_touched_since() throws IOException {
        byte[] bytes = calendar("SUMMARY:a\nCOMMENT:b\nCOMMENT:b").getBytes(StandardCharsets.UTF_8);
        Instant later = Reading.MODIFIED.plusSeconds(1000);
        Reading first = Reading.of(Format.ICAL, bytes, Reading.MODIFIED);
        Reading second = Reading.of(Format.ICAL, bytes, later);
        List<Comment.Id> ids = first.comments().stream().map(Comment::id).toList();
        assertEquals(2, ids.stream().distinct().count());
        assertEquals(ids, second.comments().stream().map(Comment::id).toList());
    }
}
