package dev.rocket.bootstrap.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Comment;
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

class TaskwarriorIntakeTest {

    private static final String ID = "865f0a1b-b580-42e1-87f5-4e9041272f56";
    private static final String WHERE = "file line 1, task " + ID;

    private static Reading read(String text) throws IOException {
        return Reading.of(Format.TASKWARRIOR, text);
    }

    /** Reads one task with an id, a title and these other members. */
    private static Reading one(String members) throws IOException {
        String rest = members.isEmpty() ? "" : "," + members.replace('\'', '"');
        return read("[{\"uuid\":\"" + ID + "\",\"description\":\"Call\"" + rest + "}]");
    }

    @Test
    void a_task_keeps_what_rocket_has_a_place_for() throws IOException {
        Reading reading =
                one(
                        "'id':3,'urgency':12.8,'status':'pending','priority':'H',"
                                + "'project':'Home.Shop','tags':['shop','next'],"
                                + "'entry':'20260101T080000Z','modified':'20260102T090000Z',"
                                + "'due':'20260329T073000Z','scheduled':'20260328T230000Z'");
        Task task = reading.task();
        assertEquals(ID, task.id().text());
        assertEquals("Call", task.title());
        assertEquals(Status.OPEN, task.status());
        assertEquals(Priority.HIGH, task.priority());
        assertEquals("Home.Shop", reading.project(task));
        assertEquals(List.of("next", "shop"), reading.labels(task));
        assertEquals("2026-03-29T09:30:00+02:00[Europe/Rome]", Reading.due(task));
        assertEquals("2026-03-29", Reading.start(task));
        assertEquals(Instant.parse("2026-01-01T08:00:00Z"), task.stamp().created());
        assertEquals(Instant.parse("2026-01-02T09:00:00Z"), task.stamp().updated());
        assertEquals(List.of(), reading.told());
        assertEquals(ImportItem.Exactness.CONTENT, reading.items().get(0).exactness());
    }

    @Test
    void midnight_is_a_day_on_both_sides_of_a_change_of_the_clocks() throws IOException {
        assertEquals("2026-03-29", Reading.due(one("'due':'20260328T230000Z'").task()));
        assertEquals("2026-03-30", Reading.due(one("'due':'20260329T220000Z'").task()));
        assertEquals(
                "2026-10-25T02:30:00+02:00[Europe/Rome]",
                Reading.due(one("'due':'20261025T003000Z'").task()));
        assertEquals(
                "2026-10-25T02:30:00+01:00[Europe/Rome]",
                Reading.due(one("'due':'20261025T013000Z'").task()));
    }

    @Test
    void each_status_has_its_own() throws IOException {
        assertEquals(Status.OPEN, one("'status':'waiting'").task().status());
        assertEquals(Status.CANCELLED, one("'status':'deleted'").task().status());
        assertEquals(Status.OPEN, one("'status':'recurring'").task().status());
        Task done = one("'status':'completed','end':'20260105T120000Z'").task();
        assertEquals(Status.DONE, done.status());
        assertEquals(Optional.of(Instant.parse("2026-01-05T12:00:00Z")), done.completed());
        Reading odd = one("'status':'paused'");
        assertEquals(Status.OPEN, odd.task().status());
        assertEquals(
                List.of(
                        "LOST "
                                + WHERE
                                + ": status: is no status of Taskwarrior; the task is open"
                                + " (paused)"),
                odd.told());
    }

    @Test
    void a_task_that_was_begun_is_in_progress_and_the_instant_is_told() throws IOException {
        Reading reading = one("'status':'pending','start':'20260105T120000Z'");
        assertEquals(Status.IN_PROGRESS, reading.task().status());
        assertEquals(1, reading.told().size());
        assertTrue(reading.told().get(0).startsWith("LOST " + WHERE + ": start:"));
    }

    @Test
    void a_done_task_that_does_not_say_when_has_the_next_best_instant() throws IOException {
        Task dated = one("'status':'completed','modified':'20260105T120000Z'").task();
        assertEquals(Optional.of(Instant.parse("2026-01-05T12:00:00Z")), dated.completed());
        assertEquals(Optional.of(Reading.MODIFIED), one("'status':'completed'").task().completed());
    }

    @Test
    void annotations_are_comments_of_their_instant() throws IOException {
        Reading reading =
                one(
                        "'annotations':[{'entry':'20260102T100000Z','description':'first'},"
                                + "{'entry':'20260102T100000Z','description':'second'},"
                                + "{'description':'undated'},'none']");
        List<Comment> comments = reading.comments();
        assertEquals(
                List.of("first", "second", "undated"),
                comments.stream().map(Comment::text).toList());
        assertEquals(Instant.parse("2026-01-02T10:00:00Z"), comments.get(1).stamp().created());
        assertTrue(comments.get(0).id().text().compareTo(comments.get(1).id().text()) < 0);
        assertEquals(
                List.of("LOST " + WHERE + ": annotations: is no annotation (none)"),
                reading.told());
    }

    @Test
    void what_has_no_place_is_told_by_task_and_field() throws IOException {
        Reading reading =
                one(
                        "'depends':['2379245b-adbd-46c1-9b0f-0989a6bceb50'],'recur':'weekly',"
                                + "'until':'20270101T000000Z','estimate':5,"
                                + "'wait':'20260301T000000Z','scheduled':'20260302T000000Z'");
        List<String> fields = reading.findings().stream().map(f -> f.field()).toList();
        assertEquals(List.of("depends", "recur", "until", "estimate", "wait"), fields);
        assertTrue(reading.findings().stream().allMatch(f -> f.isLoss()));
        assertTrue(reading.findings().stream().allMatch(f -> f.where().equals(WHERE)));
    }

    @Test
    void wait_is_the_start_of_a_task_that_is_not_scheduled() throws IOException {
        Reading reading = one("'wait':'20260301T090000Z'");
        assertEquals("2026-03-01T10:00:00+01:00[Europe/Rome]", Reading.start(reading.task()));
        assertEquals(List.of(), reading.told());
    }

    @Test
    void a_template_of_repeating_tasks_is_passed_over_and_told() throws IOException {
        Reading reading = one("'status':'recurring','recur':'weekly','mask':'--'");
        assertEquals(List.of(), reading.tasks());
        assertTrue(reading.told().get(0).startsWith("LOST " + WHERE + ": recur: is the template"));
    }

    @Test
    void dates_that_are_none_are_told_and_left_out() throws IOException {
        Reading reading =
                one("'due':'tomorrow','scheduled':'00000101T000000Z','wait':'99991231T235959Z'");
        assertEquals("", Reading.due(reading.task()));
        assertEquals("", Reading.start(reading.task()));
        assertEquals(3, reading.findings().size(), reading::toString);
        Reading late = one("'due':'99991231T235959Z'");
        assertEquals("", Reading.due(late.task()));
        assertEquals(
                List.of("LOST " + WHERE + ": due: is in no year from 1 to 9999 (99991231T235959Z)"),
                late.told());
    }

    @Test
    void lines_of_objects_are_read_and_a_broken_one_costs_itself_alone() throws IOException {
        Reading reading =
                read(
                        """
                        \ufeff{"description":"a","uuid":"x"},\r
                        {"description":"b\r
                        \r
                        [1]\r
                        {"description":"c","uuid":"y"}\
                        """);
        assertEquals(List.of("a", "c"), reading.titles());
        assertEquals(2, reading.findings().size());
        assertTrue(reading.told().get(0).startsWith("LOST file line 2: line: is not JSON"));
        assertEquals("LOST file line 4: line: is no JSON object ([1])", reading.told().get(1));
    }

    @Test
    void an_array_that_breaks_off_is_an_error_after_its_whole_tasks() {
        String begun = "[\n{\"description\":\"a\"},";
        String broken = Reading.failure(Format.TASKWARRIOR, begun + "\n{\"description\":\"b");
        assertTrue(broken.startsWith("file line 3 is not JSON"), broken);
        String open = Reading.failure(Format.TASKWARRIOR, begun);
        assertTrue(open.startsWith("file "), open);
    }

    @Test
    void appended_exports_are_read_to_the_last() throws IOException {
        Reading reading = read("[{\"description\":\"a\"}]\n[]\n[{\"description\":\"b\"}]\n");
        assertEquals(List.of("a", "b"), reading.titles());
        assertThrows(IOException.class, () -> read("[{\"description\":\"a\"}] {}"));
    }

    @Test
    void elements_that_are_no_objects_are_told() throws IOException {
        Reading reading = read("[\n7,\n[{}],\n{\"description\":\"a\"}]");
        assertEquals(List.of("a"), reading.titles());
        assertEquals("LOST file line 2: element: is no object (7)", reading.told().get(0));
        assertEquals(2, reading.findings().size());
    }

    @Test
    void empty_files_hold_nothing() throws IOException {
        for (String text : List.of("", "\n", "\ufeff", "[]", "[\n]\n", "\ufeff[]")) {
            Reading reading = read(text);
            assertEquals(List.of(), reading.items(), text);
            assertEquals(List.of(), reading.told(), text);
        }
    }

    @Test
    void bytes_that_are_no_utf_8_cost_no_task_in_lines() throws IOException {
        byte[] bytes = "{\"description\":\"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
        Reading reading = Reading.of(Format.TASKWARRIOR, bytes, Reading.MODIFIED);
        assertEquals(List.of("caf\u00e9"), reading.titles());
        assertEquals(1, reading.findings().size());
        assertTrue(reading.told().get(0).contains("is not UTF-8; read as Latin-1"));
    }

    @Test
    void a_title_that_is_too_long_is_whole_in_the_notes() throws IOException {
        String title = "word ".repeat(Limits.TITLE_CHARS);
        Reading reading = read("[{\"description\":\"" + title + "\"}]");
        assertTrue(reading.task().title().length() <= Limits.TITLE_CHARS);
        assertEquals(title.strip(), reading.task().notes());
        assertEquals(1, reading.findings().size());
        assertTrue(reading.told().get(0).startsWith("MOVED file line 1: description:"));
    }

    @Test
    void a_task_without_a_title_is_called_untitled() throws IOException {
        assertEquals("Untitled", read("[{\"uuid\":\"" + ID + "\"}]").task().title());
        assertEquals("Untitled", read("[{\"description\":\" \\t\"}]").task().title());
    }

    @Test
    void labels_of_one_name_in_two_spellings_are_one() throws IOException {
        Reading reading = one("'tags':['Shop','shop','']");
        assertEquals(1, reading.task().links().labels().size());
    }

    @Test
    void labels_beyond_the_limit_are_told() throws IOException {
        StringBuilder tags = new StringBuilder("'t0'");
        for (int i = 1; i <= Limits.LABELS_PER_TASK + 1; i++) {
            tags.append(",'t").append(i % (Limits.LABELS_PER_TASK + 1)).append('\'');
        }
        Reading reading = one("'tags':[" + tags + "]");
        assertEquals(Limits.LABELS_PER_TASK, reading.task().links().labels().size());
        assertEquals(1, reading.findings().size(), reading.told()::toString);
        assertEquals("t50", reading.findings().get(0).value());
    }

    @Test
    void tasks_without_a_uuid_have_lasting_ids_of_their_own() throws IOException {
        String twins = "[{\"id\":1,\"description\":\"a\"},{\"id\":2,\"description\":\"a\"}]";
        String later = "[{\"id\":8,\"description\":\"a\"},{\"id\":9,\"description\":\"a\"}]";
        List<Task.Id> first = read(twins).tasks().stream().map(Task::id).toList();
        assertNotEquals(first.get(0), first.get(1));
        assertEquals(first, read(later).tasks().stream().map(Task::id).toList());
    }
}
