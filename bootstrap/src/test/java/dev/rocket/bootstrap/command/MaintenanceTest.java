package dev.rocket.bootstrap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.exchange.RandomStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceTest {

    @TempDir private Path folder = Path.of("");
    private Path db = Path.of("");

    @BeforeEach
    void fill() {
        db = folder.resolve("tasks.db");
        try (var store = StoreFile.of(db.toString()).open()) {
            RandomStore.fill(store, 7);
        }
    }

    @Test
    void a_job_is_listed_done_and_then_told_with_its_result() {
        Run before = Run.of("maintenance", "--db", db);
        assertEquals(0, before.code(), before.err());
        assertTrue(before.out().startsWith("JOB "), before.out());
        assertTrue(
                before.out().matches("(?s).*\nreceipts +every 5m +\\d{4}-\\S+Z +- +- +- +- .*"),
                before.out());
        Run run = Run.of("maintenance", "run", "receipts", "--db", db);
        assertEquals(0, run.code(), run.err());
        assertEquals("receipts ok: 0 keys forgotten\n", run.out());
        Run after = Run.of("maintenance", "--db", db);
        assertTrue(
                after.out()
                        .matches(
                                "(?s).*\nreceipts .* ok +\\d+\\.\\d s +\\S+/\\d+ +0 keys forgotten"
                                        + "\n.*"),
                after.out());
        Run json = Run.of("maintenance", "--json", "--db", db);
        assertTrue(json.out().contains("\"result\":\"ok\""), json.out());
        assertTrue(json.out().contains("\"timetable\":\"every 5m\""), json.out());
    }

    @Test
    void one_job_alone_is_done_however_much_else_is_due() {
        Run.of("maintenance", "run", "receipts", "--db", db);
        String json = Run.of("maintenance", "--json", "--db", db).out();
        assertEquals(1, json.split("\"last\":", -1).length - 1, json);
    }

    @Test
    void the_scale_of_an_idle_store_is_calm_and_leaves_no_file_behind() throws IOException {
        Run run = Run.of("scale", "--db", db);
        assertEquals(0, run.code(), run.err());
        assertTrue(
                run.out().matches("calm: headroom \\d+ %, peak 0 of [1-9]\\d+ commands/s.*\n"),
                run.out());
        try (var files = Files.list(folder)) {
            List<String> names = files.map(file -> file.getFileName().toString()).toList();
            assertTrue(
                    names.stream().noneMatch(name -> name.contains("ceiling")), names.toString());
        }
    }

    private List<Path> reports() throws IOException {
        try (var files = Files.list(folder.resolve("tasks.db.backups/drills"))) {
            return files.sorted().toList();
        }
    }

    @Test
    void a_drill_restores_the_newest_backup_serves_it_and_keeps_its_report() throws IOException {
        Run none = Run.of("maintenance", "run", "drill", "--db", db);
        assertEquals(1, none.code());
        assertTrue(none.out().startsWith("drill failed: no verified backup is in "), none.out());
        assertTrue(none.out().endsWith("make one: rocket backup\n"), none.out());
        assertEquals(0, Run.of("backup", "--db", db).code());
        Run run = Run.of("maintenance", "run", "drill", "--db", db);
        assertEquals(0, run.code(), run.out() + run.err());
        assertTrue(
                run.out()
                        .matches(
                                "drill ok: rocket-000001-\\S+Z\\.db is verified: .*; recovery took"
                                        + " \\d+ ms; report: \\S+/drills/drill-\\S+Z\\.html\n"),
                run.out());
        assertEquals(3, reports().size(), reports().toString());
        for (Path report : reports()) {
            assertEquals(
                    PosixFilePermissions.fromString("rw-------"),
                    Files.getPosixFilePermissions(report));
        }
        String page = Files.readString(reports().get(0));
        assertTrue(page.contains("a server starts on it"), page);
        assertFalse(Files.exists(folder.resolve("tasks.db.backups/.scratch")));
        assertFalse(Run.of("export", "--db", db).out().contains("Smoke test"));
    }

    @Test
    void a_job_that_is_overdue_is_shown_as_such() throws IOException {
        String json =
                "{\"items\":[{\"name\":\"drill\",\"about\":\"a\",\"timetable\":\"quarterly 05:30\","
                        + "\"state\":\"waiting\",\"next\":\"2026-04-01T05:30:00.000Z\","
                        + "\"overdue\":%d,\"failures\":0}]}";
        String late = JobTable.text(json.formatted(3 * 86_400));
        assertTrue(late.contains("2026-04-01T05:30:00Z (overdue 3 d)"), late);
        assertFalse(JobTable.text(json.formatted(60)).contains("overdue"));
    }

    @Test
    void an_unknown_job_is_refused_with_the_names_of_all() {
        Run run = Run.of("maintenance", "run", "sweep", "--db", db);
        assertEquals(2, run.code());
        assertTrue(run.err().contains("There is no job sweep; there are: "), run.err());
        assertTrue(run.err().contains("receipts"), run.err());
    }

    @Test
    void a_store_that_a_server_has_open_leads_to_the_server() {
        try (var store = StoreFile.of(db.toString()).open()) {
            assertTrue(store.head().value() > 0);
            Run run = Run.of("maintenance", "--db", db);
            assertEquals(1, run.code());
            assertTrue(run.err().contains("ask it instead: add --url"), run.err());
        }
    }

    @Test
    void a_store_that_is_not_there_is_not_made() {
        Path missing = folder.resolve("missing.db");
        assertEquals(2, Run.of("maintenance", "--db", missing).code());
        assertFalse(Files.exists(missing));
    }
}
