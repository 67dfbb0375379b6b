package dev.rocket.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.model.Actor;
import dev.rocket.core.model.CatalogEdit;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Seq;
import dev.rocket.core.operation.CompareStores.End;
import dev.rocket.core.operation.CompareStores.Entity;
import dev.rocket.core.operation.CompareStores.Place;
import dev.rocket.core.operation.CompareStores.Places;
import dev.rocket.core.operation.CompareStores.Report;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class CompareStoresTest {

    private static final Instant NOW = Instant.parse("2026-03-29T07:30:00Z");
    private static final CatalogEdit RENAME = CatalogEdit.of(new CatalogEdit.Name("renamed"));

    private static Label label(long number) {
        return Label.named(new Label.Id(new UUID(0, number)), "label " + number, NOW);
    }

    private static Store labels(int count) {
        Store store = new MemoryStore();
        for (int i = 1; i <= count; i++) {
            SampleStore.apply(store, label(i));
        }
        return store;
    }

    /** A store with the same changes at the same places, each as told. */
    private static Store copy(Store from, UnaryOperator<Change> each) {
        Store to = new MemoryStore();
        Feed.of(from, from.head())
                .forEachRemaining(change -> to.write(tx -> tx.apply(each.apply(change))));
        return to;
    }

    private static Store copy(Store from) {
        return copy(from, change -> change);
    }

    /** A store with the changes up to a place. */
    private static Store upTo(Store from, long seq) {
        Store to = new MemoryStore();
        Feed.of(from, new Seq(seq)).forEachRemaining(change -> to.write(tx -> tx.apply(change)));
        return to;
    }

    private static Report compare(Store one, Store other) {
        return new CompareStores(one, other).run(Places.KEPT, looked -> {});
    }

    private static List<Image> images(Store store) {
        List<Image> images = new ArrayList<>();
        store.read(
                snapshot -> {
                    for (Image.Kind kind : Image.Kind.values()) {
                        new Pages(snapshot, kind)
                                .forEachRemaining(page -> images.addAll(page.items()));
                    }
                    return images;
                });
        return images;
    }

    @Test
    void empty_stores_are_equal() {
        Report report = compare(new MemoryStore(), new MemoryStore());
        assertTrue(report.equal());
        assertEquals(0, report.places());
        assertEquals(0, report.state().orElseThrow().one().count());
    }

    @Test
    void a_copy_is_equal_and_every_place_and_entity_was_looked_at() {
        for (int round = 0; round < 10; round++) {
            long seed = System.nanoTime();
            Store store = SampleStore.of(seed);
            Store copy = copy(store);
            long[] last = {0};
            Report report =
                    new CompareStores(store, copy)
                            .run(
                                    Places.KEPT,
                                    looked -> {
                                        assertTrue(looked >= last[0], "seed " + seed);
                                        last[0] = looked;
                                    });
            assertTrue(report.equal(), "seed " + seed);
            assertEquals(store.head().value(), report.places(), "seed " + seed);
            assertEquals(images(store).size(), report.state().orElseThrow().other().count());
            assertEquals(2 * (report.places() + images(store).size()), last[0], "seed " + seed);
            assertEquals(
                    new VerifyStore(copy).run(looked -> {}).digest(),
                    report.state().orElseThrow().one(),
                    "seed " + seed);
        }
    }

    /** The listed entities alone differ, as after damage, so the feeds cannot tell. */
    @Test
    void the_first_entity_that_is_missing_or_more_or_other_is_named_in_every_kind() {
        long seed = System.nanoTime();
        Store store = SampleStore.of(seed);
        for (Image.Kind kind : Image.Kind.values()) {
            List<Image> some =
                    images(store).stream().filter(image -> image.id().kind() == kind).toList();
            if (some.isEmpty()) {
                continue;
            }
            int at = new Random(seed).nextInt(some.size());
            Image image = some.get(at);
            TamperedStore tampered = new TamperedStore(copy(store));
            tampered.list(image.id(), Optional.empty());
            tampered.list(some.get(some.size() - 1).id(), Optional.empty());
            Entity missing = new Entity(image.id(), Optional.of(image), Optional.empty());
            assertDiffers(missing, compare(store, tampered), "seed " + seed);
            Entity more = new Entity(image.id(), Optional.empty(), Optional.of(image));
            assertDiffers(more, compare(tampered, store), "seed " + seed);
        }
        TamperedStore tampered = new TamperedStore(copy(store));
        Image other = label(1);
        Image renamed = label(1).edit(RENAME, NOW);
        tampered.list(other.id(), Optional.of(renamed));
        SampleStore.apply(store, other);
        SampleStore.apply(tampered, other);
        Entity changed = new Entity(other.id(), Optional.of(other), Optional.of(renamed));
        assertDiffers(changed, compare(store, tampered), "seed " + seed);
    }

    private static void assertDiffers(Entity entity, Report report, String hint) {
        assertFalse(report.equal(), hint);
        assertEquals(Optional.empty(), report.feed(), hint);
        assertEquals(Optional.of(entity), report.state().orElseThrow().first(), hint);
    }

    @Test
    void one_more_behind_a_full_page_is_named() {
        Store store = labels(Limits.PAGE);
        Label more = label(Limits.PAGE + 1);
        TamperedStore tampered = new TamperedStore(copy(store));
        tampered.list(more.id(), Optional.of(more));
        Entity other = new Entity(more.id(), Optional.empty(), Optional.of(more));
        assertDiffers(other, compare(store, tampered), "behind");
        Entity one = new Entity(more.id(), Optional.of(more), Optional.empty());
        assertDiffers(one, compare(tampered, store), "behind");
    }

    @Test
    void more_than_a_page_where_the_one_has_nothing_is_named_by_its_first() {
        Store many = labels(3 * Limits.PAGE);
        TamperedStore none = new TamperedStore(copy(many));
        images(many).forEach(image -> none.list(image.id(), Optional.empty()));
        Entity first = new Entity(label(1).id(), Optional.empty(), Optional.of(label(1)));
        assertDiffers(first, compare(none, many), "none");
    }

    @Test
    void a_shorter_feed_is_behind_by_so_many_and_the_entities_are_left_alone() {
        Store store = labels(1500);
        Store shorter = upTo(store, 1100);
        Report report = compare(store, shorter);
        assertFalse(report.equal());
        assertEquals(1100, report.places());
        assertEquals(Optional.empty(), report.feed());
        assertEquals(Optional.empty(), report.state());
        assertEquals(new End(new Seq(1500), 400), report.one());
        assertEquals(new End(new Seq(1100), 0), report.other());
        assertEquals(report.one(), compare(shorter, store).other());
        assertEquals(1500, compare(new MemoryStore(), store).other().ahead());
    }

    @Test
    void a_change_that_differs_is_named_even_when_the_entities_agree() {
        Store store = labels(1500);
        List<UnaryOperator<Change>> others =
                List.of(
                        c -> new Change(c.seq(), c.prev(), c.at(), c.actor(), "x", c.image()),
                        c -> change(c, Actor.system("somebody"), c.at()),
                        c -> change(c, c.actor(), NOW.plusMillis(1)));
        for (UnaryOperator<Change> other : others) {
            Store copy = copy(store, c -> c.seq().value() == 1200 ? other.apply(c) : c);
            Report report = compare(store, copy);
            assertFalse(report.equal());
            assertEquals(1200, report.places());
            Place place = report.feed().orElseThrow();
            assertEquals(1200, place.number());
            assertEquals(new Seq(1200), place.one().orElseThrow().seq());
            assertEquals(other.apply(place.one().get()), place.other().orElseThrow());
            assertTrue(report.state().orElseThrow().equal());
            assertFalse(new CompareStores(store, copy).run(Places.COUNTED, looked -> {}).equal());
        }
    }

    private static Change change(Change change, Actor actor, Instant at) {
        return new Change(change.seq(), change.prev(), at, actor, change.cause(), change.image());
    }

    @Test
    void an_entity_that_was_changed_through_the_door_differs_in_feed_and_state() {
        Store one = labels(5);
        Store other = copy(one);
        Label left = label(3).edit(RENAME, NOW);
        SampleStore.apply(one, left);
        Label right = label(4).edit(RENAME, NOW);
        SampleStore.apply(other, right);
        Report report = compare(one, other);
        Place place = report.feed().orElseThrow();
        assertEquals(6, place.number());
        assertEquals(left, place.one().orElseThrow().image());
        assertEquals(right, place.other().orElseThrow().image());
        Entity entity = report.state().orElseThrow().first().orElseThrow();
        assertEquals(new Entity(left.id(), Optional.of(left), Optional.of(label(3))), entity);
    }

    @Test
    void a_place_that_one_feed_has_not_is_named_with_what_the_other_has_there() {
        Store store = labels(5);
        Store other = new MemoryStore();
        Feed.of(store, store.head())
                .forEachRemaining(
                        change -> {
                            if (change.seq().value() != 3) {
                                other.write(tx -> tx.apply(change));
                            }
                        });
        Place place = compare(store, other).feed().orElseThrow();
        assertEquals(3, place.number());
        assertEquals(label(3), place.one().orElseThrow().image());
        assertEquals(Optional.empty(), place.other());
        Place turned = compare(other, store).feed().orElseThrow();
        assertEquals(new Place(3, place.other(), place.one()), turned);
    }

    @Test
    void skipped_numbers_matter_where_places_are_kept_and_not_where_they_are_counted() {
        Store store = labels(5);
        SampleStore.apply(store, label(2).edit(RENAME, NOW));
        Store sparse = copy(store, c -> c.placed(new Seq(3 * c.seq().value()), Seq.START));
        assertFalse(compare(store, sparse).equal());
        Report counted = new CompareStores(store, sparse).run(Places.COUNTED, looked -> {});
        assertTrue(counted.equal());
        assertEquals(6, counted.places());
        assertEquals(new Seq(18), counted.other().seq());
        SampleStore.apply(sparse, label(6));
        Report ahead = new CompareStores(store, sparse).run(Places.COUNTED, looked -> {});
        assertFalse(ahead.equal());
        assertEquals(new End(new Seq(19), 1), ahead.other());
    }

    @Test
    void entities_are_not_judged_when_a_store_was_written_to_meanwhile() {
        Store one = labels(5);
        Store other = copy(one);
        boolean[] written = {false};
        Report report =
                new CompareStores(one, other)
                        .run(
                                Places.KEPT,
                                looked -> {
                                    if (!written[0]) {
                                        written[0] = true;
                                        SampleStore.apply(other, label(6));
                                    }
                                });
        assertEquals(5, report.places());
        assertEquals(new End(new Seq(5), 0), report.other());
        assertEquals(Optional.empty(), report.state());
        assertFalse(report.equal());
        assertEquals(new Seq(6), other.read(Snapshot::seq));
    }
}
