package dev.rocket.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.Contract;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Refusal;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Task;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a benchmark compares with does the same work, in a schema that is thrown away. */
final class PlainStoreTest extends Contract {

    private static final int WRITERS = 8;
    private static final int EACH = 25;

    private final PostgresConfig config =
            Server.fresh().withSchema(ThrowAway.name(new Random(System.nanoTime())));

    @Override
    protected Store open() {
        return PlainStore.open(config);
    }

    private static Change edit(Store store, Task.Id id, String title) {
        return store.write(tx -> tx.apply(draft(next(tx.find(id).orElseThrow(), title))));
    }

    private static Task next(Task task, String title) {
        return retitled(task, title);
    }

    @Test
    void writers_at_a_time_get_places_one_after_another_and_lose_nothing() throws Exception {
        Task task = task("shared");
        put(task);
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                running.add(
                        writers.submit(
                                () -> {
                                    for (int j = 0; j < EACH; j++) {
                                        edit(store(), task.id(), "edit " + j);
                                    }
                                }));
            }
            for (Future<?> writer : running) {
                writer.get();
            }
        }
        int all = 1 + WRITERS * EACH;
        assertEquals(
                LongStream.rangeClosed(1, all).boxed().toList(),
                feed().stream().map(change -> change.seq().value()).toList());
        assertEquals(new Seq(all), store().head());
        assertEquals(all, read(s -> s.find(task.id())).orElseThrow().revision().value());
    }

    @Test
    void it_leaves_what_the_store_leaves() {
        Task task = task("first");
        put(task, label("one"));
        edit(store(), task.id(), "second");
        List<Image> plain = all(Image.Kind.TASK);
        List<Change> feed = feed();
        try (Store same = PostgresStore.open(config, Meter.NONE)) {
            assertEquals(plain, same.read(s -> List.of(s.find(task.id()).orElseThrow())));
            assertEquals(feed, same.read(s -> s.changes(Seq.START, 10)));
        }
    }

    @Test
    void a_stale_revision_is_refused_and_leaves_no_place() {
        Task task = task("first");
        put(task);
        Refusal refusal = refusal(() -> put(task));
        assertEquals(new Refusal.Stale(task.id(), task.revision()), refusal);
        put(next(task, "second"));
        assertEquals(2, feed().getLast().seq().value());
    }

    @Test
    void a_schema_that_is_kept_is_refused_and_not_dropped() throws SQLException {
        PostgresConfig kept = Server.fresh();
        try (Connection own = Server.connect(kept);
                Statement statement = own.createStatement()) {
            statement.execute("CREATE SCHEMA " + kept.schema());
            statement.execute("CREATE TABLE precious (id int)");
            assertThrows(IllegalArgumentException.class, () -> PlainStore.open(kept));
            assertThrows(IllegalArgumentException.class, () -> ThrowAway.drop(kept));
            statement.execute("INSERT INTO precious VALUES (1)");
        }
        for (String name : List.of("rocket", "rocket_bench_", "rocket_bench_0123", "public")) {
            assertFalse(ThrowAway.isName(name), name);
        }
    }

    @Test
    void a_schema_is_thrown_away_with_all_that_it_holds() throws SQLException {
        put(task("gone"));
        ThrowAway.drop(config);
        ThrowAway.drop(config);
        try (Connection own = Server.connect(config);
                Statement statement = own.createStatement()) {
            var row =
                    statement.executeQuery(
                            "SELECT to_regnamespace('" + config.schema() + "') IS NULL");
            assertTrue(row.next() && row.getBoolean(1));
        }
    }
}
