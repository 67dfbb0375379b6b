package dev.rocket.bootstrap.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Comment;
import dev.rocket.core.model.Priority;
import dev.rocket.core.model.Status;
import dev.rocket.core.model.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Debian's task programs write, as the packaged Rocket takes it in. */
class RealProgramsIT {

    @TempDir private Path home = Path.of("");
    private Programs programs = new Programs(home);
    private Reading arrived = new Reading(List.of(), List.of());
    private Map<String, Task> tasks = Map.of();

    @BeforeEach
    void moveIn() {
        programs = new Programs(home);
    }

    /** Imports, looks at what arrived through an export, and imports once more. */
    private String imported(int code, List<String> files) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("import", "--db", "tasks.db"));
        words.addAll(files);
        Programs.Result first = programs.rocket(words.toArray(String[]::new));
        assertEquals(code, first.code(), first.out() + first.err());
        String export = export();
        arrived = Reading.of(Format.ROCKET, export);
        tasks =
                arrived.tasks().stream()
                        .collect(Collectors.toMap(Task::title, Function.identity()));

        Programs.Result second = programs.rocket(words.toArray(String[]::new));
        assertEquals(code, second.code(), second.out() + second.err());
        assertEquals(export, export());
        assertTrue(second.out().contains("new              nothing"), second.out());
        return first.err();
    }

    private String export() throws IOException, InterruptedException {
        return programs.rocket("export", "--db", "tasks.db").well().out();
    }

    private Task task(String title) {
        assertTrue(tasks.containsKey(title), () -> title + " is not among " + tasks.keySet());
        return tasks.getOrDefault(title, arrived.tasks().get(0));
    }

    private void warrior(String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("task", "rc.confirmation=no"));
        all.addAll(List.of(words));
        programs.run(all.toArray(String[]::new)).well();
    }

    private String warriorExport() throws IOException, InterruptedException {
        String text = programs.run("task", "export").well().out();
        return Files.writeString(home.resolve("export.json"), text).getFileName().toString();
    }

    private List<String> comments(Task task) {
        return arrived.comments().stream()
                .filter(comment -> comment.task().equals(task.id()))
                .map(Comment::text)
                .sorted()
                .toList();
    }

    @Test
    void tasks_of_taskwarrior_arrive() throws IOException, InterruptedException {
        Programs.need("task", "taskwarrior");
        Files.writeString(home.resolve(".taskrc"), "data.location=" + home.resolve(".task") + "\n");
        warrior("add", "Call Ada, \"soon\" – café", "due:2026-09-01T14:30", "priority:H");
        warrior("add", "Water", "due:2026-10-25", "project:Home.Garden", "+outdoor", "+weekly");
        warrior("add", "Read", "scheduled:2026-09-02", "priority:L");
        warrior("add", "Give up");
        warrior("add", "Write");
        warrior("1", "annotate", "She was out");
        warrior("1", "annotate", "Try / again");
        warrior("5", "start");
        warrior("2", "done");
        warrior("4", "delete");
        String told = imported(3, List.of(warriorExport()));
        assertEquals(1, told.lines().count(), told);
        assertTrue(told.contains(": start: is kept as in progress"), told);

        assertEquals(5, tasks.size());
        Task call = task("Call Ada, \"soon\" – café");
        assertEquals("2026-09-01T14:30:00+02:00[Europe/Rome]", Reading.due(call));
        assertEquals(Priority.HIGH, call.priority());
        assertEquals(Status.OPEN, call.status());
        assertEquals(List.of("She was out", "Try / again"), comments(call));
        Task water = task("Water");
        assertEquals("2026-10-25", Reading.due(water));
        assertEquals(Status.DONE, water.status());
        assertTrue(water.completed().isPresent());
        assertEquals("Home.Garden", arrived.project(water));
        assertEquals(List.of("outdoor", "weekly"), arrived.labels(water));
        assertEquals("2026-09-02", Reading.start(task("Read")));
        assertEquals(Priority.LOW, task("Read").priority());
        assertEquals(Status.CANCELLED, task("Give up").status());
        assertEquals(Status.IN_PROGRESS, task("Write").status());
    }

    @Test
    void what_taskwarrior_has_and_rocket_not_is_told() throws IOException, InterruptedException {
        Programs.need("task", "taskwarrior");
        Files.writeString(
                home.resolve(".taskrc"),
                "data.location=" + home.resolve(".task") + "\nuda.effort.type=numeric\n");
        warrior("add", "Plan", "effort:5");
        warrior("add", "Build", "depends:1");
        warrior("add", "Pay rent", "due:2099-09-01", "recur:yearly", "until:2100-01-01");
        // Listing makes Taskwarrior write the next instance, one for a date still far away.
        warrior("list");
        String told = imported(3, List.of(warriorExport()));
        for (String field : List.of("effort", "depends", "recur", "parent", "until")) {
            assertTrue(told.contains(": " + field + ": "), field + " in " + told);
        }
        assertTrue(
                told.lines().allMatch(line -> line.startsWith("lost:  export.json line ")), told);
        assertEquals("2099-09-01", Reading.due(task("Pay rent")));
        assertEquals(3, tasks.size());
    }

    @Test
    void a_pipe_from_taskwarrior_is_read() throws IOException, InterruptedException {
        Programs.need("task", "taskwarrior");
        Files.writeString(home.resolve(".taskrc"), "data.location=" + home.resolve(".task") + "\n");
        warrior("add", "Water");
        Path export = home.resolve(warriorExport());
        Programs.Result read =
                programs.rocketReading(export.toFile(), "import", "--db", "tasks.db", "-").well();
        assertTrue(read.out().startsWith("standard input, imported from taskwarrior:"), read.out());
        assertTrue(export().contains("\"title\":\"Water\""));
    }

    private void todo(String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("todo-txt", "-d", "todo.cfg", "-f", "-t", "-a"));
        all.addAll(List.of(words));
        programs.run(all.toArray(String[]::new)).well();
    }

    @Test
    void lines_of_todo_txt_arrive() throws IOException, InterruptedException {
        Programs.need("todo-txt", "todotxt-cli");
        Files.writeString(
                home.resolve("todo.cfg"),
                """
                export TODO_DIR=%s
                export TODO_FILE="$TODO_DIR/todo.txt"
                export DONE_FILE="$TODO_DIR/done.txt"
                export REPORT_FILE="$TODO_DIR/report.txt"
                """
                        .formatted(home));
        todo("add", "Call Ada – café +family @phone @evening due:2026-09-01");
        todo("add", "Water +garden t:2026-08-30");
        todo("add", "Read");
        todo("add", "Write note:later");
        todo("pri", "1", "A");
        todo("pri", "3", "F");
        todo("append", "3", "twice");
        todo("do", "2");
        todo("archive");
        String told = imported(3, List.of("todo.txt", "done.txt"));
        assertEquals(2, told.lines().count(), told);
        assertTrue(told.contains("lost:  todo.txt line 2: priority: is kept as low"), told);
        assertTrue(told.contains("moved: todo.txt line 3: note: has no field here"), told);

        assertEquals(4, tasks.size());
        Task call = task("Call Ada – café");
        assertEquals(Priority.URGENT, call.priority());
        assertEquals("2026-09-01", Reading.due(call));
        assertEquals("family", arrived.project(call));
        assertEquals(List.of("evening", "phone"), arrived.labels(call));
        Task water = task("Water");
        assertEquals(Status.DONE, water.status());
        assertTrue(water.completed().isPresent());
        assertEquals("2026-08-30", Reading.start(water));
        assertEquals(Priority.LOW, task("Read twice").priority());
        assertEquals(Status.OPEN, task("Write note:later").status());
    }

    private void todoman(String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("todoman", "--config", "todoman.py"));
        all.addAll(List.of(words));
        programs.run(all.toArray(String[]::new)).well();
    }

    /** Lets the program's own editing add what it has no option for. */
    private void edit(int number, String... properties) throws IOException, InterruptedException {
        String added = Stream.of(properties).map(p -> p + "\\r\\n").collect(Collectors.joining());
        Path editor = home.resolve("editor");
        Files.writeString(editor, "#!/bin/sh\nexec sed -i 's/^SEQUENCE/" + added + "&/' \"$1\"\n");
        assertTrue(editor.toFile().setExecutable(true));
        todoman("edit", "--raw", Integer.toString(number));
    }

    /** The folder of todoman's one calendar. */
    private Path calendar() throws IOException {
        Files.writeString(
                home.resolve("todoman.py"),
                """
                path = "%s/calendars/*"
                date_format = "%%Y-%%m-%%d"
                time_format = "%%H:%%M"
                """
                        .formatted(home));
        return Files.createDirectories(home.resolve("calendars/family"));
    }

    @Test
    void to_dos_of_todoman_arrive() throws IOException, InterruptedException {
        Programs.need("todoman", "todoman");
        Path calendar = calendar();
        String due = "2026-09-01 14:30";
        todoman("new", "-l", "family", "-d", due, "--priority", "high", "Call Ada, – café");
        edit(1, "CATEGORIES:phone,evening", "COMMENT:She was out", "RRULE:FREQ=DAILY");
        todoman("new", "-l", "family", "-d", "2026-09-02", "--location", "Garden", "Water");
        todoman("new", "-l", "family", "-s", "2026-09-03", "--priority", "low", "Read");
        todoman("done", "2");
        todoman("cancel", "3");
        List<String> files;
        try (Stream<Path> found = Files.list(calendar)) {
            files = found.map(file -> home.relativize(file).toString()).sorted().toList();
        }
        assertEquals(3, files.size());
        String told = imported(3, files);
        assertEquals(2, told.lines().count(), told);
        assertTrue(told.contains(": RRULE: repeating is not kept (FREQ=DAILY)"), told);
        assertTrue(told.contains(": LOCATION: stands in the notes (Garden)"), told);

        assertEquals(3, tasks.size());
        Task call = task("Call Ada, – café");
        assertTrue(Reading.due(call).startsWith("2026-09-01T"), Reading.due(call));
        assertEquals(Priority.HIGH, call.priority());
        assertEquals(List.of("evening", "phone"), arrived.labels(call));
        assertEquals(
                List.of("She was out"), arrived.comments().stream().map(Comment::text).toList());
        Task water = task("Water");
        assertEquals("2026-09-02", Reading.due(water));
        assertEquals(Status.DONE, water.status());
        assertTrue(water.completed().isPresent());
        assertEquals("Location: Garden", water.notes());
        assertEquals(Status.CANCELLED, task("Read").status());
        assertEquals(Priority.LOW, task("Read").priority());
        assertFalse(Reading.start(task("Read")).isEmpty());
    }
}
