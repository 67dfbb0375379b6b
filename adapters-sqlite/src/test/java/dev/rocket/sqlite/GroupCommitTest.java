package dev.rocket.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Refusal;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskFilter;
import dev.rocket.core.model.TaskOrder;
import dev.rocket.core.model.Words;
import dev.rocket.core.operation.VerifyStore;
import dev.rocket.core.port.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * Writes that wait together are committed together.
 *
 * <p>Goal: whoever is answered has been committed, whoever is refused left nothing, and neither
 * depends on whom it was grouped with. Method: one command holds the writer at a gate while others
 * queue, so that what is in a group is known; a meter records the groups.
 */
final class GroupCommitTest extends HeldWriter {

    private void assertVerified() {
        VerifyStore.Report report = new VerifyStore(store()).run(looked -> {});
        assertTrue(report.agrees(), () -> String.join("\n", report.problems()));
    }

    @Test
    void commands_that_wait_together_share_one_commit() throws Exception {
        Future<Boolean> held = hold();
        List<Future<Change>> queued = new ArrayList<>();
        for (int i = 0; i < QUEUE; i++) {
            queued.add(queue(task("task " + i)));
        }
        gate.open();
        assertTrue(held.get());
        for (int i = 0; i < QUEUE; i++) {
            assertEquals(new Seq(i + 1), queued.get(i).get().seq());
        }
        assertEquals(List.of(1, QUEUE), groups);
        assertEquals(1 + QUEUE, waits.get());
    }

    @Test
    void nobody_is_answered_before_the_commit_that_holds_the_change() throws Exception {
        Future<Boolean> held = hold();
        List<Future<Boolean>> queued = new ArrayList<>();
        for (int i = 0; i < QUEUE - 1; i++) {
            Task task = task("task " + i);
            queued.add(
                    queue(
                            () -> {
                                write(tx -> tx.apply(draft(task)));
                                return read(snapshot -> snapshot.find(task.id())).isPresent();
                            }));
        }
        Gate last = new Gate();
        AtomicReference<Seq> executed = new AtomicReference<>(Seq.START);
        Future<Boolean> end =
                queue(
                        () ->
                                write(
                                        tx -> {
                                            executed.set(tx.seq());
                                            last.pass();
                                            return true;
                                        }));
        gate.open();
        last.awaitEntered();
        assertTrue(held.get());
        assertEquals(new Seq(QUEUE - 1), executed.get(), "all others were executed");
        assertEquals(Seq.START, store().head());
        assertEquals(Seq.START, read(snapshot -> snapshot.seq()));
        queued.forEach(future -> assertFalse(future.isDone()));
        last.open();
        assertTrue(end.get());
        for (Future<Boolean> future : queued) {
            assertTrue(future.get(), "who was answered reads what it wrote");
        }
        assertEquals(List.of(1, QUEUE), groups);
    }

    @Test
    void a_refused_command_that_had_written_leaves_the_others_of_its_group_alone()
            throws Exception {
        Future<Boolean> held = hold();
        Task first = task("first light");
        Task refused = task("refused light");
        Task last = task("last light");
        Future<Change> before = queue(first);
        Future<Change> wrote =
                queue(
                        () ->
                                write(
                                        tx -> {
                                            tx.apply(draft(refused));
                                            return tx.apply(draft(at(first, 7)));
                                        }));
        Future<Change> after = queue(last);
        gate.open();
        assertTrue(held.get());
        assertEquals(new Seq(1), before.get().seq());
        Refused why = assertInstanceOf(Refused.class, failure(wrote));
        assertInstanceOf(Refusal.Stale.class, why.refusal());
        assertEquals(new Seq(2), after.get().seq(), "its place was given to the next");
        assertEquals(List.of(1, 3), groups);
        assertEquals(List.of(first, last), all(Image.Kind.TASK));
        assertVerified();
    }

    @Test
    void what_the_words_of_a_refused_command_were_is_not_found() throws Exception {
        Future<Boolean> held = hold();
        Future<Change> kept = queue(task("harbour"));
        Future<Change> wrote =
                queue(
                        () ->
                                write(
                                        tx -> {
                                            tx.apply(draft(task("harbour lost")));
                                            assertEquals(2, found(tx, "harbour"));
                                            throw Refused.invalid("title", "is refused");
                                        }));
        gate.open();
        assertTrue(held.get());
        kept.get();
        assertInstanceOf(Refused.class, failure(wrote));
        int harbours = read(snapshot -> found(snapshot, "harbour"));
        int lost = read(snapshot -> found(snapshot, "lost"));
        assertEquals(1, harbours);
        assertEquals(0, lost);
    }

    private static int found(Snapshot snapshot, String words) {
        TaskFilter filter = TaskFilter.ANY.withWords(Words.parse(words));
        return snapshot.page(new Listing.Tasks(filter, TaskOrder.DUE, Cursor.START, 10))
                .items()
                .size();
    }

    @Test
    void what_work_throws_goes_to_its_own_caller_alone() throws Exception {
        Future<Boolean> held = hold();
        AssertionError error = new AssertionError("an error of the work");
        IllegalStateException mistake = new IllegalStateException("a mistake of the work");
        Future<Change> before = queue(task("before"));
        Future<Change> failed =
                queue(
                        () ->
                                write(
                                        tx -> {
                                            tx.apply(draft(task("gone again")));
                                            throw error;
                                        }));
        Future<Change> between = queue(task("between"));
        Future<Change> mistaken =
                queue(
                        () ->
                                write(
                                        tx -> {
                                            throw mistake;
                                        }));
        Future<Change> after = queue(task("after"));
        gate.open();
        assertTrue(held.get());
        assertSame(error, failure(failed));
        assertSame(mistake, failure(mistaken));
        assertEquals(1, before.get().seq().value());
        assertEquals(2, between.get().seq().value());
        assertEquals(3, after.get().seq().value());
        assertEquals(List.of(1, 5), groups);
        assertVerified();
    }
}
