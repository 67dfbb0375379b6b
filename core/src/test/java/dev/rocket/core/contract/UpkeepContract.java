package dev.rocket.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Digest;
import dev.rocket.core.model.Task;
import dev.rocket.core.operation.VerifyStore;
import dev.rocket.core.port.Upkeep;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Housekeeping changes nothing that a reader sees.
 *
 * <p>A round ends after a bounded number of steps, however much there is to give back, and writers
 * go on meanwhile.
 */
public abstract class UpkeepContract extends Contract {

    private static final int TASKS = 400;

    /** More steps than a round over so little can have. */
    private static final int MANY = 1_000;

    private static void round(Upkeep upkeep) {
        int steps = 0;
        while (upkeep.giveBack(steps)) {
            steps++;
            assertTrue(steps < MANY, "the round has no end");
        }
        upkeep.refresh();
        upkeep.merge();
    }

    private List<Task> many() {
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
            tasks.add(task("word" + i + " " + "filler ".repeat(50)));
        }
        write(tx -> tasks.stream().map(task -> tx.apply(draft(task))).toList());
        return tasks;
    }

    private Digest digest() {
        VerifyStore.Report report = new VerifyStore(store()).run(looked -> {});
        assertEquals(List.of(), report.problems());
        return report.digest();
    }

    @Test
    void a_round_leaves_state_and_feed_as_they_were() {
        List<Task> tasks = many();
        write(tx -> tasks.stream().skip(10).map(task -> tx.apply(draft(gone(task)))).toList());
        List<Change> feed = feed();
        Digest digest = digest();
        round(store().upkeep());
        assertEquals(feed, feed());
        assertEquals(digest, digest());
    }

    @Test
    void an_empty_store_is_kept_in_order_as_well() {
        round(store().upkeep());
        Upkeep.Sizes sizes = store().upkeep().sizes();
        assertTrue(sizes.data() >= 0 && sizes.logged() >= 0, sizes.toString());
    }

    /** Goal: no write fails or is lost beside a round. Method: one thread writes, one keeps. */
    @Test
    void writers_go_on_beside_it() throws Exception {
        List<Task> tasks = many();
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> writer =
                    pool.submit(
                            () -> {
                                for (Task task : tasks) {
                                    put(retitled(task, "short"));
                                }
                                return tasks.size();
                            });
            while (!writer.isDone()) {
                round(store().upkeep());
            }
            assertEquals(TASKS, writer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        } finally {
            pool.shutdownNow();
        }
        assertEquals(TASKS, digest().count());
    }
}
