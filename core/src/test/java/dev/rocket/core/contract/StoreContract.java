package dev.rocket.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Comment;
import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Job;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Member;
import dev.rocket.core.model.Page;
import dev.rocket.core.model.Project;
import dev.rocket.core.model.Revision;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.Token;
import dev.rocket.core.port.Custody;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * State: what was applied is found, with every field.
 *
 * <p>A read sees one instant for as long as it lasts, and whoever wrote sees it in the next read.
 * Links are data to a store: whether they lead anywhere is the use cases' concern.
 */
public abstract class StoreContract extends Contract {

    @Test
    void an_empty_store_holds_nothing() {
        assertEquals(Seq.START, store().head());
        assertEquals(Seq.START, read(s -> s.seq()));
        assertEquals(List.of(), feed());
        for (Image.Kind kind : Image.Kind.values()) {
            assertEquals(List.of(), all(kind));
        }
        assertEquals(Optional.empty(), read(s -> s.find(new Task.Id(uuid()))));
        assertEquals(Optional.empty(), read(s -> s.keyed(Image.Kind.LABEL, "none")));
    }

    @Test
    void a_store_knows_whether_another_is_in_charge() {
        assertEquals(Optional.empty(), read(s -> s.custody()));
        for (Custody.State state : Custody.State.values()) {
            Custody custody = new Custody(state, "elsewhere, schema " + state, NOW);
            write(
                    tx -> {
                        tx.custody(custody);
                        assertEquals(Optional.of(custody), tx.custody());
                        return true;
                    });
            assertEquals(Optional.of(custody), read(s -> s.custody()));
        }
    }

    @Test
    void a_store_that_was_moved_lets_replay_in_and_takes_part_again_when_it_comes_back() {
        Task task = task("before the move");
        put(task);
        write(tx -> marked(tx, Custody.State.MOVED));
        Task later = task("replayed");
        Seq place = new Seq(store().head().value() + 3);
        Change replayed = draft(later).placed(place, Seq.START);
        assertEquals(replayed, write(tx -> tx.apply(replayed)));
        write(tx -> marked(tx, Custody.State.HERE));
        put(task("after the return"));
        assertEquals(3, feed().size());
    }

    private static boolean marked(Transaction tx, Custody.State state) {
        tx.custody(new Custody(state, "elsewhere", NOW));
        return true;
    }

    @Test
    void what_was_applied_is_found_with_every_field_of_every_kind() {
        for (Image image : oneOfEach()) {
            put(image);
            assertEquals(Optional.of(image), read(s -> s.find(image.id())));
            assertEquals(List.of(image), all(image.id().kind()));
        }
    }

    private List<Image> oneOfEach() {
        Task task = Samples.fullTask(uuid());
        Project project =
                new Project(
                        new Project.Id(uuid()),
                        new Revision(3),
                        "Haus & Garten",
                        "# Notes\n\tΩ 🌱",
                        Optional.of("#1e90ff"),
                        true,
                        stamp());
        Member member =
                new Member(
                        new Member.Id(uuid()),
                        Revision.FIRST,
                        "Zoë",
                        Optional.of("zoe@example.org"),
                        stamp());
        Comment comment =
                new Comment(
                        new Comment.Id(uuid()),
                        Revision.FIRST,
                        task.id(),
                        ACTOR,
                        "line 1\nline \"2\" \\ 🦊",
                        stamp());
        Token token =
                new Token(
                        new Token.Id(uuid()),
                        Revision.FIRST,
                        "laptop",
                        Token.hash("secret"),
                        Set.of(Token.Scope.READ, Token.Scope.WRITE),
                        Optional.of(NOW.plusSeconds(60)),
                        stamp());
        return List.of(task, project, label("urgent"), member, comment, token, job());
    }

    private static Job job() {
        Job taken = Job.born("backup", "host \"a\"/1", NOW.plusSeconds(300), NOW);
        Job.Run run = new Job.Run("host/1", NOW, NOW.plusSeconds(9), Job.Result.OK, "1 file\n🦊");
        return taken.ran(run, Optional.of(NOW)).taken("host/2", NOW.plusSeconds(600), NOW);
    }

    @Test
    void an_edit_replaces_and_a_deletion_removes() {
        Task task = task("first");
        put(task);
        Task edited = retitled(task, "second");
        put(edited);
        assertEquals(Optional.of(edited), read(s -> s.find(task.id())));
        put(gone(edited));
        assertEquals(Optional.empty(), read(s -> s.find(task.id())));
        assertEquals(List.of(), all(Image.Kind.TASK));
    }

    @Test
    void an_entity_may_come_back_after_its_deletion() {
        Task task = task("phoenix");
        put(task);
        put(gone(task));
        Task again = at(task, 3);
        put(again);
        assertEquals(Optional.of(again), read(s -> s.find(task.id())));
    }

    @Test
    void one_transaction_may_create_edit_and_delete_the_same_entity() {
        Task task = task("brief");
        Task edited = retitled(task, "briefer");
        List<Change> changes = put(task, edited, gone(edited), at(task, 4));
        assertEquals(List.of(at(task, 4)), all(Image.Kind.TASK));
        assertEquals(changes, feed());
    }

    @Test
    void a_transaction_sees_its_own_changes() {
        Task task = task("mine");
        Task edited = retitled(task, "still mine");
        write(
                tx -> {
                    Change first = tx.apply(draft(task));
                    assertEquals(Optional.of(task), tx.find(task.id()));
                    assertEquals(first.seq(), tx.seq());
                    assertEquals(first.seq(), tx.lastChange(task.id()));
                    assertEquals(List.of(first), tx.changes(Seq.START, 10));
                    tx.apply(draft(edited));
                    Listing<Task> list =
                            new Listing.All<>(Task.class, Image.Kind.TASK, Cursor.START, 10);
                    assertEquals(List.of(edited), tx.page(list).items());
                    return 0;
                });
    }

    @Test
    void a_read_sees_one_instant_while_writes_go_on() throws Exception {
        Task task = task("old");
        put(task);
        Task edited = retitled(task, "new");
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch written = new CountDownLatch(1);
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try {
            Future<List<Object>> seen =
                    reader.submit(
                            () ->
                                    read(
                                            s -> {
                                                List<Object> all = new ArrayList<>();
                                                all.add(s.seq());
                                                begun.countDown();
                                                await(written);
                                                all.add(s.find(task.id()).orElseThrow());
                                                all.add(s.seq());
                                                all.add(s.changes(Seq.START, 10).size());
                                                return all;
                                            }));
            await(begun);
            Seq before = store().head();
            put(edited);
            Seq after = put(task("more")).get(0).seq();
            written.countDown();
            List<Object> found = seen.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            // Work that was begun anew sees one instant as well, a later one.
            List<Object> anew = List.of(after, edited, after, 3);
            boolean later = found.get(0).equals(after);
            assertEquals(later ? anew : List.of(before, task, before, 1), found);
        } finally {
            reader.shutdownNow();
        }
        assertEquals(Optional.of(edited), read(s -> s.find(task.id())));
    }

    @Test
    void whoever_wrote_sees_it_in_the_next_read_from_any_thread() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                Task task = task("task " + i);
                all.add(
                        threads.submit(
                                () -> {
                                    Seq seq = put(task).get(0).seq();
                                    return read(
                                            s ->
                                                    !seq.isAfter(s.seq())
                                                            && s.find(task.id()).isPresent());
                                }));
            }
            for (Future<Boolean> each : all) {
                assertTrue(each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void entities_of_a_kind_are_listed_by_id_in_pages() {
        List<Image> labels = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            labels.add(label("label " + i));
        }
        put(labels.toArray(Image[]::new));
        put(task("no label"));
        for (int limit = 1; limit <= 8; limit++) {
            List<Image> seen = new ArrayList<>();
            Optional<Cursor> next = Optional.of(Cursor.START);
            while (next.isPresent()) {
                Listing<Image> list =
                        new Listing.All<>(Image.class, Image.Kind.LABEL, next.get(), limit);
                Page<Image> page = read(s -> s.page(list));
                assertFalse(page.items().isEmpty());
                assertTrue(page.items().size() <= limit);
                seen.addAll(page.items());
                next = page.next();
            }
            assertEquals(labels, seen);
        }
    }

    @Test
    void comments_are_listed_by_task_oldest_first() {
        Task task = task("one");
        Task other = task("two");
        put(task, other);
        List<Comment> comments = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            comments.add(comment(task, "comment " + i));
            put(comments.get(i), comment(other, "elsewhere " + i));
        }
        put(gone(comments.remove(2)));
        Page<Comment> first = read(s -> s.page(new Listing.Comments(task.id(), Cursor.START, 3)));
        assertEquals(comments.subList(0, 3), first.items());
        Cursor next = first.next().orElseThrow();
        Page<Comment> second = read(s -> s.page(new Listing.Comments(task.id(), next, 3)));
        assertEquals(new Page<>(comments.subList(3, 4), Optional.empty()), second);
    }

    private Comment comment(Task task, String text) {
        return new Comment(new Comment.Id(uuid()), Revision.FIRST, task.id(), ACTOR, text, stamp());
    }

    @Test
    void a_closed_store_says_so_and_may_be_closed_again() {
        put(task("kept"));
        Store store = store();
        store.close();
        store.close();
        StoreException write =
                assertThrows(StoreException.class, () -> store.write(tx -> tx.seq()));
        assertEquals(StoreException.Kind.CLOSED, write.kind());
        StoreException read = assertThrows(StoreException.class, () -> store.read(s -> s.seq()));
        assertEquals(StoreException.Kind.CLOSED, read.kind());
        assertFalse(write.mayRetry());
    }

    @Test
    void a_store_in_order_reports_no_trouble() {
        assertEquals(Optional.empty(), store().probe().trouble(PATIENCE));
        assertFalse(store().probe().reading().engine().isEmpty());
        assertTrue(store().probe().reading().queueCapacity() > 0);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
