package dev.rocket.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Receipt;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Writers that keep a ledger of what they were told.
 *
 * <p>Each write has a receipt, so that it is known afterwards too that the receipt was kept. A
 * writer ends with the first write that throws.
 */
final class MoveLedger implements AutoCloseable {

    private static final Instant NOW = Instant.parse("2026-03-29T07:30:00Z");
    private static final Actor ACTOR = Actor.system("ledger");
    private static final long PATIENCE_SECONDS = 60;
    private static final long PAUSE_NANOS = 1_000_000;

    private final ConcurrentMap<Receipt.Key, Change> told = new ConcurrentHashMap<>();
    private final Semaphore answers = new Semaphore(0);
    private final List<Thread> writers = new ArrayList<>();
    private volatile boolean stopped;

    /** Begins to write to a store. */
    MoveLedger(Store store, int threads) {
        for (int i = 0; i < threads; i++) {
            String name = "writer " + i;
            writers.add(Thread.ofPlatform().name(name).start(() -> write(store, name)));
        }
    }

    private void write(Store store, String name) {
        for (int i = 0; !stopped; i++) {
            Receipt.Key key = Receipt.Key.of(name, UUID.randomUUID().toString());
            try {
                told.put(key, put(store, name + " " + i + " " + key.word(), Optional.of(key)));
                answers.release();
                LockSupport.parkNanos(PAUSE_NANOS);
            } catch (RuntimeException e) {
                return;
            }
        }
    }

    /** Writes one label, without a receipt. */
    static Change put(Store store, String name) {
        return put(store, name, Optional.empty());
    }

    private static Change put(Store store, String name, Optional<Receipt.Key> key) {
        Label label = Label.named(new Label.Id(UUID.randomUUID()), name, NOW);
        Change draft = Change.draft(ACTOR, "ledger.put", NOW, label);
        return store.write(
                tx -> {
                    Change change = tx.apply(draft);
                    key.ifPresent(
                            word ->
                                    tx.remember(
                                            new Receipt(word, "f", NOW, List.of(change.seq()))));
                    return change;
                });
    }

    /** Waits for that many answers more. */
    void await(int more) throws InterruptedException {
        answers.drainPermits();
        assertTrue(
                answers.tryAcquire(more, PATIENCE_SECONDS, TimeUnit.SECONDS),
                "writers got no more answers");
    }

    /** Ends the writers. */
    void stop() throws InterruptedException {
        stopped = true;
        for (Thread writer : writers) {
            writer.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        }
    }

    /** Looks for everything in a store: each change once, at the place that was told. */
    void check(Store store) {
        Map<UUID, List<Change>> found = new HashMap<>();
        Seq at = Seq.START;
        List<Change> page = page(store, at);
        while (!page.isEmpty()) {
            for (Change change : page) {
                found.computeIfAbsent(change.image().id().value(), id -> new ArrayList<>())
                        .add(change);
            }
            at = page.get(page.size() - 1).seq();
            page = page(store, at);
        }
        told.forEach(
                (key, change) -> {
                    assertEquals(List.of(change), found.get(change.image().id().value()));
                    assertEquals(
                            Optional.of(change.image()),
                            store.read(s -> s.find(change.image().id())));
                    assertEquals(
                            List.of(change.seq()),
                            store.read(s -> s.receipt(key)).orElseThrow().changes());
                });
        assertTrue(!told.isEmpty() || stopped, "nothing was written");
    }

    private static List<Change> page(Store store, Seq after) {
        return store.read(s -> s.changes(after, Limits.CHANGES_PAGE));
    }

    @Override
    public void close() {
        stopped = true;
    }
}
