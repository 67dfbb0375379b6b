package dev.rocket.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.ForwardingStore;
import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Receipt;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Receipts that are brought forward while writers go on. */
final class FollowStoreTest {

    private static final Instant NOW = Instant.parse("2026-03-29T07:30:00Z");

    private final MemoryStore source = new MemoryStore();
    private final MemoryStore copy = new MemoryStore();
    private final NotedReceipts noted = new NotedReceipts();

    private static Receipt.Key key(int number) {
        return Receipt.Key.of("caller", "word " + number);
    }

    /** Writes with a receipt that is noted; its key. */
    private Receipt.Key put(int number) {
        Receipt.Key key = key(number);
        Label label = Label.named(new Label.Id(UUID.randomUUID()), "label " + number, NOW);
        source.write(
                tx -> {
                    Change change = tx.apply(Change.draft(Actor.system("test"), "put", NOW, label));
                    tx.remember(new Receipt(key, "f", NOW, List.of(change.seq())));
                    return change;
                });
        noted.note(List.of(key));
        return key;
    }

    private FollowStore follow(Store from, Store to) {
        return new FollowStore(from, to, noted, change -> {});
    }

    private boolean arrived(Receipt.Key key) {
        return copy.read(s -> s.receipt(key)).isPresent();
    }

    /** A source that is written to whenever it is read. */
    private final class Busy extends ForwardingStore {

        private static final int MOST = 1_000;

        private int reads;

        @Override
        protected Store real() {
            return source;
        }

        @Override
        public <T> T read(Function<? super Snapshot, ? extends T> work) {
            reads++;
            if (reads < MOST) {
                put(1_000_000 + reads);
            }
            return source.read(work);
        }
    }

    @Test
    void what_is_noted_meanwhile_is_left_for_the_next_time() {
        for (int i = 0; i < FollowStore.PAGE + 1; i++) {
            put(i);
        }
        Busy busy = new Busy();
        FollowStore follow = follow(busy, copy);
        follow.to(source.head());
        int before = busy.reads;
        follow.receipts();
        assertEquals(2, busy.reads - before, "pages that were looked up");
        assertTrue(noted.size() >= 2, "what was noted meanwhile is not kept");
    }

    @Test
    void receipts_whose_changes_are_not_there_yet_come_later() {
        Receipt.Key early = put(1);
        FollowStore follow = follow(source, copy);
        follow.to(source.head());
        Receipt.Key late = put(2);
        follow.receipts();
        assertEquals(List.of(true, false), List.of(arrived(early), arrived(late)));
        follow.to(source.head());
        follow.receipts();
        assertTrue(arrived(late));
        assertEquals(0, noted.size());
    }

    /** A source that cannot be read at one time. */
    private final class Failing extends ForwardingStore {

        private int left = Integer.MAX_VALUE;

        @Override
        protected Store real() {
            return source;
        }

        @Override
        public <T> T read(Function<? super Snapshot, ? extends T> work) {
            left--;
            if (left == 0) {
                throw new StoreException(StoreException.Kind.UNAVAILABLE, "not now");
            }
            return source.read(work);
        }
    }

    @Test
    void a_look_that_fails_loses_no_key() {
        Failing failing = new Failing();
        FollowStore follow = follow(failing, copy);
        follow.to(source.head());
        int many = 2 * FollowStore.PAGE;
        for (int i = 0; i < many; i++) {
            put(i);
        }
        failing.left = 2;
        assertThrows(StoreException.class, follow::receipts);
        assertEquals(many, noted.size());
        follow.to(source.head());
        follow.receipts();
        for (int i = 0; i < many; i++) {
            assertTrue(arrived(key(i)), "receipt " + i + " is lost");
        }
        assertTrue(copy.head().isAfter(Seq.START));
    }
}
