package dev.rocket.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Digest;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Task;
import dev.rocket.core.operation.VerifyStore;
import dev.rocket.core.port.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A feed whose superseded changes were forgotten tells the same state.
 *
 * <p>Method: a store is written to at random, a copy of its feed is kept, and it is compacted up to
 * places drawn by lot. Whoever reads from any place must come to the same state as before.
 */
public abstract class CompactionContract extends Contract {

    private static final int WRITES = 400;

    private VerifyStore.Report verify() {
        return new VerifyStore(store()).run(looked -> {});
    }

    /** What a reader holds that was given everything behind a place. */
    private static Map<Image.Id<?>, Image> held(List<Change> feed, Seq after) {
        Map<Image.Id<?>, Image> held = new HashMap<>();
        for (Change change : feed) {
            if (change.seq().isAfter(after)) {
                held.put(change.image().id(), change.image());
            }
        }
        return held;
    }

    @Test
    void only_what_a_change_in_the_stretch_follows_is_forgotten() {
        Task task = task("one");
        Label label = label("other");
        Seq first = put(task, label).get(1).seq();
        Task second = retitled(task, "two");
        Change next = put(second).get(0);
        Change last = put(retitled(second, "three")).get(0);
        assertEquals(
                0, (int) write(tx -> tx.forget(new Transaction.Old.Superseded(Seq.START, first))));
        assertEquals(
                1, (int) write(tx -> tx.forget(new Transaction.Old.Superseded(first, next.seq()))));
        assertEquals(
                0, (int) write(tx -> tx.forget(new Transaction.Old.Superseded(first, next.seq()))));
        assertEquals(3, feed().size());
        assertEquals(
                1,
                (int)
                        write(
                                tx ->
                                        tx.forget(
                                                new Transaction.Old.Superseded(
                                                        next.seq(), last.seq()))));
        assertEquals(List.of(first, last.seq()), feed().stream().map(Change::seq).toList());
        assertEquals(next.seq(), feed().get(1).prev(), "what is left stays as it was");
        assertEquals(List.of(), verify().problems());
        assertEquals(last.seq(), read(s -> s.lastChange(task.id())));
    }

    @Test
    void a_deletion_stays_and_the_entity_goes_on_counting() {
        Task task = task("one");
        put(task);
        Change deletion = put(gone(task)).get(0);
        assertEquals(
                1,
                (int)
                        write(
                                tx ->
                                        tx.forget(
                                                new Transaction.Old.Superseded(
                                                        Seq.START, deletion.seq()))));
        assertEquals(List.of(deletion), feed());
        Change back = put(at(task, 3)).get(0);
        assertEquals(deletion.seq(), back.prev());
        assertEquals(List.of(), verify().problems());
    }

    @Test
    void whoever_reads_from_any_place_comes_to_the_same_state() {
        long seed = seed("CompactionContract");
        Random random = new Random(seed);
        RandomFeed.fill(store(), seed, WRITES);
        List<Change> whole = feed();
        assertEquals(List.of(), verify().problems());
        Digest digest = verify().digest();
        Set<Seq> gone = new HashSet<>();
        Seq from = Seq.START;
        for (int at = 0; at < whole.size(); ) {
            at = Math.min(whole.size(), at + 1 + random.nextInt(200));
            Seq after = from;
            Seq upTo = whole.get(at - 1).seq();
            write(tx -> tx.forget(new Transaction.Old.Superseded(after, upTo)));
            from = upTo;
            whole.stream()
                    .filter(change -> !change.seq().isAfter(upTo))
                    .forEach(change -> gone.add(change.prev()));
            List<Change> left = new ArrayList<>(whole);
            left.removeIf(change -> gone.contains(change.seq()));
            assertEquals(left, feed());
            VerifyStore.Report report = verify();
            assertEquals(List.of(), report.problems());
            assertEquals(digest, report.digest());
        }
        List<Change> left = feed();
        assertEquals(held(left, Seq.START).size(), left.size(), "one change an entity");
        for (int i = 0; i < 50; i++) {
            Seq cursor = whole.get(random.nextInt(whole.size())).seq();
            assertEquals(held(whole, cursor), held(left, cursor));
        }
    }
}
