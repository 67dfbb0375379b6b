package dev.rocket.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Open places, and the proof that they are dead. */
final class GapsTest {

    private static final Set<Long> NOBODY = Set.of();

    private static List<Long> places(long... places) {
        return LongStream.of(places).boxed().toList();
    }

    @Test
    void places_without_a_gap_move_the_mark() {
        Gaps gaps = new Gaps(0);
        gaps.observe(NOBODY, places(1, 2, 3), Gaps.NONE);
        assertEquals(3, gaps.mark());
        assertFalse(gaps.isBlocked());
    }

    @Test
    void an_open_place_holds_the_mark_until_it_is_filled() {
        Gaps gaps = new Gaps(4);
        gaps.observe(Set.of(70L), places(5, 7, 8), Gaps.NONE);
        assertEquals(5, gaps.mark());
        assertTrue(gaps.isBlocked());
        gaps.observe(NOBODY, places(6, 7, 8), Gaps.NONE);
        assertEquals(8, gaps.mark());
        assertFalse(gaps.isBlocked());
    }

    @Test
    void an_owner_that_no_snapshot_lists_yet_holds_the_mark() {
        Gaps gaps = new Gaps(0);
        gaps.observe(NOBODY, places(2), Gaps.NONE);
        gaps.observe(NOBODY, places(2), Gaps.NONE);
        assertEquals(0, gaps.mark());
    }

    @Test
    void a_place_is_dead_when_all_below_the_bound_have_ended() {
        Gaps gaps = new Gaps(0);
        gaps.observe(NOBODY, places(2), Gaps.NONE);
        gaps.observe(Set.of(70L, 71L, 81L), places(2), 80);
        assertEquals(0, gaps.mark());
        gaps.observe(Set.of(71L, 81L), places(2), Gaps.NONE);
        assertEquals(0, gaps.mark());
        gaps.observe(Set.of(81L, 90L), places(2, 3), Gaps.NONE);
        assertEquals(3, gaps.mark());
    }

    @Test
    void a_gap_that_is_first_seen_after_the_bound_is_not_judged_by_it() {
        Gaps gaps = new Gaps(0);
        gaps.observe(NOBODY, places(2), 80);
        assertEquals(0, gaps.mark());
        gaps.observe(NOBODY, places(2), 90);
        assertEquals(2, gaps.mark());
    }

    @Test
    void who_holds_no_lock_on_the_feed_is_cleared() {
        Gaps gaps = new Gaps(0);
        gaps.observe(NOBODY, places(2), Gaps.NONE);
        gaps.observe(Set.of(70L, 71L), places(2), 80);
        gaps.clear(id -> id == 71);
        gaps.observe(Set.of(70L, 71L), places(2), Gaps.NONE);
        assertEquals(0, gaps.mark());
        gaps.clear(id -> false);
        gaps.observe(Set.of(70L, 71L), places(2), Gaps.NONE);
        assertEquals(2, gaps.mark());
    }

    @Test
    void a_part_of_a_gap_that_is_filled_leaves_the_rest_as_it_was() {
        Gaps gaps = new Gaps(0);
        gaps.observe(NOBODY, places(10), Gaps.NONE);
        gaps.observe(Set.of(70L), places(10), 80);
        gaps.observe(Set.of(70L), places(5, 10), Gaps.NONE);
        assertEquals(0, gaps.mark());
        gaps.observe(Set.of(90L), places(5, 10), Gaps.NONE);
        assertEquals(10, gaps.mark());
    }

    @Test
    void own_places_without_a_gap_move_the_mark_without_a_look() {
        Gaps gaps = new Gaps(4);
        gaps.ended(6, true);
        assertEquals(4, gaps.mark());
        assertTrue(gaps.isWaiting());
        gaps.ended(5, true);
        assertEquals(6, gaps.mark());
        assertFalse(gaps.isWaiting());
    }

    @Test
    void an_own_place_that_was_given_up_is_passed_and_never_shown() {
        Gaps gaps = new Gaps(0);
        gaps.ended(1, false);
        assertEquals(0, gaps.mark());
        assertFalse(gaps.isWaiting());
        gaps.ended(2, true);
        assertEquals(2, gaps.mark());
        gaps.ended(3, false);
        gaps.observe(NOBODY, places(4), Gaps.NONE);
        assertEquals(4, gaps.mark());
    }

    @Test
    void a_look_from_before_an_own_commit_takes_nothing_back() {
        Gaps gaps = new Gaps(0);
        gaps.ended(1, true);
        gaps.ended(2, true);
        gaps.observe(NOBODY, places(1), Gaps.NONE);
        assertEquals(2, gaps.mark());
        gaps.ended(4, true);
        gaps.observe(Set.of(70L), places(5), Gaps.NONE);
        assertEquals(2, gaps.mark());
        assertTrue(gaps.isBlocked());
        gaps.ended(3, true);
        assertEquals(4, gaps.mark());
        gaps.observe(NOBODY, places(5), Gaps.NONE);
        assertEquals(5, gaps.mark());
    }

    /**
     * Goal: the mark never passes a place that is filled later, and passes every dead one once
     * nobody writes. Method: a model of a server with transactions that take ids and places, commit
     * and roll back at random; snapshots list as the server does, only ids up to the one that ended
     * last; a look every few steps, sometimes with a bound. What became of every other transaction
     * is told as that of an own one, some time after its end.
     */
    @Test
    void the_mark_never_passes_a_place_that_may_be_filled() {
        long seed = Long.getLong("rocket.seed", System.nanoTime());
        System.out.println("the_mark_never_passes_a_place_…: -Drocket.seed=" + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            new Model(random).run(400);
        }
    }

    private static final class Model {

        private final Random random;
        private final List<Writer> writers = new ArrayList<>();
        private final TreeSet<Long> filled = new TreeSet<>();
        private final TreeMap<Long, Boolean> untold = new TreeMap<>();
        private final Gaps gaps = new Gaps(0);
        private long nextId = 10;
        private long lastEnded = 9;
        private long nextPlace = 1;

        private record Writer(long id, List<Long> places) {}

        Model(Random random) {
            this.random = random;
        }

        void run(int steps) {
            for (int i = 0; i < steps; i++) {
                switch (random.nextInt(7)) {
                    case 0, 1 -> writers.add(new Writer(nextId++, new ArrayList<>()));
                    case 2, 3 -> take();
                    case 4 -> end(random.nextInt(3) > 0);
                    case 5 -> tell();
                    default -> look(random.nextInt(4) == 0);
                }
            }
            while (!writers.isEmpty()) {
                end(random.nextBoolean());
            }
            while (!untold.isEmpty()) {
                tell();
            }
            look(false);
            look(true);
            assertEquals(filled.isEmpty() ? 0 : filled.last(), gaps.mark());
        }

        private void take() {
            if (!writers.isEmpty()) {
                writers.get(random.nextInt(writers.size())).places().add(nextPlace++);
            }
        }

        private void end(boolean commits) {
            if (writers.isEmpty()) {
                return;
            }
            Writer writer = writers.remove(random.nextInt(writers.size()));
            lastEnded = Math.max(lastEnded, writer.id());
            if (commits) {
                for (long place : writer.places()) {
                    assertTrue(place > gaps.mark(), "filled behind the mark: " + place);
                    filled.add(place);
                }
            }
            if (writer.id() % 2 == 0) {
                writer.places().forEach(place -> untold.put(place, commits));
            }
        }

        private void tell() {
            if (!untold.isEmpty()) {
                List<Long> places = List.copyOf(untold.keySet());
                long place = places.get(random.nextInt(places.size()));
                gaps.ended(place, Boolean.TRUE.equals(untold.remove(place)));
            }
        }

        private void look(boolean asks) {
            long bound = Gaps.NONE;
            if (asks) {
                bound = nextId++;
                lastEnded = Math.max(lastEnded, bound);
            }
            Set<Long> running = new HashSet<>();
            for (Writer writer : writers) {
                if (writer.id() <= lastEnded) {
                    running.add(writer.id());
                }
            }
            List<Long> seen = List.copyOf(filled.tailSet(gaps.mark(), false));
            if (random.nextBoolean()) {
                tell();
            }
            gaps.observe(running, seen, bound);
        }
    }
}
