package dev.rocket.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.rocket.core.contract.ForwardingStore;
import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.contract.Samples;
import dev.rocket.core.model.Digest;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Position;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskEdit;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * The digest of a place long past is what it was then.
 *
 * <p>Method: a store is written to at random, with edits, deletions and returns, and its digest is
 * taken at each place. Later all of these digests are asked for, while each read of the store is
 * preceded by more writes.
 */
final class PastDigestTest {

    private static final int TASKS = 450;
    private static final Instant NOW = Instant.parse("2026-03-29T07:30:00Z");

    private final Random random;
    private final Samples samples;
    private final Store store = new MemoryStore();
    private final List<Image> alive = new ArrayList<>();
    private final List<Image.Gone> dead = new ArrayList<>();

    PastDigestTest() {
        long seed = System.nanoTime();
        System.out.println("PastDigestTest: seed " + seed);
        random = new Random(seed);
        samples = new Samples(random);
    }

    private void writeOne() {
        int lot = alive.size() < TASKS ? 0 : random.nextInt(10);
        if (lot < 2) {
            Task task = samples.task(Optional.empty());
            apply(task);
            alive.add(task);
        } else if (lot < 8) {
            int at = random.nextInt(alive.size());
            Task task = (Task) alive.get(at);
            Task edited = task.edit(TaskEdit.of(new TaskEdit.Title(samples.words(2))), NOW);
            apply(edited);
            alive.set(at, edited);
        } else if (lot == 8) {
            Image image = alive.remove(random.nextInt(alive.size()));
            Image.Gone gone = new Image.Gone(image.id(), image.revision().next());
            apply(gone);
            dead.add(gone);
        } else if (!dead.isEmpty()) {
            Image.Gone gone = dead.remove(random.nextInt(dead.size()));
            Task blank = Task.titled((Task.Id) gone.id(), "back", Position.ofBirth(1), NOW);
            Task back = blank.with(TaskEdit.of(), gone.revision().next(), blank.stamp());
            apply(back);
            alive.add(back);
        }
    }

    private void apply(Image image) {
        SampleStore.apply(store, image);
    }

    private Digest now() {
        return store.read(snapshot -> RangeDigests.of(snapshot, looked -> {})).total();
    }

    @Test
    void every_place_has_the_digest_that_it_had_though_writes_go_on() {
        Map<Long, Digest> then = new TreeMap<>();
        while (alive.size() < TASKS) {
            writeOne();
        }
        for (int i = 0; i < 40; i++) {
            then.put(store.head().value(), now());
            writeOne();
        }
        Store busy = new Busy();
        then.forEach(
                (seq, digest) ->
                        assertEquals(
                                digest,
                                PastDigest.of(busy, new Seq(seq), looked -> {}).orElseThrow(),
                                "at " + seq));
        assertNotEquals(now(), then.values().iterator().next());
    }

    @Test
    void an_entity_that_differs_is_not_passed_over() {
        writeOne();
        writeOne();
        Seq at = store.head();
        Digest digest = now();
        TamperedStore tampered = new TamperedStore(store);
        tampered.list(alive.get(0).id(), Optional.empty());
        assertNotEquals(digest, PastDigest.of(tampered, at, looked -> {}).orElseThrow());
    }

    /** Writes before each read. */
    private final class Busy extends ForwardingStore {

        @Override
        protected Store real() {
            return store;
        }

        @Override
        public <T> T read(Function<? super Snapshot, ? extends T> work) {
            writeOne();
            writeOne();
            return store.read(work);
        }
    }
}
