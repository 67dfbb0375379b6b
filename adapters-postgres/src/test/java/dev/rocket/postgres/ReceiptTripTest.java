package dev.rocket.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Receipt;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import dev.rocket.core.port.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Receipts, which travel to the server together with the commit. */
final class ReceiptTripTest {

    private static final Instant NOW = Instant.parse("2026-03-29T07:30:00Z");
    private static final Receipt.Key KEY = Receipt.Key.of("caller", "a word");

    private final PostgresConfig config = Server.fresh();

    /** The answer that is remembered, or a new one. */
    private static Receipt once(Transaction tx, String title) {
        return tx.receipt(KEY).orElseGet(() -> fresh(tx, title));
    }

    private static Receipt fresh(Transaction tx, String title) {
        Seq seq = tx.apply(Straggler.birth(title)).seq();
        Receipt receipt = new Receipt(KEY, "print", NOW, List.of(seq));
        tx.remember(receipt);
        return receipt;
    }

    @Test
    void a_receipt_takes_no_trip_of_its_own() throws Exception {
        try (Relay relay = new Relay(Server.port());
                Store store =
                        PostgresStore.open(Server.through(relay.port(), config), Meter.NONE)) {
            Receipt given = store.write(tx -> once(tx, "one"));
            assertEquals(1, relay.asked().stream().filter(ReceiptTripTest::isBoth).count());
            assertEquals(Optional.of(given), store.read(s -> s.receipt(KEY)));
            assertEquals(given, store.write(tx -> once(tx, "two")));
        }
    }

    private static boolean isBoth(String sent) {
        return sent.contains("INSERT INTO receipt") && sent.contains("COMMIT\0");
    }

    /** Another server puts the key when this one has already found that it is free. */
    @Test
    void a_key_that_another_puts_meanwhile_is_found_with_its_answer() throws Exception {
        try (Store one = PostgresStore.open(config, Meter.NONE);
                Store other = PostgresStore.open(config, Meter.NONE)) {
            AtomicInteger runs = new AtomicInteger();
            Receipt given =
                    one.write(
                            tx -> {
                                Optional<Receipt> known = tx.receipt(KEY);
                                if (runs.incrementAndGet() == 1) {
                                    assertEquals(Optional.empty(), known);
                                    elsewhere(() -> other.write(more -> once(more, "theirs")));
                                }
                                return known.orElseGet(() -> fresh(tx, "mine"));
                            });
            assertEquals(2, runs.get());
            // The other server's change is found in a moment; its state is seen at once.
            assertTrue(one.await(Seq.START, Duration.ofSeconds(30)), "the change is not shown");
            List<Change> feed = one.read(s -> s.changes(Seq.START, 10));
            assertEquals(1, feed.size());
            assertEquals(List.of(feed.get(0).seq()), given.changes());
        }
    }

    private static void elsewhere(Runnable work) {
        Thread thread = Thread.ofPlatform().start(work);
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_receipt_is_lost_with_a_commit_that_never_arrived() throws Exception {
        try (CuttingProxy proxy = new CuttingProxy(Server.port());
                Store store =
                        PostgresStore.open(Server.through(proxy.port(), config), Meter.NONE)) {
            proxy.cut(CuttingProxy.Side.BEFORE_COMMIT);
            StoreException told =
                    assertThrows(StoreException.class, () -> store.write(tx -> once(tx, "lost")));
            assertEquals(Kind.UNAVAILABLE, told.kind());
            assertEquals(Optional.empty(), store.read(s -> s.receipt(KEY)));
            proxy.cut(CuttingProxy.Side.AFTER_COMMIT);
            Receipt kept = store.write(tx -> once(tx, "kept"));
            assertEquals(Optional.of(kept), store.read(s -> s.receipt(KEY)));
            assertEquals(1, store.read(s -> s.changes(Seq.START, 10)).size());
        }
    }
}
