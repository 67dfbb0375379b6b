package dev.rocket.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Change;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a store does when the database, or the way there, fails. */
final class FaultsTest {

    private static final int PATIENCE_SECONDS = 60;

    private final PostgresConfig config = Server.fresh();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    private static Change write(Store store, String title) {
        return store.write(tx -> tx.apply(Straggler.birth(title)));
    }

    private static Kind refused(PostgresConfig config) {
        return assertThrows(
                        StoreException.class, () -> PostgresStore.open(config, Meter.NONE).close())
                .kind();
    }

    private static void run(PostgresConfig config, String sql) throws SQLException {
        try (Connection operator = Server.connect(config);
                Statement statement = operator.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void an_address_where_nobody_listens_is_unavailable() {
        assertEquals(
                Kind.UNAVAILABLE, refused(PostgresConfig.at("postgres://me@localhost:1/tasks")));
    }

    @Test
    void a_database_that_is_not_there_is_foreign() {
        PostgresConfig other = PostgresConfig.at(Server.url().replaceFirst("\\w+$", "nowhere"));
        assertEquals(Kind.FOREIGN, refused(other));
    }

    @Test
    void a_user_that_is_not_let_in_is_unavailable_and_told_what_to_check() {
        PostgresConfig stranger =
                PostgresConfig.at(Server.url().replace("postgres@", "stranger:hush@"));
        StoreException told =
                assertThrows(StoreException.class, () -> PostgresStore.open(stranger, Meter.NONE));
        assertEquals(Kind.UNAVAILABLE, told.kind());
        String message = String.valueOf(told.getMessage());
        assertTrue(message.contains("check user and password"), message);
        assertFalse(message.contains("hush"), message);
    }

    @Test
    void a_schema_that_is_only_validated_is_not_made() {
        assertEquals(Kind.FOREIGN, refused(config.withValidate(true)));
        PostgresStore.open(config, Meter.NONE).close();
        PostgresStore.open(config.withValidate(true), Meter.NONE).close();
    }

    @Test
    void a_schema_that_was_applied_by_hand_is_used() throws SQLException {
        run(config, PostgresSchema.sql(config.schema(), 0));
        try (Store store = PostgresStore.open(config.withValidate(true), Meter.NONE)) {
            assertEquals(1, write(store, "first").seq().value());
        }
    }

    @Test
    void a_schema_of_a_newer_version_is_foreign() throws SQLException {
        PostgresStore.open(config, Meter.NONE).close();
        run(config, "UPDATE rocket SET version = 99");
        assertEquals(Kind.FOREIGN, refused(config));
    }

    @Test
    void servers_that_start_together_make_the_schema_once() throws Exception {
        List<Future<PostgresStore>> opening = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            opening.add(threads.submit(() -> PostgresStore.open(config, Meter.NONE)));
        }
        for (Future<PostgresStore> each : opening) {
            try (Store store = each.get(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                write(store, "there");
            }
        }
    }

    @Test
    void a_pool_that_is_used_up_is_overloaded_within_a_bound() throws Exception {
        PostgresConfig small = config.withConnections(1).withPatience(Duration.ofMillis(300));
        try (Store store = PostgresStore.open(small, Meter.NONE)) {
            CountDownLatch held = new CountDownLatch(1);
            CountDownLatch enough = new CountDownLatch(1);
            Future<Boolean> holder =
                    threads.submit(
                            () ->
                                    store.write(
                                            tx -> {
                                                tx.seq();
                                                held.countDown();
                                                return waited(enough);
                                            }));
            assertTrue(waited(held));
            StoreException told =
                    assertThrows(StoreException.class, () -> write(store, "too much"));
            assertEquals(Kind.OVERLOADED, told.kind());
            assertTrue(told.mayRetry());
            enough.countDown();
            assertTrue(holder.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            write(store, "fits again");
        }
    }

    private static boolean waited(CountDownLatch latch) {
        try {
            return latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void connections_that_are_all_cut_are_replaced_and_nothing_is_missed() throws Exception {
        try (Store writer = PostgresStore.open(config, Meter.NONE);
                Store reader = PostgresStore.open(config, Meter.NONE)) {
            List<Change> written = new ArrayList<>();
            Follower follower = new Follower(reader);
            for (int i = 0; i < 3; i++) {
                written.add(write(writer, "before " + i));
                assertEquals(written, follower.until(written.size()));
                run(
                        config,
                        "SELECT pg_terminate_backend(pid, 30000) FROM pg_stat_activity"
                                + " WHERE application_name LIKE 'rocket-%'");
                written.add(write(writer, "after " + i));
                assertEquals(written, follower.until(written.size()));
            }
            assertEquals(Optional.empty(), writer.probe().trouble(Duration.ofSeconds(30)));
        }
    }

    /**
     * Goal: a commit whose answer is lost is looked up, not guessed. Method: a proxy before the
     * server passes a commit on, swallows the answer and cuts the connection; or cuts it before.
     */
    @Test
    void a_commit_whose_answer_is_lost_is_looked_up() throws Exception {
        try (CuttingProxy proxy = new CuttingProxy(Server.port());
                Store store =
                        PostgresStore.open(Server.through(proxy.port(), config), Meter.NONE)) {
            write(store, "first");
            proxy.cut(CuttingProxy.Side.AFTER_COMMIT);
            Change kept = write(store, "kept");
            assertEquals(kept, new Follower(store).until(2).get(1));
            proxy.cut(CuttingProxy.Side.BEFORE_COMMIT);
            StoreException told = assertThrows(StoreException.class, () -> write(store, "lost"));
            assertEquals(Kind.UNAVAILABLE, told.kind());
            Change last = write(store, "last");
            assertEquals(last, new Follower(store).until(3).get(2));
            assertEquals(2, proxy.cuts());
        }
    }
}
