package dev.rocket.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Status;
import dev.rocket.core.model.Task;
import dev.rocket.core.port.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SeedStoreTest {

    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-03-29T07:30:00Z"));

    private static Store seeded(int tasks) {
        Store store = new MemoryStore();
        assertTrue(SeedStore.fits(store));
        List<Long> told = new ArrayList<>();
        new SeedStore(store, CLOCK, new Random(7)).run(tasks, told::add);
        assertEquals(tasks, told.getLast());
        return store;
    }

    private static List<Image> all(Store store, Image.Kind kind) {
        return store.read(
                snapshot -> {
                    List<Image> all = new ArrayList<>();
                    for (Pages pages = new Pages(snapshot, kind); pages.hasNext(); ) {
                        all.addAll(pages.next().items());
                    }
                    return all;
                });
    }

    @Test
    void as_many_tasks_as_wished_are_there_with_what_belongs_to_them() {
        Store store = seeded(450);
        List<Image> tasks = all(store, Image.Kind.TASK);
        assertEquals(450, tasks.size());
        for (Status status : Status.values()) {
            assertTrue(tasks.stream().anyMatch(one -> ((Task) one).status() == status));
        }
        assertTrue(tasks.stream().anyMatch(one -> ((Task) one).links().parent().isPresent()));
        for (Image.Kind kind : Image.Kind.values()) {
            boolean own = kind != Image.Kind.TOKEN && kind != Image.Kind.JOB;
            assertEquals(own, !all(store, kind).isEmpty(), kind.wire());
        }
        assertTrue(new VerifyStore(store).run(looked -> {}).agrees());
        assertFalse(SeedStore.fits(store));
    }

    @Test
    void the_same_chance_gives_the_same_data() {
        Store one = seeded(60);
        Store other = seeded(60);
        assertTrue(
                new CompareStores(one, other).run(CompareStores.Places.KEPT, looked -> {}).equal());
    }
}
