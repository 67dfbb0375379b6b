package dev.rocket.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.CatalogEdit;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Links;
import dev.rocket.core.model.TaskEdit;
import dev.rocket.core.operation.VerifyStore;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import dev.rocket.core.usecase.Caller;
import dev.rocket.core.usecase.UseCases;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Damage that another program did to a file is named by what it hit. */
final class FlawsTest {

    @TempDir private Path folder = Path.of("");
    private String task = "";
    private String label = "";

    private SqliteConfig config() {
        return SqliteConfig.at(folder.resolve("rocket.db"));
    }

    @BeforeEach
    void fill() {
        try (Store store = SqliteStore.open(config(), Meter.NONE)) {
            UseCases rocket =
                    UseCases.over(store, InstantSource.system(), new Random(1), Meter.NONE);
            Caller caller = Caller.system("test");
            CatalogEdit name = CatalogEdit.of(new CatalogEdit.Name("home"));
            Label home = (Label) rocket.catalog().create(caller, Image.Kind.LABEL, name).image();
            TaskEdit fields =
                    TaskEdit.of(
                            new TaskEdit.Title("Water the plants"),
                            new TaskEdit.Labels(Links.sorted(List.of(home.id()))));
            task = rocket.tasks().create(caller, fields).image().id().text();
            label = home.id().text();
        }
    }

    private VerifyStore.Report verify() {
        try (Store store = SqliteStore.open(config(), Meter.NONE)) {
            return new VerifyStore(store).run(looked -> {});
        }
    }

    @Test
    void a_sound_file_has_none() {
        VerifyStore.Report report = verify();
        assertTrue(report.agrees(), report.toString());
        assertEquals(2, report.changes());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE task SET image = '{' | TASK cannot be read: expected more at character 1",
                "UPDATE change SET image = 'x' WHERE seq = 2 | the change 2 cannot be read",
                "UPDATE change SET kind = 'x' WHERE seq = 2 | the change 2 cannot be read",
                "UPDATE entity SET image = '{' | LABEL cannot be read",
                "UPDATE task SET status = 2 | TASK is listed under another status than it has",
                "UPDATE task SET due = 'x' | TASK is listed under another due date than it has",
                "UPDATE task SET priority = 9 | TASK is listed under another priority",
                "UPDATE task SET position = 'x' | TASK is listed under another position",
                "UPDATE task SET updated = 1 | TASK is listed under another time of change",
                "UPDATE task SET created = 1 | TASK is listed under another time of birth",
                "UPDATE task SET revision = 9 | TASK is listed under another revision",
                "UPDATE task SET project = x'01' | TASK is listed under another project",
                "UPDATE task SET assignee = x'01' | TASK is listed under another assignee",
                "UPDATE task SET parent = x'01' | TASK is listed under another parent",
                "UPDATE task SET title_words = 'x' | TASK is listed under another title",
                "UPDATE task SET notes_words = 'x' | TASK is listed under another notes",
                "DELETE FROM task_label | TASK is listed under another labels than it has",
                "UPDATE entity SET unique_key = 'x' | LABEL is listed under another unique key",
                "UPDATE entity SET revision = 9 | LABEL is listed under another revision",
            })
    void what_does_not_fit_is_named(String damage, String told) throws SQLException {
        String url = "jdbc:sqlite:" + config().path();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(damage.replace("ROW", "(SELECT 2 * row FROM task)"));
        }
        VerifyStore.Report report = verify();
        String expected = told.replace("TASK", "task " + task).replace("LABEL", "label " + label);
        assertTrue(report.problemCount() == 1, report.toString());
        assertTrue(report.problems().get(0).startsWith(expected), report.toString());
        assertEquals(!told.startsWith("the change"), report.copyable(), report.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE entity SET owner = x'01' | LABEL is listed under another owner",
                "UPDATE entity SET seq = 2 | LABEL is listed under another place in the feed",
                "UPDATE task SET seq = 7 | TASK is listed under another place in the feed",
                "INSERT INTO task_label SELECT id, row FROM task"
                        + " | TASK is listed under another labels than it has",
                "INSERT INTO task_label VALUES (x'01', 9) | 1 rows of labels belong to tasks",
                "INSERT INTO gone SELECT 'task', id, 1, 2 FROM task | TASK is listed under another",
            })
    void what_belongs_to_nothing_is_named(String damage, String told) throws SQLException {
        what_does_not_fit_is_named(damage, told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DROP INDEX task_by_due | the index task_by_due on task is missing",
                "DROP INDEX entity_by_key; CREATE INDEX entity_by_key ON entity (kind)"
                        + " | the index entity_by_key on entity is not as Rocket makes it",
                "CREATE UNIQUE INDEX mine ON task (due) | the index mine on task is not Rocket's",
                "CREATE TRIGGER t AFTER INSERT ON task BEGIN SELECT 1; END"
                        + " | the trigger t on task is not Rocket's",
                "DROP TABLE task_label | the table task_label is missing",
                "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET"
                        + " sql = replace(sql, 'NOT NULL', '') WHERE name = 'receipt'"
                        + " | the table receipt is not as Rocket makes it",
                "INSERT INTO task_words (task_words) VALUES ('delete-all')"
                        + " | the index of words is empty",
                "INSERT INTO task_words (task_words, rowid, words) VALUES ('delete', ROW, 'plants')"
                        + " | TASK is found by other words than its title has",
                "INSERT INTO task_words (rowid, words) VALUES (ROW, 'fish')"
                        + " | TASK is found by other words than its title has",
                "INSERT INTO task_words (rowid, words) VALUES (ROW + 1, 'fish')"
                        + " | TASK is found by other words than its notes has",
                "INSERT INTO task_words (rowid, words) VALUES (900, 'fish')"
                        + " | the index of words has words of row 900, which no task has",
            })
    void tables_and_indexes_that_are_not_as_made_are_named(String damage, String told)
            throws SQLException {
        what_does_not_fit_is_named(damage, told);
    }

    @Test
    void what_others_made_beside_is_left_to_them() throws SQLException {
        String url = "jdbc:sqlite:" + config().path();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE mine (a UNIQUE); CREATE INDEX i ON task (seq)");
            statement.executeUpdate("CREATE VIEW titles AS SELECT title_words FROM task; ANALYZE");
        }
        assertEquals(List.of(), verify().problems());
    }

    /** Words that the engine cuts, words that it folds, and a task without any. */
    @Test
    void every_word_there_can_be_is_found_as_it_was_put() {
        try (Store store = SqliteStore.open(config(), Meter.NONE)) {
            UseCases rocket =
                    UseCases.over(store, InstantSource.system(), new Random(1), Meter.NONE);
            Caller caller = Caller.system("test");
            String cut = "é".repeat(40_000);
            for (String notes : List.of(cut + "a " + cut + "b", "ÄÖ ﬁ 家 १२ é e\u0301", "— …")) {
                TaskEdit fields = TaskEdit.of(new TaskEdit.Title("…"), new TaskEdit.Notes(notes));
                rocket.tasks().create(caller, fields);
            }
            assertEquals(List.of(), new VerifyStore(store).run(looked -> {}).problems());
        }
    }
}
