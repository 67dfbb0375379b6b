package dev.rocket.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Receipt;
import dev.rocket.core.model.Seq;
import dev.rocket.core.operation.CompareStores.Answer;
import dev.rocket.core.operation.CompareStores.Places;
import dev.rocket.core.operation.CompareStores.Report;
import dev.rocket.core.port.Store;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CompareReceiptsTest {

    private static final Instant NOW = Instant.parse("2026-03-29T07:30:00Z");
    private static final Instant KEPT = NOW.plusSeconds(100);
    private static final int MORE_THAN_TWO_PAGES = 1_100;

    private static Store store(int changes) {
        Store store = new MemoryStore();
        for (int i = 1; i <= changes; i++) {
            Label.Id id = new Label.Id(new UUID(0, i));
            SampleStore.apply(store, Label.named(id, "label " + i, NOW));
        }
        return store;
    }

    private static Receipt receipt(String word, long second, long... changes) {
        List<Seq> places = Arrays.stream(changes).mapToObj(Seq::new).toList();
        return new Receipt(Receipt.Key.of("me", word), "print", NOW.plusSeconds(second), places);
    }

    private static void remember(Store store, Receipt... receipts) {
        store.write(
                tx -> {
                    List.of(receipts).forEach(tx::remember);
                    return 0;
                });
    }

    private static Report compare(Store one, Store other) {
        return new CompareStores(one, other).run(Places.KEPT, KEPT, looked -> {});
    }

    private static void assertDiffers(Optional<Receipt> left, Optional<Receipt> right, Report in) {
        assertFalse(in.equal());
        assertTrue(in.state().orElseThrow().equal());
        assertEquals(Optional.of(new Answer(left, right)), in.receipts().orElseThrow().first());
    }

    @Test
    void the_same_answers_are_equal_however_many_were_given_at_one_instant() {
        Store one = store(1);
        for (int i = 0; i < MORE_THAN_TWO_PAGES; i++) {
            remember(one, receipt("key " + i, i % 3, 1));
        }
        Store third = store(1);
        for (int i = MORE_THAN_TWO_PAGES - 1; i >= 0; i--) {
            remember(third, receipt("key " + i, i % 3, 1));
        }
        Report report = compare(one, third);
        assertTrue(report.equal(), report.toString());
        assertEquals(MORE_THAN_TWO_PAGES, report.receipts().orElseThrow().compared());
        assertEquals(0, report.receipts().orElseThrow().forgotten());
        assertTrue(new CompareStores(one, third).run(Places.KEPT, looked -> {}).equal());
    }

    @Test
    void an_answer_that_one_lost_is_named_and_so_is_one_that_was_altered() {
        Receipt early = receipt("early", 200, 1);
        Receipt late = receipt("late", 300, 1);
        Store both = store(1);
        remember(both, early, late);
        Store lost = store(1);
        remember(lost, late);
        assertDiffers(Optional.of(early), Optional.empty(), compare(both, lost));
        assertDiffers(Optional.empty(), Optional.of(early), compare(lost, both));
        Store none = store(1);
        assertDiffers(Optional.of(early), Optional.empty(), compare(both, none));
        Store altered = store(1);
        Receipt other = new Receipt(late.key(), "other", late.at(), late.changes());
        remember(altered, early, other);
        assertDiffers(Optional.of(late), Optional.of(other), compare(both, altered));
    }

    @Test
    void what_may_be_forgotten_is_no_difference_but_what_both_have_must_be_the_same() {
        Receipt old = receipt("old", 99, 1);
        Receipt young = receipt("young", 100, 1);
        Store both = store(1);
        remember(both, old, young);
        Store forgetful = store(1);
        remember(forgetful, young);
        Report report = compare(both, forgetful);
        assertTrue(report.equal(), report.toString());
        assertEquals(1, report.receipts().orElseThrow().forgotten());
        assertFalse(new CompareStores(both, forgetful).run(Places.KEPT, looked -> {}).equal());
        Store altered = store(1);
        Receipt other = new Receipt(old.key(), "other", old.at(), old.changes());
        remember(altered, other, young);
        assertDiffers(Optional.of(old), Optional.of(other), compare(both, altered));
    }

    @Test
    void answers_beyond_where_the_shorter_feed_ends_are_left_out() {
        Store longer = store(2);
        Store shorter = store(1);
        remember(longer, receipt("first", 200, 1), receipt("second", 201, 2));
        remember(shorter, receipt("first", 200, 1));
        Report report = compare(longer, shorter);
        assertTrue(report.receipts().orElseThrow().equal(), report.toString());
        assertEquals(1, report.receipts().orElseThrow().compared());
        remember(longer, receipt("third", 202, 1));
        assertFalse(compare(shorter, longer).receipts().orElseThrow().equal());
    }

    @Test
    void where_places_are_counted_answers_need_not_name_the_same_ones() {
        Store one = store(1);
        Store other = new MemoryStore();
        Feed.of(one, one.head())
                .forEachRemaining(
                        change ->
                                other.write(tx -> tx.apply(change.placed(new Seq(9), Seq.START))));
        remember(one, receipt("key", 200, 1));
        remember(other, receipt("key", 200, 9));
        CompareStores stores = new CompareStores(one, other);
        assertTrue(stores.run(Places.COUNTED, KEPT, looked -> {}).equal());
        remember(other, receipt("more", 201, 9));
        assertFalse(stores.run(Places.COUNTED, KEPT, looked -> {}).equal());
    }
}
