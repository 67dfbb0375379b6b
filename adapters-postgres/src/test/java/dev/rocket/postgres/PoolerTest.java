package dev.rocket.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Change;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A store behind pgbouncer: it works in transaction mode, or says what to set. */
final class PoolerTest {

    /** All that README asks for. */
    static final String WORKS = "pool_mode = transaction";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final PostgresConfig config = Server.fresh();

    private void isToldWhatToSet(String lines, String parameters) throws Exception {
        try (Pooler pooler = new Pooler(lines)) {
            PostgresConfig asked = pooler.through(config, parameters);
            StoreException told =
                    assertThrows(
                            StoreException.class,
                            () -> PostgresStore.open(asked, Meter.NONE).close());
            assertEquals(Kind.UNAVAILABLE, told.kind(), () -> String.valueOf(told.getCause()));
            String message = String.valueOf(told.getMessage());
            assertTrue(message.contains("set pool_mode = transaction"), message);
            assertTrue(message.contains("take parameters"), message);
        }
    }

    @Test
    void a_pooler_that_refuses_a_parameter_is_told_which() throws Exception {
        isToldWhatToSet(WORKS, "?currentSchema=elsewhere");
    }

    @Test
    void a_pooler_that_keeps_no_transactions_is_refused() throws Exception {
        isToldWhatToSet("pool_mode = statement", "");
    }

    private static String durability(Connection writer, String begin) {
        Statements statements = new Statements(writer);
        statements.begin(begin);
        String told =
                statements.first(row -> row.getString(1), "SHOW synchronous_commit").orElseThrow();
        statements.commit();
        return told;
    }

    @Test
    void a_commit_in_a_lent_session_that_would_not_wait_for_the_disk_is_made_to() throws Exception {
        try (Pooler pooler = new Pooler(WORKS + "\ndefault_pool_size = 1");
                PostgresConnections connections = PostgresConnections.open(pooler.through(config));
                Connection writer = connections.writer()) {
            assertEquals("off", durability(writer, "BEGIN; SET synchronous_commit TO off"));
            assertEquals("off", durability(writer, "BEGIN"));
            assertEquals("on", durability(writer, connections.begin("BEGIN")));
        }
    }

    /**
     * Goal: nothing depends on a session. Method: two schemas through sessions that are lent to
     * both in turn, and a server without a pooler that reads and writes beside them.
     */
    @Test
    void servers_with_and_without_a_pooler_share_one_feed() throws Exception {
        PostgresConfig stranger = Server.fresh();
        try (Pooler pooler = new Pooler(WORKS + "\ndefault_pool_size = 3");
                Store pooled = PostgresStore.open(pooler.through(config), Meter.NONE);
                Store other = PostgresStore.open(pooler.through(stranger), Meter.NONE);
                Store direct = PostgresStore.open(config, Meter.NONE)) {
            List<Change> written = new ArrayList<>();
            Follower near = new Follower(pooled);
            Follower far = new Follower(direct);
            for (int i = 0; i < 20; i++) {
                Store store = i % 2 == 0 ? pooled : direct;
                String title = "task " + i;
                written.add(store.write(tx -> tx.apply(Straggler.birth(title))));
                other.write(tx -> tx.apply(Straggler.birth(title)));
                assertEquals(written, near.until(written.size()));
                assertEquals(written, far.until(written.size()));
            }
            assertEquals(20, new Follower(other).until(20).size());
            assertEquals(Optional.empty(), pooled.probe().trouble(PATIENCE));
            assertTrue(pooled.probe().reading().dataBytes() > 0);
        }
    }
}
