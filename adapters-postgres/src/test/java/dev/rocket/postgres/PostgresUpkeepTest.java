package dev.rocket.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Label;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.Transaction;
import dev.rocket.core.port.Upkeep;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PostgresUpkeepTest {

    private static final Instant NOW = Instant.parse("2026-03-29T07:30:00Z");
    private static final int EDITS = 500;

    private final PostgresConfig config = Server.fresh();

    /** Leaves dead rows; the server is told of them at the latest when the session ends. */
    private void wear() {
        try (Store store = PostgresStore.open(config, Meter.NONE)) {
            store.write(
                    tx -> {
                        Label label = Label.named(new Label.Id(new UUID(1, 1)), "x", NOW);
                        apply(tx, label);
                        for (int i = 0; i < EDITS; i++) {
                            label =
                                    new Label(
                                            label.id(),
                                            label.revision().next(),
                                            "x" + i,
                                            label.color(),
                                            label.stamp());
                            apply(tx, label);
                        }
                        return true;
                    });
        }
    }

    private static void apply(Transaction tx, Label label) {
        tx.apply(Change.draft(Actor.system("test"), "test", NOW, label));
    }

    private long stat(String column) throws SQLException {
        String sql =
                "SELECT "
                        + column
                        + " FROM pg_stat_user_tables WHERE relname = 'entity' AND schemaname = '"
                        + config.schema()
                        + "'";
        try (Connection connection = Server.connect(config);
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private static void round(Upkeep upkeep) {
        int step = 0;
        while (upkeep.giveBack(step)) {
            step++;
        }
        upkeep.refresh();
        upkeep.merge();
    }

    @Test
    void worn_tables_are_vacuumed_and_all_are_analyzed() throws SQLException {
        wear();
        awaitDead();
        try (Store store = PostgresStore.open(config, Meter.NONE)) {
            round(store.upkeep());
            assertTrue(store.upkeep().sizes().data() > 0);
        }
        assertEquals(1, stat("vacuum_count"));
        assertEquals(1, stat("analyze_count"));
    }

    private void awaitDead() throws SQLException {
        long end = System.nanoTime() + 30_000_000_000L;
        while (stat("n_dead_tup") < EDITS / 2 && stat("autovacuum_count") == 0) {
            assertTrue(System.nanoTime() < end, "the server counts no dead rows");
        }
    }

    @Test
    void a_user_who_does_not_own_the_tables_is_not_stopped() throws SQLException {
        wear();
        awaitDead();
        String role = config.schema() + "_guest";
        try (Connection connection = Server.connect(config);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE " + role + " LOGIN");
            // All rights together would hold that of maintenance as well.
            String rights = "SELECT, INSERT, UPDATE, DELETE ON ALL TABLES";
            for (String right : new String[] {rights, "ALL ON ALL SEQUENCES"}) {
                statement.execute(
                        "GRANT " + right + " IN SCHEMA " + config.schema() + " TO " + role);
            }
            statement.execute("GRANT USAGE ON SCHEMA " + config.schema() + " TO " + role);
        }
        PostgresConfig guest =
                PostgresConfig.at(Server.url().replace("postgres@", role + "@"))
                        .withSchema(config.schema())
                        .withValidate(true);
        try (Store store = PostgresStore.open(guest, Meter.NONE)) {
            round(store.upkeep());
        }
        assertEquals(0, stat("vacuum_count"));
        assertEquals(0, stat("analyze_count"));
    }
}
