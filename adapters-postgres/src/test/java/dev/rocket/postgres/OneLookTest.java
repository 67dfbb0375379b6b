package dev.rocket.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Revision;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskEdit;
import dev.rocket.core.model.TaskFilter;
import dev.rocket.core.model.TaskOrder;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reads by one statement, and those that need a transaction after all. */
final class OneLookTest {

    private static final int PATIENCE_SECONDS = 60;
    private static final Instant NOW = Instant.parse("2026-03-29T07:30:00Z");

    private final PostgresConfig config =
            Server.fresh().withConnections(2).withPatience(Duration.ofMillis(400));
    private final Store reader = PostgresStore.open(config, Meter.NONE);
    private final Store writer =
            PostgresStore.open(
                    config.withConnections(8).withPatience(Duration.ofSeconds(30)), Meter.NONE);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
        reader.close();
        writer.close();
    }

    private Task birth(String title) {
        return (Task) writer.write(tx -> tx.apply(Straggler.birth(title))).image();
    }

    private static Task found(Snapshot snapshot, Task.Id id) {
        return snapshot.find(id).orElseThrow();
    }

    private static Change edit(Task task, String title) {
        Task after = task.edit(TaskEdit.of(new TaskEdit.Title(title)), NOW);
        return Change.draft(Actor.system("test"), "task.edit", NOW, after);
    }

    /** What a reader's connection ran last, other than what each begins with. */
    private String lastStatement() throws SQLException {
        try (Connection operator = Server.connect(config);
                Statement statement = operator.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT query FROM pg_stat_activity"
                                        + " WHERE application_name = 'rocket-reader'"
                                        + " AND query <> '' AND query NOT LIKE 'SET %'"
                                        + " ORDER BY state_change DESC LIMIT 1")) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void a_read_that_looks_once_begins_no_transaction_and_ends_none() throws SQLException {
        Task task = birth("one");
        Listing.Tasks all = new Listing.Tasks(TaskFilter.ANY, TaskOrder.POSITION, Cursor.START, 10);
        List<Function<Snapshot, Object>> looks =
                List.of(
                        s -> s.find(task.id()),
                        s -> s.page(all),
                        s -> s.keyed(Image.Kind.LABEL, "none"),
                        s -> s.lastChange(task.id()),
                        s -> List.of(s.seq(), s.changes(Seq.START, 10), s.seq()));
        for (Function<Snapshot, Object> look : looks) {
            reader.read(look);
            assertEquals("SELECT", lastStatement().substring(0, 6));
        }
        reader.read(s -> List.of(s.find(task.id()), s.find(task.id())));
        assertEquals("ROLLBACK", lastStatement());
    }

    /**
     * Goal: a second look sees the instant of the first. Method: two tasks always get the same new
     * title together, and they do between the two looks.
     */
    @Test
    void two_looks_see_one_instant() {
        Task.Id one = birth("0").id();
        Task.Id two = birth("0").id();
        for (int i = 1; i <= 20; i++) {
            String next = "" + i;
            List<String> titles =
                    reader.read(
                            s -> {
                                String first = found(s, one).title();
                                writer.write(
                                        tx -> {
                                            tx.apply(edit(found(tx, one), next));
                                            return tx.apply(edit(found(tx, two), next));
                                        });
                                return List.of(first, found(s, two).title());
                            });
            assertEquals(titles.get(0), titles.get(1));
        }
    }

    @Test
    void the_feed_goes_as_far_as_the_place_that_was_told() throws Exception {
        Task task = birth("first");
        new Follower(reader).until(1);
        List<Object> told =
                reader.read(
                        s -> {
                            Seq end = s.seq();
                            birth("meanwhile");
                            return List.of(end, last(s).seq(), s.seq());
                        });
        assertEquals(told.get(0), told.get(1));
        assertEquals(told.get(0), told.get(2));
        assertEquals(Revision.FIRST, reader.read(s -> found(s, task.id())).revision());
    }

    private static Change last(Snapshot snapshot) {
        List<Change> changes = snapshot.changes(Seq.START, 100);
        return changes.get(changes.size() - 1);
    }

    @Test
    void who_goes_on_after_a_second_look_was_refused_is_begun_anew() {
        Task task = birth("there");
        Optional<Task> found =
                reader.read(
                        s -> {
                            s.seq();
                            try {
                                return s.find(task.id());
                            } catch (RuntimeException e) {
                                return Optional.empty();
                            }
                        });
        assertEquals(Optional.of(task), found);
    }

    @Test
    void many_who_ask_together_each_get_their_own() throws Exception {
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            tasks.add(birth("task " + i));
        }
        List<Future<Optional<Task>>> found = new ArrayList<>();
        for (Task task : tasks) {
            found.add(threads.submit(() -> writer.read(s -> s.find(task.id()))));
            Task.Id nobody = new Task.Id(UUID.randomUUID());
            found.add(threads.submit(() -> writer.read(s -> s.find(nobody))));
        }
        for (int i = 0; i < tasks.size(); i++) {
            assertEquals(Optional.of(tasks.get(i)), got(found.get(2 * i)));
            assertEquals(Optional.empty(), got(found.get(2 * i + 1)));
        }
    }

    @Test
    void finds_that_get_no_connection_are_overloaded_within_a_bound() throws Exception {
        Task.Id id = birth("there").id();
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(1);
        Future<Boolean> holder =
                threads.submit(
                        () ->
                                reader.read(
                                        s -> {
                                            s.find(id);
                                            s.find(id);
                                            held.countDown();
                                            return waited(enough);
                                        }));
        waited(held);
        List<Future<Optional<Task>>> finds = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            finds.add(threads.submit(() -> reader.read(s -> s.find(id))));
        }
        for (Future<Optional<Task>> find : finds) {
            Throwable why = assertThrows(ExecutionException.class, () -> got(find)).getCause();
            assertEquals(Kind.OVERLOADED, assertInstanceOf(StoreException.class, why).kind());
        }
        enough.countDown();
        assertEquals(true, got(holder));
        assertEquals("there", reader.read(s -> found(s, id)).title());
    }

    private static boolean waited(CountDownLatch latch) {
        try {
            return latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static <T> T got(Future<T> future) throws Exception {
        return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
