package dev.rocket.postgres;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Receipt;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Writers that keep a ledger of what they were told.
 *
 * <p>Every other write is repeated with its receipt until it is answered; the rest are tried once,
 * and whatever was said not to be done must never be seen.
 */
final class Load implements AutoCloseable {

    private static final Instant NOW = Instant.parse("2026-03-29T07:30:00Z");
    private static final int PATIENCE_SECONDS = 120;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore answered = new Semaphore(0);
    private final List<Future<Ledger>> writers = new ArrayList<>();
    private volatile boolean enough;
    private volatile boolean closed;

    /** What one writer was told. */
    private record Ledger(Map<String, Change> kept, Set<String> undone, Set<String> failed) {}

    /** Writes into each store from some threads at a time. */
    Load(List<Store> stores, int each) {
        for (int i = 0; i < stores.size(); i++) {
            for (int j = 0; j < each; j++) {
                Store store = stores.get(i);
                String name = "writer " + i + "." + j;
                writers.add(threads.submit(() -> write(store, name)));
            }
        }
    }

    /** Waits for that many answers more. */
    void await(int answers) throws InterruptedException {
        answered.drainPermits();
        if (!answered.tryAcquire(answers, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("only " + answered.availablePermits() + " were answered");
        }
    }

    private Ledger write(Store store, String name) {
        Ledger ledger = new Ledger(new HashMap<>(), new HashSet<>(), new HashSet<>());
        for (int i = 0; !enough; i++) {
            String title = name + " " + i;
            boolean repeats = i % 2 == 0;
            boolean done = false;
            while (!done && !closed) {
                done = attempt(store, title, ledger) || !repeats;
            }
        }
        return ledger;
    }

    private boolean attempt(Store store, String title, Ledger ledger) {
        try {
            Change change = store.write(tx -> once(tx, title));
            ledger.kept().put(title, change);
            answered.release();
            return true;
        } catch (StoreException e) {
            if (!e.mayRetry()) {
                throw e;
            }
            ledger.failed().add(e.kind() + ": " + e.getMessage());
            if (e.kind() != Kind.UNKNOWN_OUTCOME) {
                ledger.undone().add(title);
            }
            return false;
        }
    }

    private static Change once(dev.rocket.core.port.Transaction tx, String title) {
        Receipt.Key key = new Receipt.Key("load", title);
        Optional<Receipt> known = tx.receipt(key);
        if (known.isPresent()) {
            long seq = known.get().changes().get(0).value();
            return tx.changes(new dev.rocket.core.model.Seq(seq - 1), 1).get(0);
        }
        Change change = tx.apply(Straggler.birth(title));
        tx.remember(new Receipt(key, "same", NOW, List.of(change.seq())));
        return change;
    }

    /**
     * Ends all writers, and holds what they were told against the feed.
     *
     * @return what was told to those whose write failed
     */
    Set<String> check(Follower follower) throws Exception {
        enough = true;
        Map<String, Change> kept = new HashMap<>();
        Set<String> undone = new HashSet<>();
        Set<String> failed = new HashSet<>();
        for (Future<Ledger> writer : writers) {
            Ledger ledger = writer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            kept.putAll(ledger.kept());
            undone.addAll(ledger.undone());
            failed.addAll(ledger.failed());
        }
        undone.removeAll(kept.keySet());
        follower.until(kept.size());
        Map<String, Change> seen = new HashMap<>();
        for (Change change : follower.seen()) {
            String title = Follower.title(change);
            if (seen.put(title, change) != null) {
                throw new AssertionError("done twice: " + title);
            }
            if (undone.contains(title)) {
                throw new AssertionError("said not to be done: " + title);
            }
        }
        for (Map.Entry<String, Change> each : kept.entrySet()) {
            if (!each.getValue().equals(seen.get(each.getKey()))) {
                throw new AssertionError("lost: " + each.getKey());
            }
        }
        return failed;
    }

    @Override
    public void close() {
        enough = true;
        closed = true;
        threads.shutdownNow();
    }
}
