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
            statement.executeUpdate(damage);
        }
        VerifyStore.Report report = verify();
        String expected = told.replace("TASK", "task " + task).replace("LABEL", "label " + label);
        assertTrue(report.problemCount() == 1, report.toString());
        assertTrue(report.problems().get(0).startsWith(expected), report.toString());
    }
}
