package dev.rocket.bootstrap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportTest {

    @TempDir private Path folder = Path.of("");
    private Path db = folder;

    @BeforeEach
    void nameTheStore() {
        db = folder.resolve("tasks.db");
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static String warrior(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(
                        i ->
                                "{\"uuid\":\"%08x-0000-4000-8000-000000000000\",".formatted(i)
                                        + "\"description\":\"Task "
                                        + i
                                        + "\",\"project\":\"Home\"}")
                .collect(Collectors.joining(",\n"));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void a_file_is_imported_and_the_second_time_all_is_there_already() throws IOException {
        Path todo = file("todo.txt", "(A) Call +home @phone\nx 2026-03-29 Done\n");
        Run first = Run.of("import", "--db", db, todo);
        assertEquals(0, first.code(), first.err());
        assertEquals("", first.err());
        assertTrue(first.out().contains("new              1 project, 1 label, 2 tasks"));
        String verified = Run.verify(db);
        Run second = Run.of("import", "--db", db, todo);
        assertEquals(0, second.code(), second.err());
        assertTrue(second.out().contains("new              nothing"));
        assertTrue(second.out().contains("already there    1 project, 1 label, 2 tasks"));
        assertEquals(verified, Run.verify(db));
    }

    @Test
    void a_rehearsal_tells_the_same_and_changes_nothing() throws IOException {
        Path json = file("a.json", "[" + warrior(0, 700) + "]");
        Run rehearsed = Run.of("import", "--db", db, "--dry-run", json);
        assertEquals(List.of("a.json"), names());
        Run done = Run.of("import", "--db", db, json);
        String told = rehearsed.out().replace("as it would be imported", "imported");
        assertEquals(done.out(), told);

        String verified = Run.verify(db);
        Path more = file("b.json", "[" + warrior(600, 1300) + "]");
        Run again = Run.of("import", "--db", db, "--dry-run", more);
        assertEquals(0, again.code());
        assertTrue(again.out().contains("new              600 tasks"), again.out());
        assertTrue(again.out().contains("already there    1 project, 100 tasks"), again.out());
        assertEquals(verified, Run.verify(db));
    }

    @Test
    void an_import_that_broke_off_is_resumed_without_duplicates() throws IOException {
        String whole = "[" + warrior(0, 1200) + "]";
        Path broken = file("a.json", whole.substring(0, whole.length() - 1000));
        Run first = Run.of("import", "--db", db, broken);
        assertEquals(1, first.code());
        assertTrue(first.err().contains("a.json line "), first.err());
        assertTrue(first.err().contains("1000 entities before that are in the store"), first.err());
        Run second = Run.of("import", "--db", db, file("a.json", whole));
        assertEquals(0, second.code(), second.err());
        assertTrue(second.out().contains("new              201 tasks"), second.out());
        assertTrue(second.out().contains("already there    1 project, 999 tasks"), second.out());
        Path straight = folder.resolve("straight.db");
        Run.of("import", "--db", straight, folder.resolve("a.json"));
        assertTrue(Run.verify(straight).contains("entities  1201"));
        assertTrue(Run.verify(db).contains("entities  1201"));
    }

    @Test
    void losses_are_named_by_line_and_field_and_give_code_3() throws IOException {
        Path todo = file("todo.txt", "one\n(F) two rec:1w\n");
        Run run = Run.of("import", "--db", db, todo);
        assertEquals(3, run.code());
        assertEquals(2, run.err().lines().count(), run.err());
        assertTrue(
                run.err().contains("lost:  " + todo + " line 2: priority: is kept as low"),
                run.err());
        assertTrue(run.err().contains("moved: " + todo + " line 2: rec: "), run.err());
        assertTrue(run.out().contains("lost             1 finding, told above"), run.out());
    }

    @Test
    void what_is_moved_alone_is_no_loss() throws IOException {
        Run run = Run.of("import", "--db", db, file("todo.txt", "two rec:1w\n"));
        assertEquals(0, run.code());
        assertTrue(run.err().startsWith("moved: "), run.err());
    }

    @Test
    void a_report_is_a_file_for_its_owner_alone() throws IOException {
        Path todo = file("todo.txt", "(F) two\n");
        Path report = folder.resolve("lost.txt");
        Run run = Run.of("import", "--db", db, "--report", report, todo);
        assertEquals(3, run.code());
        assertEquals("", run.err());
        assertTrue(Files.readString(report).startsWith("lost:  " + todo + " line 1: priority"));
        assertTrue(run.out().contains("told in " + report), run.out());
        assertEquals(
                "rw-------",
                java.nio.file.attribute.PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(report)));
        Run bad = Run.of("import", "--db", db, "--report", todo, todo);
        assertEquals(2, bad.code());
        assertEquals("(F) two\n", Files.readString(todo));
    }

    @Test
    void with_json_every_line_is_an_object() throws IOException {
        Run run = Run.of("import", "--db", db, "--json", file("todo.txt", "(F) \"two\"\n"));
        assertEquals(3, run.code());
        List<String> lines = run.out().lines().toList();
        assertEquals(3, lines.size(), run.out());
        assertTrue(lines.get(0).startsWith("{\"type\":\"finding\",\"fate\":\"lost\",\"where\":"));
        assertTrue(lines.get(0).contains("\"field\":\"priority\",\"value\":\"(F)\""));
        assertTrue(lines.get(1).contains("\"format\":\"todo.txt\",\"dry_run\":false"));
        assertTrue(lines.get(1).contains("\"created\":{\"project\":0,\"label\":0,\"member\":0,"));
        assertTrue(lines.get(1).endsWith("\"findings\":{\"lost\":1,\"moved\":0,\"kept\":0}}"));
        assertEquals("{\"type\":\"summary\",\"dry_run\":false,\"loss\":true}", lines.get(2));
        assertEquals("", run.err());
    }

    @Test
    void what_differs_here_is_kept_unless_told_otherwise() throws IOException {
        Run.of("import", "--db", db, file("a.json", "[" + warrior(1, 2) + "]"));
        Path other = file("a.json", "[" + warrior(1, 2).replace("Task 1", "Renamed") + "]");
        Run kept = Run.of("import", "--db", db, other);
        assertEquals(3, kept.code());
        assertTrue(kept.err().contains("differs in title"), kept.err());
        Run replaced = Run.of("import", "--db", db, "--update", other);
        assertEquals(0, replaced.code(), replaced.err());
        assertTrue(replaced.out().contains("replaced         1 task"), replaced.out());
        assertEquals(0, Run.of("import", "--db", db, other).code());
    }

    @Test
    void a_parent_is_found_in_another_file() throws IOException {
        String calendar = "BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:%s\nEND:VTODO\nEND:VCALENDAR\n";
        Path child = file("a.ics", calendar.formatted("a\nRELATED-TO:b"));
        Path parent = file("b.ics", calendar.formatted("b"));
        Run run = Run.of("import", "--db", db, child, parent);
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().startsWith("2 files, imported from ical:"), run.out());
        assertTrue(run.out().contains("new              2 tasks"), run.out());
        assertEquals(0, Run.of("import", "--db", db, parent, child).code());
    }

    @Test
    void files_of_several_formats_are_told_apart() throws IOException {
        Path todo = file("todo.txt", "one\n");
        Path json = file("a.json", "[" + warrior(0, 3) + "]");
        Path done = file("done.txt", "x two\n");
        Run run = Run.of("import", "--db", db, todo, done, json);
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().startsWith("2 files, imported from todo.txt:"), run.out());
        assertTrue(run.out().contains(json + ", imported from taskwarrior:"), run.out());
        assertTrue(Run.verify(db).contains("entities  6"));
    }

    @Test
    void what_is_used_wrongly_is_told_with_its_remedy_and_changes_nothing() throws IOException {
        Path good = file("todo.txt", "one\n");
        Path odd = file("odd", "one\n");
        Run missing = Run.of("import", "--db", db, good, folder.resolve("no.txt"), folder);
        assertEquals(2, missing.code());
        assertTrue(missing.err().contains("no.txt does not exist; check the name."));
        assertTrue(missing.err().contains("is a folder; name the files in it."));
        Run unknown = Run.of("import", "--db", db, good, odd);
        assertEquals(2, unknown.code());
        assertTrue(unknown.err().contains("odd is in no format that is recognised; name it with"));
        assertEquals(2, Run.of("import", "--db", db, "--format", "csv", good).code());
        assertEquals(2, Run.of("import", "--db", db, "--zone", "Mars", good).code());
        assertEquals(2, Run.of("import", "--db", db, "--project", " ", good).code());
        assertEquals(2, Run.of("import", "--db", db, good, good).code());
        assertEquals(2, Run.of("import", "--db", db).code());
        assertFalse(Files.exists(db));
    }

    @Test
    void zone_and_project_are_taken_from_the_command_line() throws IOException {
        Path json = file("a.json", "[{\"description\":\"a\",\"due\":\"20260328T230000Z\"}]");
        Run.of("import", "--db", db, "--zone", "Europe/Rome", "--project", "Inbox", json);
        Path export = folder.resolve("out.jsonl");
        assertEquals(0, Run.of("export", "--db", db, export).code());
        String text = Files.readString(export);
        assertTrue(text.contains("\"due\":\"2026-03-29\""), text);
        assertTrue(text.contains("\"name\":\"Inbox\""), text);
    }

    @Test
    void a_store_in_use_is_refused_with_the_remedy() throws IOException {
        Path todo = file("todo.txt", "one\n");
        try (var store = StoreFile.of(db.toString()).open()) {
            Run run = Run.of("import", "--db", db, todo);
            assertEquals(1, run.code());
            assertEquals(
                    "rocket: "
                            + db
                            + " is in use by another process, such as a running server. Stop that"
                            + " first, or name another file with --db.\n",
                    run.err());
            assertEquals(0, store.head().value());
        }
    }
}
