package dev.rocket.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskFilter;
import dev.rocket.core.model.TaskOrder;
import dev.rocket.core.model.Words;
import dev.rocket.core.port.Snapshot;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Atomicity: all of a write, or nothing of it.
 *
 * <p>A write that throws leaves nothing, neither state nor feed; what a savepoint's work throws
 * takes back that work alone; a refused {@code apply} writes nothing and the transaction may go on.
 */
public abstract class AtomicityContract extends Contract {

    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @Test
    void a_write_that_throws_leaves_no_trace() {
        Task task = task("kept");
        put(task);
        List<Change> before = feed();
        Seq head = store().head();
        assertThrows(
                Broken.class,
                () ->
                        write(
                                tx -> {
                                    tx.apply(draft(retitled(task, "lost")));
                                    tx.apply(draft(label("lost")));
                                    throw new Broken();
                                }));
        assertEquals(Optional.of(task), read(s -> s.find(task.id())));
        assertEquals(before, feed());
        assertEquals(head, store().head());
        assertEquals(List.of(), all(Image.Kind.LABEL));
        assertEquals(Optional.empty(), read(s -> s.keyed(Image.Kind.LABEL, "lost")));
    }

    @Test
    void a_refused_change_writes_nothing_and_the_transaction_goes_on() {
        Task task = task("one");
        Task other = task("two");
        put(task);
        List<Change> changes =
                write(
                        tx -> {
                            refusal(() -> tx.apply(draft(at(task, 7))));
                            refusal(() -> tx.apply(draft(gone(other))));
                            return List.of(tx.apply(draft(other)));
                        });
        assertEquals(List.of(task, other), all(Image.Kind.TASK));
        assertEquals(changes, feed().subList(1, 2));
        assertEquals(2, feed().size());
    }

    @Test
    void a_search_inside_a_savepoint_that_is_taken_back_forgets_no_words() {
        Task task = task("alpha");
        write(
                tx -> {
                    tx.apply(draft(task));
                    assertThrows(
                            Broken.class,
                            () ->
                                    tx.attempt(
                                            () -> {
                                                tx.apply(draft(retitled(task, "beta")));
                                                assertEquals(1, found(tx, "beta"));
                                                assertEquals(0, found(tx, "alpha"));
                                                throw new Broken();
                                            }));
                    assertEquals(1, found(tx, "alpha"));
                    return true;
                });
        int kept = read(s -> found(s, "alpha"));
        int lost = read(s -> found(s, "beta"));
        assertEquals(1, kept);
        assertEquals(0, lost);
    }

    private static int found(Snapshot snapshot, String words) {
        TaskFilter filter = TaskFilter.ANY.withWords(Words.parse(words));
        return snapshot.page(new Listing.Tasks(filter, TaskOrder.DUE, Cursor.START, 10))
                .items()
                .size();
    }

    @Test
    void a_savepoint_takes_back_only_its_own_work() {
        Task before = task("before");
        Task within = task("within");
        Task after = task("after");
        write(
                tx -> {
                    tx.apply(draft(before));
                    assertThrows(
                            Broken.class,
                            () ->
                                    tx.attempt(
                                            () -> {
                                                tx.apply(draft(within));
                                                tx.apply(draft(retitled(before, "lost")));
                                                throw new Broken();
                                            }));
                    assertEquals(Optional.empty(), tx.find(within.id()));
                    assertEquals(Optional.of(before), tx.find(before.id()));
                    return tx.apply(draft(after));
                });
        assertEquals(List.of(before, after), all(Image.Kind.TASK));
        assertEquals(2, feed().size());
    }

    @Test
    void savepoints_nest_and_give_their_result() {
        Task outer = task("outer");
        Task inner = task("inner");
        Change kept =
                write(
                        tx ->
                                tx.attempt(
                                        () -> {
                                            Change change = tx.apply(draft(outer));
                                            assertThrows(
                                                    Broken.class,
                                                    () ->
                                                            tx.attempt(
                                                                    () -> {
                                                                        tx.apply(draft(inner));
                                                                        throw new Broken();
                                                                    }));
                                            return change;
                                        }));
        assertEquals(List.of(kept), feed());
        assertEquals(List.of(outer), all(Image.Kind.TASK));
    }

    @Test
    void a_write_that_fails_after_a_savepoint_takes_that_back_too() {
        assertThrows(
                Broken.class,
                () ->
                        write(
                                tx -> {
                                    tx.attempt(() -> tx.apply(draft(task("lost"))));
                                    throw new Broken();
                                }));
        assertEquals(List.of(), feed());
    }

    @Test
    void a_write_without_changes_leaves_the_feed_as_it_is() {
        put(task("one"));
        Seq head = store().head();
        assertEquals("answer", write(tx -> "answer"));
        assertEquals(head, store().head());
    }
}
