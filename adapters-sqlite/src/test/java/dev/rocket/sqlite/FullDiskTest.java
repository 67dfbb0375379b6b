package dev.rocket.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskEdit;
import dev.rocket.core.operation.VerifyStore;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import dev.rocket.core.port.Transaction;
import java.util.List;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The engine finds no space, and later finds some.
 *
 * <p>Goal: nothing half-written stays, everybody is told, and the store goes on by itself. Method:
 * the engine's own bound on the file is set to what the file has, so that it answers as it does
 * when the volume is full.
 */
final class FullDiskTest extends HeldWriter {

    private static final long AMPLE_PAGES = 1_000_000;

    @AfterEach
    void storeAgreesWithItsFeed() {
        VerifyStore.Report report = new VerifyStore(store()).run(looked -> {});
        assertTrue(report.agrees(), () -> String.join("\n", report.problems()));
    }

    private void fill() {
        bound(1);
    }

    private void free() {
        bound(AMPLE_PAGES);
    }

    /** Bounds the file; the engine raises a bound below the file's size to that size. */
    private void bound(long pages) {
        long set =
                write(
                        tx ->
                                ((SqliteTransaction) tx)
                                        .statements()
                                        .number("PRAGMA max_page_count = " + pages));
        assertTrue(set >= pages);
    }

    private Task large(String title) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        StringBuilder notes = new StringBuilder();
        while (notes.length() < 60_000) {
            notes.append(Long.toString(random.nextLong(), 36)).append(' ');
        }
        Task task = task(title);
        TaskEdit edit = TaskEdit.of(new TaskEdit.Notes(notes.toString()));
        return task.with(edit, task.revision(), task.stamp());
    }

    private static void assertFull(StoreException failure) {
        assertEquals(Kind.FULL, failure.kind(), failure::getMessage);
        assertTrue(failure.mayRetry());
        String message = String.valueOf(failure.getMessage());
        assertTrue(message.contains("free space"), message);
    }

    @Test
    void a_write_that_finds_no_space_is_told_so_and_leaves_nothing() {
        Task before = task("before");
        put(before);
        fill();
        Task large = large("large");
        assertFull(assertThrows(StoreException.class, () -> put(large)));
        assertEquals(1, store().head().value());
        assertEquals(List.of(before), all(Image.Kind.TASK));
        free();
        assertEquals(2, put(large).get(0).seq().value());
        assertEquals(List.of(before, large), all(Image.Kind.TASK));
    }

    @Test
    void a_write_that_finds_no_space_in_a_savepoint_is_told_so_as_well() {
        fill();
        Task large = large("large");
        assertFull(
                assertThrows(
                        StoreException.class,
                        () -> write(tx -> tx.attempt(() -> tx.apply(draft(large))))));
        free();
        assertEquals(1, put(large).get(0).seq().value());
    }

    @Test
    void work_that_passes_over_the_failure_writes_nothing_more() {
        fill();
        Task large = large("large");
        Task small = task("small");
        assertFull(
                assertThrows(
                        StoreException.class,
                        () ->
                                write(
                                        tx -> {
                                            passOver(tx, large);
                                            return tx.apply(draft(small));
                                        })));
        free();
        assertEquals(List.of(), all(Image.Kind.TASK));
        assertEquals(1, put(small).get(0).seq().value());
    }

    private static void passOver(Transaction tx, Task large) {
        assertThrows(RuntimeException.class, () -> tx.apply(draft(large)));
    }

    @Test
    void everybody_in_the_group_is_told_and_no_refusal_rests_on_what_was_taken_back()
            throws Exception {
        fill();
        Future<Boolean> held = hold();
        Label first = label("quiet");
        Label second = label("quiet");
        assertNotEquals(first.id(), second.id());
        Future<Change> named = queue(() -> write(tx -> tx.apply(draft(first))));
        Future<Change> namedAgain = queue(() -> write(tx -> tx.apply(draft(second))));
        Task large = large("large");
        Future<Change> full = queue(large);
        Future<Change> after = queue(task("after"));
        gate.open();
        assertTrue(held.get());
        for (Future<Change> future : List.of(named, namedAgain, full, after)) {
            assertFull(assertInstanceOf(StoreException.class, failure(future)));
        }
        assertEquals(List.of(), all(Image.Kind.LABEL));
        free();
        assertEquals(1, put(second).get(0).seq().value());
        assertThrows(Refused.class, () -> put(first));
    }
}
