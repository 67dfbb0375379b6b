package dev.rocket.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Comment;
import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Digest;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Links;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Position;
import dev.rocket.core.model.Revision;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Stamp;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskEdit;
import dev.rocket.core.operation.ImportItem.Exactness;
import dev.rocket.core.operation.ImportStore.Result;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ImportStoreTest {

    private static final Instant THEN = Instant.parse("2026-03-29T07:30:00Z");
    private static final ImportStore.Manner PLAIN = new ImportStore.Manner("test", false, false);
    private static final ImportStore.Manner UPDATING = new ImportStore.Manner("test", true, false);
    private static final ImportStore.Manner REHEARSING =
            new ImportStore.Manner("test", false, true);

    private final Store store = new MemoryStore();
    private final List<Finding> findings = new ArrayList<>();

    private static Task.Id id(int number) {
        return new Task.Id(new UUID(0x8000, number));
    }

    private static Task task(int number) {
        return Task.titled(id(number), "Task " + number, Position.ofBirth(number), THEN);
    }

    private static Task under(int number, int parent) {
        return edited(task(number), new TaskEdit.Under(Optional.of(id(parent))));
    }

    private static Task edited(Task task, TaskEdit.Part... parts) {
        return task.with(TaskEdit.of(parts), task.revision(), task.stamp());
    }

    private static Comment comment(int number, int task) {
        return new Comment(
                new Comment.Id(new UUID(0x8001, number)),
                Revision.FIRST,
                id(task),
                Actor.system("import"),
                "Remark " + number,
                Stamp.born(THEN));
    }

    private static Label label(int number, String name) {
        return Label.named(new Label.Id(new UUID(0x8002, number)), name, THEN);
    }

    private static Task labelled(int number, Label label) {
        return edited(task(number), new TaskEdit.Labels(Links.sorted(List.of(label.id()))));
    }

    private static List<ImportItem> items(Image... images) {
        List<ImportItem> items = new ArrayList<>();
        for (Image image : images) {
            items.add(new ImportItem(image, "line " + (items.size() + 1), Exactness.CONTENT));
        }
        return items;
    }

    private ImportStore.Report run(ImportStore.Manner manner, List<ImportItem> items) {
        findings.clear();
        return run(store, manner, items.iterator());
    }

    private ImportStore.Report run(
            Store into, ImportStore.Manner manner, Iterator<ImportItem> items) {
        return new ImportStore(into, () -> THEN).run(items, manner, findings::add, n -> {});
    }

    private Task stored(int number) {
        return store.read(s -> s.find(id(number))).orElseThrow();
    }

    private static Digest digest(Store store) {
        return new ExportStore(store).contents(n -> {}).digest();
    }

    private List<ImportItem> forest(int size) {
        List<ImportItem> items = new ArrayList<>();
        for (int i = 1; i <= size; i++) {
            int parent = i % 7 == 0 ? size + 1 - i / 7 : 0;
            Image image = parent > i ? under(i, parent) : task(i);
            items.add(new ImportItem(image, "line " + i, Exactness.CONTENT));
            items.add(new ImportItem(comment(i, i), "line " + i, Exactness.CONTENT));
        }
        return items;
    }

    @Test
    void what_is_not_there_is_created_and_the_second_run_changes_nothing() {
        List<ImportItem> items = items(label(1, "home"), labelled(1, label(1, "home")));
        assertEquals(2, run(PLAIN, items).count(Result.CREATED));
        Seq head = store.head();
        ImportStore.Report again = run(PLAIN, items);
        assertEquals(1, again.count(Result.UNCHANGED, Image.Kind.TASK));
        assertEquals(1, again.count(Result.UNCHANGED, Image.Kind.LABEL));
        assertEquals(0, again.count(Result.CREATED));
        assertEquals(head, store.head());
        assertEquals(List.of(), findings);
    }

    @Test
    void changes_name_the_import_as_actor_and_cause() {
        run(PLAIN, items(task(1)));
        Change change = store.read(s -> s.changes(Seq.START, 1)).get(0);
        assertEquals(Actor.system("import"), change.actor());
        assertEquals("import.test", change.cause());
    }

    @Test
    void a_task_waits_for_its_parent_and_a_comment_for_its_task() {
        ImportStore.Report report =
                run(PLAIN, items(comment(1, 3), under(3, 2), under(2, 1), task(1)));
        assertEquals(4, report.count(Result.CREATED));
        assertEquals(Optional.of(id(2)), stored(3).links().parent());
        assertEquals(Optional.of(id(1)), stored(2).links().parent());
        assertEquals(List.of(), findings);
    }

    @Test
    void a_parent_that_never_comes_is_lost_and_told() {
        run(PLAIN, items(under(3, 2), under(2, 1), comment(1, 9)));
        assertEquals(Optional.empty(), stored(2).links().parent());
        assertEquals(Optional.of(id(2)), stored(3).links().parent());
        assertEquals(
                List.of("line 2 parent", "line 3 comment"),
                findings.stream().map(f -> f.where() + " " + f.field()).toList());
        assertTrue(findings.stream().allMatch(Finding::isLoss));
    }

    @Test
    void of_a_circle_one_link_is_lost_and_what_hangs_on_it_is_kept() {
        List<ImportItem> items = items(under(4, 1), under(1, 2), under(2, 3), under(3, 1));
        run(PLAIN, items);
        assertEquals(1, findings.size());
        assertEquals(Optional.of(id(1)), stored(4).links().parent());
        Digest once = digest(store);
        assertEquals(4, run(PLAIN, items).count(Result.UNCHANGED));
        assertEquals(once, digest(store));
    }

    @Test
    void a_path_deeper_than_the_limit_is_cut_and_told() {
        List<ImportItem> items = new ArrayList<>(items(task(1)));
        for (int i = 2; i <= Limits.DEPTH + 2; i++) {
            items.addAll(items(under(i, i - 1)));
        }
        run(PLAIN, items);
        assertEquals(Optional.empty(), stored(Limits.DEPTH + 1).links().parent());
        assertEquals(Optional.of(id(Limits.DEPTH + 1)), stored(Limits.DEPTH + 2).links().parent());
        assertEquals(1, findings.size());
    }

    @Test
    void an_update_does_not_move_a_tree_under_a_parent_that_would_make_it_too_deep() {
        List<ImportItem> items = new ArrayList<>(items(task(1), task(50), under(51, 50)));
        for (int i = 2; i < Limits.DEPTH; i++) {
            items.addAll(items(under(i, i - 1)));
        }
        run(PLAIN, items);
        run(UPDATING, items(under(50, Limits.DEPTH - 1)));
        assertEquals(Optional.empty(), stored(50).links().parent());
        assertEquals(1, findings.size());
        run(UPDATING, items(under(50, Limits.DEPTH - 2)));
        assertEquals(Optional.of(id(Limits.DEPTH - 2)), stored(50).links().parent());
        assertEquals(List.of(), findings);
    }

    @Test
    void what_differs_is_kept_and_told_or_updated_in_its_place() {
        run(PLAIN, items(task(1)));
        Task renamed = edited(task(1), new TaskEdit.Title("Other"));
        Task wanted = edited(renamed, new TaskEdit.At(Position.ofBirth(77)));
        assertEquals(1, run(PLAIN, items(wanted)).count(Result.KEPT));
        assertEquals("is here already and differs in title", findings.get(0).why());
        assertEquals("Task 1", stored(1).title());
        assertEquals(1, run(UPDATING, items(wanted)).count(Result.UPDATED));
        assertEquals("Other", stored(1).title());
        assertEquals(new Revision(2), stored(1).revision());
        assertEquals(task(1).position(), stored(1).position());
        assertEquals(1, run(PLAIN, items(wanted)).count(Result.UNCHANGED));
    }

    @Test
    void assumed_instants_do_not_make_a_difference() {
        run(PLAIN, List.of(new ImportItem(task(1), "line 1", Exactness.UNDATED)));
        Task later = task(1).with(TaskEdit.of(), Revision.FIRST, Stamp.born(THEN.plusSeconds(9)));
        ImportItem item = new ImportItem(later, "line 1", Exactness.UNDATED);
        assertEquals(1, run(PLAIN, List.of(item)).count(Result.UNCHANGED));
    }

    @Test
    void what_was_deleted_here_stays_so_until_an_update() {
        run(PLAIN, items(task(1)));
        Image gone = new Image.Gone(id(1), new Revision(2));
        store.write(tx -> tx.apply(Change.draft(Actor.system("test"), "test", THEN, gone)));
        ImportStore.Report report = run(PLAIN, items(task(1), comment(1, 1)));
        assertEquals(1, report.count(Result.KEPT, Image.Kind.TASK));
        assertEquals(1, report.count(Result.LOST, Image.Kind.COMMENT));
        assertEquals("was deleted here and stays so", findings.get(0).why());
        assertEquals(1, run(UPDATING, items(task(1))).count(Result.CREATED));
        assertEquals(new Revision(3), stored(1).revision());
    }

    @Test
    void a_label_of_the_same_name_stands_for_the_imported_one() {
        Label here = label(7, "Home");
        run(PLAIN, items(here));
        run(PLAIN, items(label(1, "home"), labelled(1, label(1, "home"))));
        assertEquals(Links.sorted(List.of(here.id())), stored(1).links().labels());
        assertEquals(1, store.read(s -> all(s).size()).intValue());
        assertEquals(List.of(), findings);
    }

    private static List<Label> all(Snapshot snapshot) {
        return snapshot.page(
                        new Listing.All<>(Label.class, Image.Kind.LABEL, Cursor.START, Limits.PAGE))
                .items();
    }

    @Test
    void an_import_that_is_cut_off_anywhere_is_resumed_to_the_same_digest() {
        List<ImportItem> items = forest(900);
        Store once = new MemoryStore();
        run(once, PLAIN, items.iterator());
        for (int cut : List.of(1, 499, 500, 501, 1000, 1300, 1799)) {
            Store twice = new MemoryStore();
            Iterator<ImportItem> broken = breaking(items, cut);
            assertThrows(IllegalStateException.class, () -> run(twice, PLAIN, broken));
            run(twice, PLAIN, items.iterator());
            assertEquals(digest(once), digest(twice), "cut at " + cut);
            assertTrue(new VerifyStore(twice).run(n -> {}).agrees());
        }
    }

    private static Iterator<ImportItem> breaking(List<ImportItem> items, int at) {
        Iterator<ImportItem> all = items.iterator();
        int[] count = {0};
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return all.hasNext();
            }

            @Override
            public ImportItem next() {
                if (count[0]++ == at) {
                    throw new IllegalStateException("cut off");
                }
                return all.next();
            }
        };
    }

    @Test
    void a_rehearsal_tells_the_same_and_changes_nothing() {
        run(PLAIN, items(task(1), task(2), label(3, "Garden")));
        Seq head = store.head();
        List<ImportItem> items = new ArrayList<>(forest(800));
        items.addAll(
                items(
                        edited(task(2), new TaskEdit.Title("Other")),
                        label(4, "garden"),
                        labelled(901, label(4, "garden")),
                        under(902, 999),
                        under(903, 904),
                        under(904, 903),
                        task(905),
                        edited(task(905), new TaskEdit.Title("Twice"))));
        ImportStore.Report rehearsed = run(REHEARSING, items);
        List<Finding> told = List.copyOf(findings);
        assertEquals(head, store.head());
        assertEquals(run(PLAIN, items), rehearsed);
        assertEquals(
                told.stream().map(f -> f.where() + f.field()).toList(),
                findings.stream().map(f -> f.where() + f.field()).toList());
    }

    @Test
    void a_step_holds_no_more_than_a_batch_and_progress_is_told_after_each() {
        List<Long> progress = new ArrayList<>();
        new ImportStore(store, () -> THEN)
                .run(forest(600).iterator(), PLAIN, findings::add, progress::add);
        assertEquals(1200L, progress.get(progress.size() - 1));
        long before = 0;
        for (long settled : progress) {
            assertTrue(settled - before <= Limits.BATCH);
            before = settled;
        }
    }
}
