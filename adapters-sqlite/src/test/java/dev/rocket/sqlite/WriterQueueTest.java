package dev.rocket.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * What waits for the writer, and what becomes of it.
 *
 * <p>Goal: every call ends, by its answer or a refusal that says why. Method: one command holds the
 * writer at a gate while others queue.
 */
final class WriterQueueTest extends HeldWriter {

    @Test
    void a_full_queue_refuses_at_once_and_takes_more_later() throws Exception {
        Future<Boolean> held = hold();
        List<Future<Change>> queued = new ArrayList<>();
        for (int i = 0; i < QUEUE; i++) {
            queued.add(queue(task("task " + i)));
        }
        StoreException full =
                assertThrows(StoreException.class, () -> write(tx -> tx.apply(draft(task("x")))));
        assertFalse(held.isDone(), "it was refused while the writer stood");
        assertEquals(Kind.OVERLOADED, full.kind());
        assertTrue(full.mayRetry());
        assertTrue(String.valueOf(full.getMessage()).contains("try again"), full::getMessage);
        gate.open();
        for (Future<Change> future : queued) {
            future.get();
        }
        assertEquals(QUEUE + 1, put(task("later")).get(0).seq().value());
    }

    @Test
    void work_that_calls_its_store_again_is_refused() {
        assertThrows(IllegalStateException.class, () -> write(tx -> write(again -> 1)));
        assertThrows(IllegalStateException.class, () -> write(tx -> read(again -> 1)));
        assertThrows(IllegalStateException.class, () -> read(snapshot -> write(again -> 1)));
        assertThrows(IllegalStateException.class, () -> read(snapshot -> read(again -> 1)));
        assertThrows(IllegalStateException.class, () -> write(tx -> closing()));
        assertThrows(IllegalStateException.class, () -> read(snapshot -> closing()));
        assertEquals(new Seq(1), put(task("still open")).get(0).seq());
    }

    private boolean closing() {
        store().close();
        return true;
    }

    @Test
    void closing_finishes_what_was_accepted_and_refuses_what_comes_later() throws Exception {
        Future<Boolean> held = hold();
        Future<Change> first = queue(task("accepted"));
        Future<Change> second = queue(task("accepted too"));
        Store store = store();
        Future<?> closed = callers.submit(store::close);
        Gate.until("the store refuses", () -> refusesToWait(store));
        gate.open();
        closed.get();
        assertTrue(held.get());
        assertEquals(new Seq(1), first.get().seq());
        assertEquals(new Seq(2), second.get().seq());
        StoreException late =
                assertThrows(StoreException.class, () -> write(tx -> tx.apply(draft(task("x")))));
        assertEquals(Kind.CLOSED, late.kind());
        try (Store again = open()) {
            assertEquals(new Seq(2), again.head());
        }
    }

    private static boolean refusesToWait(Store store) {
        try {
            store.await(Seq.START, Duration.ZERO);
            return false;
        } catch (StoreException e) {
            return e.kind() == Kind.CLOSED;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void an_interrupted_caller_still_gets_its_answer_and_keeps_the_interrupt() throws Exception {
        Future<Boolean> held = hold();
        AtomicReference<Thread> caller = new AtomicReference<>();
        AtomicBoolean kept = new AtomicBoolean();
        Future<Change> change =
                queue(
                        () -> {
                            caller.set(Thread.currentThread());
                            Change made = write(tx -> tx.apply(draft(task("kept"))));
                            kept.set(Thread.currentThread().isInterrupted());
                            return made;
                        });
        Thread thread = caller.get();
        thread.interrupt();
        Gate.until("the interrupt was seen", () -> !thread.isInterrupted());
        assertFalse(change.isDone());
        gate.open();
        assertTrue(held.get());
        assertEquals(new Seq(1), change.get().seq());
        assertTrue(kept.get());
    }
}
