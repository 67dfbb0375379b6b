package dev.rocket.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Writers that wait, and calls that find the other store. */
final class SwitchableStoreTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Instant NOW = Instant.parse("2026-03-29T07:30:00Z");

    private final MemoryStore first = new MemoryStore();
    private final MemoryStore second = new MemoryStore();
    private final SwitchableStore store = new SwitchableStore(first);

    private static Change put(Store to) {
        Label label = Label.named(new Label.Id(UUID.randomUUID()), "a " + UUID.randomUUID(), NOW);
        return to.write(tx -> tx.apply(Change.draft(Actor.system("test"), "put", NOW, label)));
    }

    @Test
    void a_write_waits_while_the_store_is_frozen_and_goes_on_in_the_other() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Change> waiting;
            try (SwitchableStore.Freeze freeze = store.freeze(LONG).orElseThrow()) {
                waiting = threads.submit(() -> put(store));
                assertEquals(Seq.START, store.read(s -> s.seq()));
                assertFalse(waiting.isDone());
                assertTrue(freeze.commit());
                assertEquals(first, freeze.cutOver(second));
            }
            waiting.get(60, TimeUnit.SECONDS);
        }
        assertEquals(Seq.START, first.head());
        assertEquals(second.head(), store.head());
        assertTrue(store.head().isAfter(Seq.START));
    }

    @Test
    void a_writer_that_has_waited_for_the_bound_ends_the_freeze() throws Exception {
        try (SwitchableStore.Freeze freeze = store.freeze(Duration.ofMillis(20)).orElseThrow()) {
            put(store);
            assertFalse(freeze.lasts());
            assertFalse(freeze.commit(), "the other store was put in charge over a writer");
        }
        assertTrue(first.head().isAfter(Seq.START));
    }

    @Test
    void a_freeze_waits_for_the_writes_under_way() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> slow =
                    threads.submit(
                            () ->
                                    store.write(
                                            tx -> {
                                                inside.countDown();
                                                return wait(leave);
                                            }));
            inside.await();
            Future<Boolean> frozen =
                    threads.submit(
                            () -> {
                                try (SwitchableStore.Freeze freeze =
                                        store.freeze(LONG).orElseThrow()) {
                                    return slow.isDone() && freeze.lasts();
                                }
                            });
            leave.countDown();
            slow.get(60, TimeUnit.SECONDS);
            assertTrue(frozen.get(60, TimeUnit.SECONDS) || slow.isDone());
        }
    }

    private static boolean wait(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void who_waits_at_a_former_store_that_is_closed_goes_on_at_the_other() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> waiting = threads.submit(() -> store.await(Seq.START, LONG));
            try (SwitchableStore.Freeze freeze = store.freeze(LONG).orElseThrow()) {
                freeze.cutOver(second);
            }
            first.close();
            put(store);
            assertTrue(waiting.get(60, TimeUnit.SECONDS));
            assertEquals(second.head(), store.read(s -> s.seq()));
        }
    }

    @Test
    void two_freezes_at_a_time_are_a_mistake() throws Exception {
        try (SwitchableStore.Freeze freeze = store.freeze(LONG).orElseThrow()) {
            assertTrue(freeze.lasts());
            assertThrows(IllegalStateException.class, () -> store.freeze(LONG));
        }
    }
}
