package dev.rocket.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The feed: every change once, complete, at an ascending place.
 *
 * <p>Each change names its entity's change before it. A reader that was given a place never sees a
 * change appear behind it, however many write. A numbered change keeps its place.
 */
public abstract class FeedContract extends Contract {

    @Test
    void places_of_a_replay_that_was_taken_back_may_be_filled() {
        put(task("before"));
        Seq end = store().head();
        assertThrows(
                IllegalStateException.class,
                () ->
                        write(
                                tx -> {
                                    for (int i = 1; i <= 3; i++) {
                                        Seq place = new Seq(end.value() + i);
                                        tx.apply(draft(task("lost")).placed(place, Seq.START));
                                    }
                                    throw new IllegalStateException("taken back");
                                }));
        assertEquals(end, store().head());
        List<Change> later = put(task("one"), task("two"));
        assertEquals(later, read(s -> s.changes(end, 10)));
        assertEquals(later.get(1).seq(), store().head());
    }

    @Test
    void each_change_comes_back_as_it_was_applied() {
        Task task = Samples.fullTask(uuid());
        Actor actor = new Actor("token:1234", "Zoë's \"laptop\" 🦊");
        Change draft = Change.draft(actor, "task.create", NOW.plusNanos(4_567_890), task);
        Change applied = write(tx -> tx.apply(draft));
        assertEquals(draft.placed(applied.seq(), Seq.START), applied);
        assertEquals(List.of(applied), feed());
    }

    @Test
    void places_ascend_and_each_names_the_change_before() {
        Task one = task("one");
        Task two = task("two");
        Task edited = retitled(one, "edited");
        List<Change> changes = new ArrayList<>(put(one, two, edited));
        changes.addAll(put(gone(edited)));
        changes.addAll(put(at(one, 4), gone(two)));
        assertEquals(changes, feed());
        for (int i = 1; i < changes.size(); i++) {
            assertTrue(changes.get(i).seq().isAfter(changes.get(i - 1).seq()));
        }
        assertEquals(Seq.START, changes.get(0).prev());
        assertEquals(Seq.START, changes.get(1).prev());
        assertEquals(changes.get(0).seq(), changes.get(2).prev());
        assertEquals(changes.get(2).seq(), changes.get(3).prev());
        assertEquals(changes.get(3).seq(), changes.get(4).prev());
        assertEquals(changes.get(1).seq(), changes.get(5).prev());
    }

    @Test
    void a_deletion_is_kept_as_its_image() {
        Task task = task("one");
        put(task);
        Change deletion = put(gone(task)).get(0);
        assertEquals(gone(task), deletion.image());
        assertEquals(deletion, feed().get(1));
    }

    @Test
    void the_last_change_of_an_entity_counts_its_deletion() {
        Task task = task("one");
        assertEquals(Seq.START, read(s -> s.lastChange(task.id())));
        Seq first = put(task).get(0).seq();
        put(task("other"));
        assertEquals(first, read(s -> s.lastChange(task.id())));
        Seq second = put(gone(task)).get(0).seq();
        assertEquals(second, read(s -> s.lastChange(task.id())));
    }

    @Test
    void pages_begin_behind_a_place_and_hold_at_most_the_limit() {
        List<Change> all = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            all.addAll(put(task("task " + i), label("label " + i)));
        }
        for (int limit : new int[] {1, 3, 14, 1000}) {
            List<Change> seen = new ArrayList<>();
            Seq after = Seq.START;
            while (seen.size() < all.size()) {
                Seq from = after;
                List<Change> page = read(s -> s.changes(from, limit));
                assertEquals(Math.min(limit, all.size() - seen.size()), page.size());
                seen.addAll(page);
                after = page.get(page.size() - 1).seq();
            }
            assertEquals(all, seen);
        }
        Seq head = all.get(13).seq();
        assertEquals(List.of(), read(s -> s.changes(head, 10)));
        assertEquals(List.of(), read(s -> s.changes(new Seq(head.value() + 100), 10)));
    }

    @Test
    void waiting_ends_at_once_when_the_feed_is_ahead() throws Exception {
        put(task("one"));
        assertTrue(store().await(Seq.START, PATIENCE));
        assertTrue(store().head().isAfter(Seq.START));
        assertEquals(store().head(), read(s -> s.seq()));
    }

    @Test
    void waiting_times_out_when_nothing_comes() throws Exception {
        put(task("one"));
        assertFalse(store().await(read(s -> s.seq()), Duration.ofMillis(20)));
        assertFalse(store().await(read(s -> s.seq()), Duration.ZERO));
    }

    @Test
    void waiting_ends_when_the_feed_grows() throws Exception {
        put(task("one"));
        Seq head = read(s -> s.seq());
        ExecutorService waiters = Executors.newVirtualThreadPerTaskExecutor();
        try {
            List<Future<Boolean>> woken = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                woken.add(waiters.submit(() -> store().await(head, PATIENCE)));
            }
            Change change = put(task("two")).get(0);
            for (Future<Boolean> each : woken) {
                assertTrue(each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            }
            assertEquals(List.of(change), read(s -> s.changes(head, 10)));
        } finally {
            waiters.shutdownNow();
        }
    }

    @Test
    void waiting_gives_way_to_an_interrupt() throws Exception {
        ExecutorService waiter = Executors.newSingleThreadExecutor();
        Future<Boolean> interrupted =
                waiter.submit(
                        () -> {
                            Thread.currentThread().interrupt();
                            assertThrows(
                                    InterruptedException.class,
                                    () -> store().await(Seq.START, PATIENCE));
                            return true;
                        });
        assertTrue(interrupted.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        waiter.shutdownNow();
    }

    @Test
    void a_numbered_change_keeps_its_place_and_later_ones_follow() {
        Task one = task("one");
        Task edited = retitled(one, "edited");
        Change first = draft(one).placed(new Seq(7), Seq.START);
        Change second = draft(edited).placed(new Seq(1_000_000_000_001L), new Seq(7));
        List<Change> kept = write(tx -> List.of(tx.apply(first), tx.apply(second)));
        assertEquals(List.of(first, second), kept);
        assertEquals(kept, feed());
        Change next = put(task("two")).get(0);
        assertTrue(next.seq().isAfter(second.seq()));
    }

    @Test
    void a_numbered_change_at_or_before_the_last_place_is_a_mistake() {
        Change last = put(task("one"), task("two")).get(1);
        for (Seq place : List.of(last.seq(), new Seq(last.seq().value() - 1))) {
            Change change = draft(task("late")).placed(place, Seq.START);
            assertThrows(IllegalArgumentException.class, () -> write(tx -> tx.apply(change)));
        }
        assertEquals(2, feed().size());
    }

    @Test
    void a_replayed_feed_gives_the_same_feed_and_the_same_state() throws Exception {
        Task one = task("one");
        put(one, label("home"));
        Task edited = retitled(one, "edited");
        put(edited);
        put(gone(edited));
        put(at(one, 8));
        List<Change> changes = feed();
        try (MemoryStore reference = new MemoryStore()) {
            for (Change change : changes) {
                assertEquals(change, reference.write(tx -> tx.apply(change)));
            }
        }
        closeStore();
        openStore();
        for (Change change : changes) {
            assertEquals(change, write(tx -> tx.apply(change)));
        }
        assertEquals(changes, feed());
        assertEquals(at(one, 8), read(s -> s.find(one.id())).orElseThrow());
    }

    /**
     * Goal: a follower never misses a change and never sees one twice, whatever the order in which
     * concurrent writers commit. Method: writers of many small transactions, some of which fail;
     * readers that go on from the last place they saw, by pages and by waiting.
     */
    @Test
    void a_follower_sees_each_change_of_many_writers_once_and_in_order() throws Exception {
        int writers = 4;
        int rounds = 60;
        AtomicInteger writing = new AtomicInteger(writers);
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<List<Change>>> followed = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                followed.add(threads.submit(() -> follow(writing)));
            }
            List<Future<Map<Seq, Change>>> written = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                written.add(threads.submit(() -> writeMany(rounds, writing)));
            }
            Map<Seq, Change> all = new HashMap<>();
            for (Future<Map<Seq, Change>> each : written) {
                all.putAll(each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            }
            for (Future<List<Change>> each : followed) {
                checkFollowed(all, each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Change> follow(AtomicInteger writing) throws InterruptedException {
        List<Change> seen = new ArrayList<>();
        Seq at = Seq.START;
        while (true) {
            boolean last = writing.get() == 0;
            Seq from = at;
            List<Change> page = read(s -> s.changes(from, 7));
            seen.addAll(page);
            if (!page.isEmpty()) {
                at = page.get(page.size() - 1).seq();
            } else if (last) {
                return seen;
            } else {
                store().await(at, Duration.ofMillis(50));
            }
        }
    }

    private Map<Seq, Change> writeMany(int rounds, AtomicInteger writing) {
        Map<Seq, Change> written = new HashMap<>();
        try {
            for (int i = 0; i < rounds; i++) {
                Task task = task("task " + i);
                List<Change> changes = put(task, retitled(task, "edited"), task("other"));
                changes.forEach(change -> written.put(change.seq(), change));
                refusal(() -> put(task("lost"), task));
            }
        } finally {
            writing.decrementAndGet();
        }
        return written;
    }

    private static void checkFollowed(Map<Seq, Change> written, List<Change> seen) {
        assertEquals(written.size(), seen.size());
        Seq before = Seq.START;
        Map<Image.Id<?>, Seq> last = new HashMap<>();
        for (Change change : seen) {
            assertTrue(change.seq().isAfter(before));
            assertEquals(written.get(change.seq()), change);
            Seq prev = last.put(change.image().id(), change.seq());
            assertEquals(prev == null ? Seq.START : prev, change.prev());
            before = change.seq();
        }
    }
}
