package dev.rocket.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.Contract;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A log that grows while nobody rests.
 *
 * <p>Goal: it is merged without a quiet moment, and begins anew instead of growing for ever.
 * Method: rounds of writes, each longer than what is written between two merges, until one of them
 * left the file of the log as long as it was.
 */
final class LogMergerTest extends Contract {

    private static final int ROUNDS = 12;
    private static final int WRITES = 20;
    private static final int TASKS = 500;

    @TempDir Path folder;
    private int tasks;

    @Override
    protected Store open() {
        return SqliteStore.open(SqliteConfig.at(folder.resolve("merged.db")), Meter.NONE);
    }

    private void round() {
        for (int i = 0; i < WRITES; i++) {
            write(
                    tx -> {
                        for (int j = 0; j < TASKS; j++) {
                            tx.apply(draft(task("task " + tasks++)));
                        }
                        return tx.seq();
                    });
        }
    }

    private boolean roundLeavesTheLogAsItWas() {
        long before = store().probe().reading().walBytes();
        round();
        return store().probe().reading().walBytes() == before;
    }

    @Test
    void a_log_is_merged_while_writes_go_on_and_begins_anew() {
        int rounds = 1;
        while (!roundLeavesTheLogAsItWas()) {
            rounds++;
            assertTrue(rounds <= ROUNDS, "the log grew in each of " + ROUNDS + " rounds");
        }
        assertEquals(tasks, (int) store().head().value());
    }
}
