package dev.rocket.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.port.Loader;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A schema that is older: who may have it, and who waits. */
final class PostgresUpgradeTest {

    private static final int PATIENCE_SECONDS = 30;

    private final PostgresConfig config = Server.fresh();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private void make(int version) {
        try (Loader loader = PostgresLoader.open(config, version)) {
            loader.finish(made -> {});
        }
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = Server.connect(config);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Waits until another session waits for an advisory lock. */
    private void awaitWaiter() throws SQLException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try (Connection connection = Server.connect(config)) {
            Statements sql = new Statements(connection);
            String waiting =
                    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
            while (sql.number(waiting) == 0) {
                assertTrue(System.nanoTime() < end, "nobody waits");
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
    }

    private static <T> T soon(Future<T> future) throws Exception {
        return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void what_needs_no_change_is_not_held() {
        assertEquals(Optional.empty(), PostgresUpgrade.hold(config));
        make(PostgresSchema.version());
        assertEquals(Optional.empty(), PostgresUpgrade.hold(config));
        assertEquals(Optional.empty(), PostgresUpgrade.beside(config));
        PostgresStore.open(config, Meter.NONE).close();
    }

    @Test
    void of_two_that_start_together_one_advances_it_and_the_other_finds_it_done() throws Exception {
        make(1);
        Future<Optional<PostgresUpgrade>> second;
        try (PostgresUpgrade first = PostgresUpgrade.hold(config).orElseThrow()) {
            assertEquals(1, first.from());
            second = threads.submit(() -> PostgresUpgrade.hold(config));
            awaitWaiter();
            first.advance(made -> {});
        }
        assertEquals(Optional.empty(), soon(second));
        PostgresStore.open(config, Meter.NONE).close();
    }

    @Test
    void of_two_the_other_advances_it_when_the_first_failed() throws Exception {
        make(1);
        Future<Optional<PostgresUpgrade>> second;
        try (PostgresUpgrade first = PostgresUpgrade.hold(config).orElseThrow()) {
            second = threads.submit(() -> PostgresUpgrade.hold(config));
            awaitWaiter();
            assertEquals(1, first.from());
        }
        try (PostgresUpgrade then = soon(second).orElseThrow()) {
            then.advance(made -> {});
        }
        PostgresStore.open(config, Meter.NONE).close();
    }

    @Test
    void a_server_that_starts_meanwhile_waits_until_it_is_done() throws Exception {
        make(1);
        Future<PostgresStore> server;
        try (PostgresUpgrade held = PostgresUpgrade.hold(config).orElseThrow()) {
            server = threads.submit(() -> PostgresStore.open(config, Meter.NONE));
            awaitWaiter();
            assertFalse(server.isDone());
            held.advance(made -> {});
        }
        soon(server).close();
    }

    @Test
    void a_server_that_has_it_open_is_told_of() throws Exception {
        try (Store server = PostgresStore.open(config, Meter.NONE)) {
            assertEquals(0, server.head().value());
            // As if that server were of the version before.
            run("DROP TABLE custody; UPDATE rocket SET version = 1");
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (Glance.servers(config) == 0) {
                assertTrue(System.nanoTime() < end, "it never listens");
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
            StoreException refused =
                    assertThrows(StoreException.class, () -> PostgresUpgrade.hold(config));
            assertEquals(Kind.LOCKED, refused.kind());
            assertTrue(
                    String.valueOf(refused.getMessage()).contains("have it open: 1"),
                    refused::toString);
            try (PostgresUpgrade looked = PostgresUpgrade.beside(config).orElseThrow()) {
                assertEquals(1, looked.from());
            }
        }
        try (PostgresUpgrade held = PostgresUpgrade.hold(config).orElseThrow()) {
            held.advance(made -> {});
        }
    }

    @Test
    void one_that_is_only_validated_is_left_to_its_owner() throws SQLException {
        make(1);
        PostgresConfig only = config.withValidate(true);
        StoreException refused =
                assertThrows(StoreException.class, () -> PostgresUpgrade.hold(only));
        assertEquals(Kind.FOREIGN, refused.kind());
        assertTrue(
                String.valueOf(refused.getMessage()).contains("`rocket schema --from 1` prints"),
                refused::toString);
        StoreException opened =
                assertThrows(StoreException.class, () -> PostgresStore.open(only, Meter.NONE));
        assertEquals(refused.getMessage(), opened.getMessage());
        run(PostgresSchema.sql(config.schema(), 1));
        PostgresStore.open(only, Meter.NONE).close();
        assertThrows(
                IllegalArgumentException.class,
                () -> PostgresSchema.sql(config.schema(), PostgresSchema.version()));
    }

    @Test
    void what_a_killed_rehearsal_left_is_thrown_away_by_the_next() throws SQLException {
        make(1);
        try (PostgresUpgrade held = PostgresUpgrade.hold(config).orElseThrow()) {
            held.stage().finish(made -> {});
            held.rehearsed().close();
            held.stage().finish(made -> {});
            held.rehearsed().close();
            held.strike();
            held.strike();
        }
        try (Connection connection = Server.connect(config)) {
            String left = "SELECT count(*) FROM pg_namespace WHERE nspname LIKE ?";
            assertEquals(0, new Statements(connection).number(left, "rocket_rehearsal_%"));
        }
    }
}
