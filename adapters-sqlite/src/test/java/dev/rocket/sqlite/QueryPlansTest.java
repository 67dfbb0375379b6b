package dev.rocket.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.CatalogEdit;
import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Position;
import dev.rocket.core.model.Receipt;
import dev.rocket.core.model.Revision;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskEdit;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Transaction;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No list reads more than an index gives it.
 *
 * <p>Goal: with a million tasks a page costs what it costs with a thousand. Method: every kind of
 * list is asked of a store where each condition picks few tasks and of one where it picks many,
 * with and without the engine's statistics, and the engine explains each statement that was run.
 */
final class QueryPlansTest {

    @TempDir Path folder;
    private SqliteConfig config = SqliteConfig.at(Path.of("unset"));

    @BeforeEach
    void makeFile() {
        config = SqliteConfig.at(folder.resolve("plans.db"));
        SqliteStore.open(config, Meter.NONE).close();
    }

    private static void assertRight(Recorded recorded, String what, String sql)
            throws SQLException {
        List<Recorded.Step> plan = recorded.plan(sql);
        assertEquals(List.of(), PlanCheck.wrong(plan), () -> what + "\n" + sql + "\n" + plan);
    }

    private void assertListsRight(int tasks) throws SQLException {
        try (Recorded recorded = new Recorded(config)) {
            EveryList.fill(recorded.statements(), tasks);
            for (String statistics : List.of("without", "with")) {
                for (var list : EveryList.lists(recorded).entrySet()) {
                    for (String sql : list.getValue()) {
                        String what = list.getKey() + " " + statistics + " statistics";
                        assertRight(recorded, what, sql);
                    }
                }
                recorded.run("ANALYZE");
            }
        }
    }

    @Test
    void a_list_whose_conditions_pick_few_reads_indexes_alone() throws SQLException {
        assertListsRight(10);
    }

    @Test
    void a_list_whose_conditions_pick_many_walks_the_index_of_its_order() throws SQLException {
        assertListsRight(SqliteFilter.FEW + 1);
    }

    @Test
    void conditions_that_pick_few_are_fetched_and_those_that_pick_many_are_walked()
            throws SQLException {
        try (Recorded recorded = new Recorded(config)) {
            EveryList.fill(recorded.statements(), 10);
            assertEquals(List.of(), walked(recorded, "project"));
            EveryList.fill(recorded.statements(), 10, SqliteFilter.FEW);
            assertFalse(walked(recorded, "project").isEmpty());
            assertEquals(List.of(), walked(recorded, "a word nobody has"));
        }
    }

    private static List<String> walked(Recorded recorded, String filter) {
        return EveryList.lists(recorded).entrySet().stream()
                .filter(list -> list.getKey().startsWith(filter + " by POSITION"))
                .flatMap(list -> list.getValue().stream())
                .filter(sql -> sql.contains("INDEXED BY task_by_position"))
                .toList();
    }

    @Test
    void every_other_statement_finds_its_rows_by_an_index() throws SQLException {
        try (Recorded recorded = new Recorded(config)) {
            Statements statements = recorded.statements();
            EveryList.fill(statements, 10);
            everything(statements);
            Set<String> all = recorded.taken();
            for (String verb : List.of("UPDATE task", "DELETE FROM task ", "DELETE FROM receipt")) {
                assertTrue(all.stream().anyMatch(sql -> sql.startsWith(verb)), verb);
            }
            for (String statistics : List.of("without", "with")) {
                for (String sql : all) {
                    assertRight(recorded, statistics + " statistics", sql);
                }
                recorded.run("ANALYZE");
            }
        }
    }

    /** Does whatever a transaction offers, for each kind of entity. */
    private static void everything(Statements statements) {
        SqliteTransaction tx = new SqliteTransaction(statements);
        statements.run("BEGIN IMMEDIATE");
        tx.begin();
        tx.touch();
        Label label = Label.named(EveryList.LABEL, "quiet", EveryList.NOW);
        Task born = Task.titled(EveryList.PARENT, "harbour", Position.ofBirth(99), EveryList.NOW);
        for (Image image : List.of(label, born)) {
            tx.apply(EveryList.draft(image));
            tx.apply(EveryList.draft(new Image.Gone(image.id(), image.revision().next())));
        }
        Label again = label.edit(CatalogEdit.of(new CatalogEdit.Name("loud")), EveryList.NOW);
        Label third =
                new Label(again.id(), new Revision(3), again.name(), again.color(), again.stamp());
        tx.apply(EveryList.draft(third));
        tx.apply(
                EveryList.draft(
                        third.edit(CatalogEdit.of(new CatalogEdit.Name("low")), EveryList.NOW)));
        Task anew = born.with(TaskEdit.of(), new Revision(3), born.stamp());
        tx.apply(EveryList.draft(anew));
        tx.apply(
                EveryList.draft(
                        anew.edit(
                                TaskEdit.of(new TaskEdit.Title("quay")),
                                EveryList.NOW.plusSeconds(1))));
        tx.attempt(() -> tx.find(EveryList.PARENT));
        Receipt.Key key = Receipt.Key.of("caller", "word");
        tx.remember(new Receipt(key, "print", EveryList.NOW, List.of(tx.seq())));
        tx.settle();
        read(new SqliteSnapshot(statements), key);
        read(tx, key);
        tx.forget(new Transaction.Old.Receipts(EveryList.NOW.plusSeconds(1), 10));
        statements.run("COMMIT");
    }

    private static void read(Snapshot snapshot, Receipt.Key key) {
        snapshot.seq();
        for (Image.Id<?> id : List.of(EveryList.PARENT, EveryList.LABEL, EveryList.PROJECT)) {
            snapshot.find(id);
            snapshot.lastChange(id);
        }
        snapshot.keyed(Image.Kind.LABEL, "low");
        snapshot.changes(Seq.START, 10);
        snapshot.receipt(key);
        for (Cursor after : List.of(Cursor.START, Cursor.behind(EveryList.PARENT))) {
            snapshot.page(new Listing.Comments(EveryList.PARENT, after, 10));
            for (Image.Kind kind : Image.Kind.values()) {
                snapshot.page(new Listing.All<>(Image.class, kind, after, 10));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT image FROM task WHERE priority = 1",
                "SELECT id FROM task ORDER BY id",
                "SELECT count(*) FROM task",
                "SELECT seq FROM change WHERE kind = 'task'",
                "SELECT image FROM entity WHERE revision = 2",
                "SELECT seq FROM gone WHERE revision = 2",
                "DELETE FROM receipt WHERE fingerprint = 'x'",
                "SELECT count(*) FROM task_words",
                "SELECT t.row FROM task t INDEXED BY task_by_due WHERE t.status = 0"
                        + " ORDER BY t.position LIMIT 5",
                "SELECT r FROM (SELECT t.row AS r, t.priority AS k FROM task t"
                        + " INDEXED BY task_by_due WHERE t.status = 0 ORDER BY t.priority LIMIT 5)",
            })
    void a_statement_without_an_index_is_caught(String sql) throws SQLException {
        try (Recorded recorded = new Recorded(config)) {
            assertFalse(PlanCheck.wrong(recorded.plan(sql)).isEmpty(), () -> "not caught: " + sql);
        }
    }
}
