package dev.rocket.postgres;

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
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Damage that another program did to a schema is named by what it hit. */
final class FlawsTest {

    private static final int MORE_THAN_A_PAGE = 1_001;

    private final PostgresConfig config = Server.fresh();
    private final Store store = PostgresStore.open(config, Meter.NONE);
    private String task = "";
    private String label = "";

    @BeforeEach
    void fill() {
        UseCases rocket = UseCases.over(store, InstantSource.system(), new Random(1), Meter.NONE);
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

    @AfterEach
    void close() {
        store.close();
    }

    private VerifyStore.Report verify() {
        return new VerifyStore(store).run(looked -> {});
    }

    private void run(String sql) throws SQLException {
        try (Connection operator = Server.connect(config);
                Statement statement = operator.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void a_sound_schema_has_none() {
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
                "UPDATE task SET project = id | TASK is listed under another project",
                "UPDATE task SET assignee = id | TASK is listed under another assignee",
                "UPDATE task SET parent = id | TASK is listed under another parent",
                "DELETE FROM task_words | TASK is listed under another title than it has",
                "INSERT INTO task_words SELECT id, 1, 'x' FROM task | TASK is listed under another",
                "DELETE FROM task_label | TASK is listed under another labels than it has",
                "UPDATE entity SET unique_key = 'x' | LABEL is listed under another unique key",
                "UPDATE entity SET owner = id | LABEL is listed under another owner",
                "UPDATE entity SET revision = 9 | LABEL is listed under another revision",
            })
    void what_does_not_fit_is_named(String damage, String told) throws SQLException {
        run(damage);
        VerifyStore.Report report = verify();
        String expected = told.replace("TASK", "task " + task).replace("LABEL", "label " + label);
        assertEquals(1, report.problemCount(), report.toString());
        assertTrue(report.problems().get(0).startsWith(expected), report.toString());
    }

    @Test
    void all_pages_are_read_and_no_more_is_told_than_asked() throws Exception {
        store.write(
                tx -> {
                    for (int i = 0; i < MORE_THAN_A_PAGE; i++) {
                        tx.apply(Straggler.birth("task " + i));
                    }
                    return 0;
                });
        assertEquals(List.of(), store.probe().flaws(3));
        run("UPDATE task SET status = 2 WHERE id = (SELECT max(id::text)::uuid FROM task)");
        assertEquals(1, store.probe().flaws(3).size());
        run("UPDATE task SET status = 2");
        assertEquals(3, store.probe().flaws(3).size());
    }
}
