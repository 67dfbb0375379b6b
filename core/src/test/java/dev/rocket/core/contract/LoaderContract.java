package dev.rocket.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Page;
import dev.rocket.core.model.Receipt;
import dev.rocket.core.model.Refusal;
import dev.rocket.core.model.Revision;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskFilter;
import dev.rocket.core.model.TaskOrder;
import dev.rocket.core.model.Words;
import dev.rocket.core.operation.CompareStores;
import dev.rocket.core.operation.CopyStore;
import dev.rocket.core.operation.VerifyStore;
import dev.rocket.core.port.Loader;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A loaded store is the one that it was loaded from.
 *
 * <p>Nobody who asks can tell them apart. It goes on from there as any other. What was loaded
 * halfway is not there at all.
 */
public abstract class LoaderContract extends Contract {

    /** A way into the place of this test, at which nothing is. */
    protected abstract Loader loader() throws Exception;

    /** The store at that place; the test closes it. */
    protected abstract Store loaded() throws Exception;

    private CopyStore.Report copy(Store from) throws Exception {
        try (Loader loader = loader()) {
            return new CopyStore(from).run(loader, progress -> {});
        }
    }

    private void load(Change... changes) throws Exception {
        try (Loader loader = loader()) {
            loader.changes(List.of(changes));
            loader.finish(made -> {});
        }
    }

    @Test
    void a_copy_of_nothing_holds_nothing() throws Exception {
        CopyStore.Report report = copy(store());
        assertEquals(new CopyStore.Report(Seq.START, 0, 0, 0), report);
        try (Store copy = loaded()) {
            assertEquals(Seq.START, copy.<Seq>read(Snapshot::seq));
            Change first = copy.write(tx -> tx.apply(draft(task("first"))));
            assertEquals(Revision.FIRST, first.image().revision());
        }
    }

    @Test
    void a_copy_has_the_same_feed_entities_and_receipts() throws Exception {
        long seed = seed("a_copy_has_the_same");
        RandomFeed.fill(store(), seed, 1_500);
        CopyStore.Report report = copy(store());
        try (Store copy = loaded()) {
            CompareStores.Report found =
                    new CompareStores(store(), copy).run(CompareStores.Places.KEPT, looked -> {});
            assertTrue(found.equal(), () -> "seed " + seed + ": " + found);
            assertEquals(found.places(), report.changes());
            List<Receipt> receipts = receipts(store());
            assertEquals(receipts, receipts(copy));
            assertEquals(report.receipts(), receipts.size());
            assertTrue(receipts.size() > 500, "too few receipts to end a page");
            VerifyStore.Report sound = new VerifyStore(copy).run(looked -> {});
            assertEquals(List.of(), sound.problems());
            for (Change change : feed()) {
                Image.Id<?> id = change.image().id();
                Seq last = read(s -> s.lastChange(id));
                assertEquals(last, copy.<Seq>read(s -> s.lastChange(id)));
            }
        }
    }

    @Test
    void a_copy_of_a_feed_that_has_forgotten_holds_the_same_entities() throws Exception {
        long seed = seed("a_copy_of_a_feed_that_has_forgotten");
        RandomFeed.fill(store(), seed, 600);
        Seq middle = feed().get(feed().size() / 2).seq();
        write(tx -> tx.forget(new Transaction.Old.Superseded(Seq.START, middle)));
        copy(store());
        try (Store copy = loaded()) {
            CompareStores.Report found =
                    new CompareStores(store(), copy).run(CompareStores.Places.KEPT, looked -> {});
            assertTrue(found.equal(), () -> "seed " + seed + ": " + found);
            assertEquals(0, found.forgotten());
            int forgotten =
                    write(tx -> tx.forget(new Transaction.Old.Superseded(middle, tx.seq())));
            CompareStores.Report further =
                    new CompareStores(store(), copy).run(CompareStores.Places.KEPT, looked -> {});
            assertTrue(further.equal(), () -> "seed " + seed + ": " + further);
            assertEquals(forgotten, further.forgotten());
            assertEquals(List.of(), new VerifyStore(copy).run(looked -> {}).problems());
        }
    }

    private static List<Receipt> receipts(Store store) {
        List<Receipt> all = new ArrayList<>();
        List<Receipt> page = page(store, Instant.EPOCH, Receipt.Key.START);
        while (!page.isEmpty()) {
            all.addAll(page);
            Receipt last = page.get(page.size() - 1);
            page = page(store, last.at(), last.key());
        }
        return all;
    }

    private static List<Receipt> page(Store store, Instant since, Receipt.Key after) {
        return store.read(s -> s.receipts(since, after, 7));
    }

    @Test
    void a_copy_lists_and_finds_the_same_tasks() throws Exception {
        long seed = seed("a_copy_lists_and_finds");
        RandomFeed.fill(store(), seed, 600);
        copy(store());
        List<TaskFilter> filters = new ArrayList<>();
        for (String words : List.of("", "milk*", "東京", "istanbul", "fine cafe", "x2 42")) {
            filters.add(TaskFilter.ANY.withWords(Words.parse(words)));
        }
        all(Image.Kind.TASK).stream()
                .map(image -> ((Task) image).links())
                .flatMap(links -> Stream.concat(links.labels().stream(), links.project().stream()))
                .distinct()
                .map(TaskFilter::mentioning)
                .forEach(filters::add);
        assertTrue(filters.size() > 8, "the tasks mention nothing");
        try (Store copy = loaded()) {
            for (TaskFilter filter : filters) {
                for (TaskOrder order : TaskOrder.values()) {
                    Listing.Tasks list =
                            new Listing.Tasks(filter, order, Cursor.START, Limits.PAGE);
                    Page<Task> expected = read(s -> s.page(list));
                    Page<Task> found = copy.read(s -> s.page(list));
                    assertEquals(expected, found, () -> "seed " + seed + ": " + filter);
                }
            }
        }
    }

    @Test
    void what_is_written_while_a_copy_runs_is_left_out() throws Exception {
        RandomFeed.fill(store(), 1, 700);
        Seq end = read(Snapshot::seq);
        long before = receipts(store()).size();
        List<Change> late = new ArrayList<>();
        try (Loader loader = loader()) {
            CopyStore.Report report =
                    new CopyStore(store())
                            .run(
                                    loader,
                                    progress -> {
                                        if (late.isEmpty()) {
                                            late.add(writeLate());
                                        }
                                    });
            assertEquals(end, report.seq());
            assertEquals(before, report.receipts());
        }
        try (Store copy = loaded()) {
            assertEquals(end, copy.<Seq>read(Snapshot::seq));
            Change change = late.get(0);
            assertEquals(Seq.START, copy.<Seq>read(s -> s.lastChange(change.image().id())));
            assertEquals(change, copy.<Change>write(tx -> tx.apply(change)));
        }
    }

    private Change writeLate() {
        Task task = task("late");
        return write(
                tx -> {
                    Change change = tx.apply(draft(task));
                    Receipt.Key key = new Receipt.Key("token:late", "late");
                    tx.remember(new Receipt(key, "print", NOW, List.of(change.seq())));
                    return change;
                });
    }

    @Test
    void a_copy_goes_on_where_the_store_ended() throws Exception {
        Task one = task("one of them");
        Task two = task("two");
        put(one, two, label("taken"));
        put(gone(two));
        copy(store());
        Seq end = read(Snapshot::seq);
        try (Store copy = loaded()) {
            Change edit = copy.write(tx -> tx.apply(draft(retitled(one, "the other"))));
            assertTrue(edit.seq().isAfter(end));
            Seq first = read(s -> s.lastChange(one.id()));
            assertEquals(first, edit.prev());
            Change back = copy.write(tx -> tx.apply(draft(at(two, 3))));
            Seq deletion = read(s -> s.lastChange(two.id()));
            assertEquals(deletion, back.prev());
            assertEquals(
                    Refusal.Taken.class,
                    refusal(() -> copy.write(tx -> tx.apply(draft(label("TAKEN"))))).getClass());
            copy.write(tx -> tx.apply(draft(gone(edit.image()))));
            assertEquals(List.of(at(two, 3)), found(copy, "two"));
            assertEquals(List.of(), found(copy, "one"));
            assertEquals(List.of(), found(copy, "other"));
            assertEquals(List.of(), copy.probe().flaws(10, looked -> {}));
        }
    }

    private static List<Task> found(Store store, String words) {
        TaskFilter filter = TaskFilter.ANY.withWords(Words.parse(words));
        Listing.Tasks list = new Listing.Tasks(filter, TaskOrder.DUE, Cursor.START, Limits.PAGE);
        return store.<Page<Task>>read(s -> s.page(list)).items();
    }

    @Test
    void what_is_loaded_halfway_is_not_there() throws Exception {
        RandomFeed.fill(store(), 2, 50);
        List<Change> some = read(s -> s.changes(Seq.START, 20));
        try (Loader loader = loader()) {
            loader.changes(some);
        }
        copy(store());
        Seq end = read(Snapshot::seq);
        try (Store copy = loaded()) {
            assertEquals(end, copy.<Seq>read(Snapshot::seq));
        }
    }

    @Test
    void a_place_that_holds_something_is_not_loaded_into() throws Exception {
        put(task("one"));
        copy(store());
        StoreException refused = assertThrows(StoreException.class, this::loader);
        assertEquals(StoreException.Kind.FOREIGN, refused.kind());
    }

    @Test
    void a_change_that_is_not_after_the_last_is_no_feed() throws Exception {
        List<Change> changes = put(task("one"), task("two"));
        try (Loader loader = loader()) {
            loader.changes(changes);
            assertThrows(IllegalArgumentException.class, () -> loader.changes(changes));
        }
    }

    @Test
    void a_feed_with_two_newest_changes_of_an_entity_is_damaged() throws Exception {
        Task task = task("one");
        Change first = draft(task).placed(new Seq(1), Seq.START);
        Change other = draft(retitled(task, "two")).placed(new Seq(2), Seq.START);
        StoreException refused = assertThrows(StoreException.class, () -> load(first, other));
        assertEquals(StoreException.Kind.CORRUPT, refused.kind());
        load(first);
    }
}
