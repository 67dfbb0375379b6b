package dev.rocket.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The feed while places are open: taken by a transaction that has not ended.
 *
 * <p>Goal: no change appears behind a place that was given, none is lost, and none is held back
 * longer than the oldest open transaction lasts. Method: stragglers take places and commit late,
 * roll back or are killed, while another server writes and a third one's follower reads.
 */
final class OpenPlacesTest {

    private static final int PATIENCE_SECONDS = 60;

    private final PostgresConfig config = Server.fresh();
    private final Store writer = PostgresStore.open(config, Meter.NONE);
    private final Store reader = PostgresStore.open(config, Meter.NONE);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeEach
    void write_the_first() {
        write("first");
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        writer.close();
        reader.close();
    }

    private Change write(String title) {
        return writer.write(tx -> tx.apply(Straggler.birth(title)));
    }

    private static <T> T got(Future<T> future) throws Exception {
        return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Starts a write and waits until its state is there, though its answer may have to wait. */
    private Future<Change> begin(String title) throws Exception {
        Change draft = Straggler.birth(title);
        Future<Change> later = threads.submit(() -> writer.write(tx -> tx.apply(draft)));
        while (reader.read(s -> s.find(draft.image().id())).isEmpty()) {
            reader.await(reader.head(), Duration.ofMillis(5));
        }
        return later;
    }

    @Test
    void a_place_that_is_filled_late_comes_before_those_taken_after_it() throws Exception {
        Follower follower = new Follower(reader);
        List<Change> expected = new ArrayList<>(follower.until(1));
        try (Straggler straggler = new Straggler(config)) {
            Change late = straggler.take("late");
            Future<Change> later = begin("later");
            Seq before = reader.head();
            assertFalse(reader.await(before, Duration.ofMillis(200)));
            assertEquals(expected, follower.look());
            straggler.commit();
            expected.add(late);
            expected.add(got(later));
        }
        assertEquals(expected, follower.until(3));
    }

    @Test
    void a_place_that_is_given_up_holds_nobody_back() throws Exception {
        Follower follower = new Follower(reader);
        List<Change> expected = new ArrayList<>(follower.until(1));
        try (Straggler straggler = new Straggler(config)) {
            straggler.take("given up");
            Future<Change> later = begin("later");
            straggler.rollback();
            expected.add(got(later));
        }
        assertEquals(expected, follower.until(2));
    }

    @Test
    void a_place_whose_owner_is_killed_holds_nobody_back() throws Exception {
        Follower follower = new Follower(reader);
        List<Change> expected = new ArrayList<>(follower.until(1));
        try (Straggler straggler = new Straggler(config)) {
            straggler.take("killed");
            Future<Change> later = begin("later");
            straggler.kill();
            expected.add(got(later));
        }
        assertEquals(expected, follower.until(2));
    }

    @Test
    void who_writes_is_answered_after_a_while_though_a_place_before_stays_open() throws Exception {
        try (Straggler straggler = new Straggler(config)) {
            straggler.take("open");
            Future<Change> later = begin("later");
            List<Change> answered = new ArrayList<>(List.of(got(later)));
            assertTrue(answered.get(0).seq().isAfter(writer.head()));
            // Were each to wait anew, all together would outlast everybody's patience.
            Future<List<Change>> more = threads.submit(() -> writeMany(PATIENCE_SECONDS));
            answered.addAll(got(more));
            straggler.rollback();
            List<Change> feed = new Follower(reader).until(1 + answered.size());
            assertEquals(answered, feed.subList(1, feed.size()));
        }
    }

    @Test
    void a_transaction_that_writes_elsewhere_holds_nobody_back() throws Exception {
        try (Connection stranger = Server.connect(config);
                Statement statement = stranger.createStatement();
                Straggler straggler = new Straggler(config)) {
            stranger.setAutoCommit(false);
            statement.execute("CREATE TABLE stranger (id int)");
            straggler.take("given up");
            Future<Change> later = begin("later");
            straggler.rollback();
            assertEquals(got(later), new Follower(reader).until(2).get(1));
            stranger.rollback();
        }
    }

    @Test
    void a_server_that_starts_while_a_place_is_open_waits_for_it() throws Exception {
        try (Straggler straggler = new Straggler(config)) {
            Change late = straggler.take("late");
            Future<Change> later = begin("later");
            Future<PostgresStore> starting =
                    threads.submit(() -> PostgresStore.open(config, Meter.NONE));
            straggler.commit();
            try (Store third = got(starting)) {
                assertTrue(third.head().isAfter(late.seq()));
                List<Change> feed = new Follower(third).until(3);
                assertEquals(List.of(late, got(later)), feed.subList(1, 3));
            }
        }
    }

    @Test
    void a_read_of_feed_and_state_finds_both_at_one_place() throws Exception {
        try (Straggler straggler = new Straggler(config)) {
            Change late = straggler.take("late");
            Future<Change> later = begin("later");
            Future<List<Boolean>> both =
                    threads.submit(
                            () ->
                                    reader.read(
                                            s ->
                                                    List.of(
                                                            s.seq().isAfter(late.seq()),
                                                            s.find(late.image().id())
                                                                    .isPresent())));
            straggler.commit();
            assertEquals(List.of(true, true), got(both));
            got(later);
        }
    }

    @Test
    void stragglers_of_every_kind_leave_one_feed_for_all() throws Exception {
        long seed = Long.getLong("rocket.seed", System.nanoTime());
        System.out.println("stragglers_of_every_kind: -Drocket.seed=" + seed);
        Map<Seq, Change> kept = new ConcurrentHashMap<>();
        Change first = new Follower(reader).until(1).get(0);
        kept.put(first.seq(), first);
        List<Future<Boolean>> work = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Random random = new Random(seed + i);
            work.add(threads.submit(() -> straggle(random, kept)));
            work.add(threads.submit(() -> writeMany(kept)));
        }
        Follower here = new Follower(writer);
        Follower there = new Follower(reader);
        boolean done = false;
        while (!done) {
            done = work.stream().allMatch(Future::isDone);
            here.look();
            there.look();
        }
        for (Future<Boolean> each : work) {
            assertTrue(got(each));
        }
        List<Change> expected = List.copyOf(new TreeMap<>(kept).values());
        assertEquals(expected, here.until(expected.size()));
        assertEquals(expected, there.until(expected.size()));
    }

    private boolean straggle(Random random, Map<Seq, Change> kept) throws SQLException {
        for (int i = 0; i < 25; i++) {
            try (Straggler straggler = new Straggler(config)) {
                List<Change> taken = new ArrayList<>();
                for (int n = 0; n <= random.nextInt(3); n++) {
                    taken.add(straggler.take("straggler " + i));
                }
                switch (random.nextInt(3)) {
                    case 0 -> straggler.rollback();
                    case 1 -> straggler.kill();
                    default -> {
                        straggler.commit();
                        taken.forEach(change -> kept.put(change.seq(), change));
                    }
                }
            }
        }
        return true;
    }

    private List<Change> writeMany(int count) {
        List<Change> written = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            written.add(write("behind " + i));
        }
        return written;
    }

    private boolean writeMany(Map<Seq, Change> kept) {
        for (int i = 0; i < 50; i++) {
            Change change = write("writer " + i);
            kept.put(change.seq(), change);
        }
        return true;
    }
}
