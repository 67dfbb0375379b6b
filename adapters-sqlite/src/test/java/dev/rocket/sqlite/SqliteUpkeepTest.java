package dev.rocket.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Position;
import dev.rocket.core.model.Receipt;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Task;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.Transaction;
import dev.rocket.core.port.Upkeep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteUpkeepTest {

    private static final Instant NOW = Instant.parse("2026-03-29T07:30:00Z");
    private static final int RECEIPTS = 20_000;
    private static final int AT_A_TIME = 1_000;
    private static final long PAGE_BYTES = 4_096;

    @TempDir private Path folder = Path.of("");
    private Path file = Path.of("");
    private Store store = new MemoryStore();

    @BeforeEach
    void open() {
        file = folder.resolve("tasks.db");
        store = SqliteStore.open(SqliteConfig.at(file), Meter.NONE);
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** Fills pages that become unused again: receipts may be forgotten, changes never. */
    private void swellAndShrink() {
        Task task = Task.titled(new Task.Id(new UUID(1, 1)), "x", Position.ofBirth(1), NOW);
        Change change = Change.draft(Actor.system("test"), "test", NOW, task);
        List<Seq> places = List.of(store.write(tx -> tx.apply(change)).seq());
        for (int i = 0; i < RECEIPTS; i += AT_A_TIME) {
            int from = i;
            store.write(
                    tx -> {
                        for (int word = from; word < from + AT_A_TIME; word++) {
                            Receipt.Key key = new Receipt.Key("caller", "k" + word);
                            tx.remember(new Receipt(key, "f".repeat(64), NOW, places));
                        }
                        return true;
                    });
        }
        store.write(tx -> tx.forget(new Transaction.Old.Receipts(NOW.plusSeconds(1), RECEIPTS)));
    }

    @Test
    void unused_pages_are_given_back_in_small_steps_until_few_are_left() throws Exception {
        swellAndShrink();
        Upkeep upkeep = store.upkeep();
        upkeep.merge();
        Upkeep.Sizes before = upkeep.sizes();
        long fileBefore = Files.size(file);
        assertTrue(before.unused() > before.data() / 2, before.toString());
        List<Long> given = new ArrayList<>();
        long unused = before.unused();
        boolean more = true;
        for (int step = 0; more; step++) {
            more = upkeep.giveBack(step);
            long now = upkeep.sizes().unused();
            given.add(unused - now);
            unused = now;
        }
        upkeep.merge();
        Upkeep.Sizes after = upkeep.sizes();
        assertTrue(given.size() >= 3, given.toString());
        long most = SqliteUpkeep.STEP_PAGES * PAGE_BYTES;
        assertTrue(given.stream().allMatch(bytes -> bytes <= most), given.toString());
        assertTrue(after.unused() <= before.data() / 15, after.toString());
        assertEquals(after.data(), Files.size(file));
        assertTrue(Files.size(file) < fileBefore / 2, fileBefore + " to " + Files.size(file));
    }

    @Test
    void statistics_are_there_after_a_refresh() throws SQLException {
        swellAndShrink();
        store.upkeep().refresh();
        assertTrue(number("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'change'") > 0);
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    @Test
    void a_closed_store_is_not_kept_in_order() {
        Upkeep upkeep = store.upkeep();
        store.close();
        StoreException no = assertThrows(StoreException.class, () -> upkeep.giveBack(0));
        assertEquals(StoreException.Kind.CLOSED, no.kind());
    }
}
