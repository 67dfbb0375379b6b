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
        assertTrue(report.problemCount() == 1 || told.contains("receipt"), report.toString());
        assertEquals(!told.startsWith("the change"), report.copyable(), report.toString());
        assertTrue(report.problems().get(0).startsWith(expected), report.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE entity SET seq = 2 | LABEL is listed under another place in the feed",
                "UPDATE task SET seq = 7 | TASK is listed under another place in the feed",
                "INSERT INTO task_label SELECT gen_random_uuid(), id FROM task"
                        + " | TASK is listed under another labels than it has",
                "INSERT INTO task_label SELECT id, gen_random_uuid() FROM task"
                        + " | 1 rows of labels belong to tasks that are not there",
                "INSERT INTO task_words VALUES (gen_random_uuid(), 0, 'x')"
                        + " | 1 rows of words belong to tasks that are not there",
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
                "DROP INDEX task_words_by_word | the index task_words_by_word on task_words is",
                "DROP INDEX entity_by_key; CREATE INDEX entity_by_key ON entity (kind)"
                        + " | the index entity_by_key on entity is not as Rocket makes it",
                "CREATE UNIQUE INDEX mine ON task (due) | the index mine on task is not Rocket's",
                "UPDATE pg_index SET indisvalid = false"
                        + " WHERE indexrelid = 'task_by_due'::regclass"
                        + " | the index task_by_due on task is not as Rocket makes it",
                "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
                        + " CREATE TRIGGER t BEFORE INSERT ON task EXECUTE FUNCTION f()"
                        + " | the trigger t on task is not Rocket's",
                "INSERT INTO custody VALUES (1, 'moved', 'x', 0)"
                        + " | the trigger custody_bar on change is missing",
                "CREATE RULE r AS ON INSERT TO receipt DO INSTEAD NOTHING"
                        + " | the rule r on receipt is not Rocket's",
                "ALTER TABLE gone ADD CHECK (seq > 0) | the constraint gone_seq_check on gone is",
                "ALTER TABLE custody DROP CONSTRAINT custody_one_check"
                        + " | the constraint custody_one_check on custody is missing",
                "ALTER TABLE receipt DROP CONSTRAINT receipt_pkey, ALTER word DROP NOT NULL"
                        + " | the column word on receipt is not as Rocket makes it",
                "ALTER TABLE task ADD mine integer | the column mine on task is not Rocket's",
                "ALTER TABLE task_label SET UNLOGGED | the table task_label is not as Rocket",
                "ALTER SEQUENCE change_seq CACHE 100 | the sequence change_seq is not as Rocket",
                "DROP TABLE task_label | the table task_label is missing",
            })
    void tables_and_indexes_that_are_not_as_made_are_named(String damage, String told)
            throws SQLException {
        what_does_not_fit_is_named(damage, told);
    }

    @Test
    void what_others_made_beside_is_left_to_them() throws SQLException {
        run("CREATE TABLE mine (a integer UNIQUE); CREATE INDEX i ON task (seq)");
        run("CREATE VIEW titles AS SELECT image FROM task");
        assertEquals(List.of(), verify().problems());
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
        assertEquals(List.of(), store.probe().flaws(3, looked -> {}));
        run("UPDATE task SET status = 2 WHERE id = (SELECT max(id::text)::uuid FROM task)");
        assertEquals(1, store.probe().flaws(3, looked -> {}).size());
        run("UPDATE task SET status = 2");
        assertEquals(3, store.probe().flaws(3, looked -> {}).size());
    }
}
