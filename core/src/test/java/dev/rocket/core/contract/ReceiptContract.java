package dev.rocket.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Receipt;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Receipts belong to the transaction that remembers or forgets them.
 *
 * <p>What is undone takes them along. Forgetting is bounded by a limit and by the instant before
 * which a receipt was given.
 */
public abstract class ReceiptContract extends Contract {

    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @Test
    void a_receipt_is_remembered_with_all_it_says() {
        Receipt receipt =
                write(
                        tx -> {
                            Change one = tx.apply(draft(task("one")));
                            Change two = tx.apply(draft(task("two")));
                            Receipt given = receipt("key ✓", "print", NOW, one, two);
                            tx.remember(given);
                            assertEquals(Optional.of(given), tx.receipt(given.key()));
                            return given;
                        });
        assertEquals(Optional.of(receipt), read(s -> s.receipt(receipt.key())));
        Receipt.Key otherCaller = new Receipt.Key("token:other", receipt.key().word());
        assertEquals(Optional.empty(), read(s -> s.receipt(otherCaller)));
    }

    @Test
    void a_receipt_may_name_no_change() {
        Receipt receipt = receipt("empty", "print", NOW);
        remember(receipt);
        assertEquals(Optional.of(receipt), read(s -> s.receipt(receipt.key())));
    }

    @Test
    void a_receipt_under_the_same_key_is_replaced() {
        remember(receipt("key", "first", NOW));
        Receipt second =
                write(
                        tx -> {
                            Change change = tx.apply(draft(task("one")));
                            Receipt given = receipt("key", "second", NOW.plusSeconds(1), change);
                            tx.remember(given);
                            return given;
                        });
        assertEquals(Optional.of(second), read(s -> s.receipt(second.key())));
        assertEquals(1, forget(NOW.plusSeconds(9), 10));
    }

    @Test
    void a_receipt_goes_with_the_transaction_that_failed() {
        Receipt receipt = receipt("key", "print", NOW);
        assertThrows(
                Broken.class,
                () ->
                        write(
                                tx -> {
                                    tx.remember(receipt);
                                    throw new Broken();
                                }));
        assertEquals(Optional.empty(), read(s -> s.receipt(receipt.key())));
    }

    @Test
    void a_receipt_goes_with_the_savepoint_that_failed() {
        Receipt lost = receipt("lost", "print", NOW);
        Receipt kept = receipt("kept", "print", NOW);
        write(
                tx -> {
                    tx.remember(kept);
                    assertThrows(
                            Broken.class,
                            () ->
                                    tx.attempt(
                                            () -> {
                                                tx.remember(lost);
                                                tx.forget(
                                                        new Transaction.Old.Receipts(
                                                                NOW.plusSeconds(1), 10));
                                                throw new Broken();
                                            }));
                    return 0;
                });
        assertEquals(Optional.of(kept), read(s -> s.receipt(kept.key())));
        assertEquals(Optional.empty(), read(s -> s.receipt(lost.key())));
    }

    @Test
    void receipts_given_before_an_instant_are_forgotten_up_to_a_limit() {
        List<Receipt> receipts = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            receipts.add(receipt("key " + i, "print", NOW.plusMillis(i)));
            remember(receipts.get(i));
        }
        Instant before = NOW.plusMillis(7);
        assertEquals(0, forget(NOW, 100));
        assertEquals(4, forget(before, 4));
        assertEquals(6, remaining(receipts));
        assertEquals(3, forget(before, 4));
        assertEquals(0, forget(before, 4));
        for (Receipt late : receipts.subList(7, 10)) {
            assertEquals(Optional.of(late), read(s -> s.receipt(late.key())));
        }
    }

    private long remaining(List<Receipt> receipts) {
        return receipts.stream().filter(r -> read(s -> s.receipt(r.key())).isPresent()).count();
    }

    private int forget(Instant before, int limit) {
        return write(tx -> tx.forget(new Transaction.Old.Receipts(before, limit)));
    }

    private void remember(Receipt receipt) {
        write(
                tx -> {
                    tx.remember(receipt);
                    return 0;
                });
    }

    private static Receipt receipt(String word, String print, Instant at, Change... changes) {
        List<Seq> places = new ArrayList<>();
        for (Change change : changes) {
            places.add(change.seq());
        }
        return new Receipt(new Receipt.Key(ACTOR.id(), word), print, at, places);
    }
}
