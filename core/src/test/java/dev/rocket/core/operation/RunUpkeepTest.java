package dev.rocket.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.SettableClock;
import dev.rocket.core.model.Job;
import dev.rocket.core.port.Upkeep;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunUpkeepTest {

    private static final int STEPS = 5;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-28T12:00:00Z"));
    private final List<String> done = new ArrayList<>();
    private final WornStore store = new WornStore();
    private final Lease lease =
            Lease.take(store, clock, "upkeep", Optional.empty(), "here").orElseThrow();
    private Runnable atRest = () -> {};

    /** A store whose writers may be busy, and which writes down how it is kept. */
    private final class WornStore extends BusyStore {

        @Override
        public Upkeep upkeep() {
            return new Upkeep() {
                @Override
                public Sizes sizes() {
                    return new Sizes((20L - done.size()) << 20, (8L - done.size()) << 20, 0);
                }

                @Override
                public boolean giveBack(int step) {
                    done.add("step " + step);
                    return step + 1 < STEPS;
                }

                @Override
                public void refresh() {
                    done.add("refresh");
                }

                @Override
                public void merge() {
                    done.add("merge");
                }
            };
        }
    }

    private Outcome run() throws IOException, InterruptedException {
        RunUpkeep.Pause pause =
                time -> {
                    clock.pass(time);
                    atRest.run();
                };
        return new RunUpkeep(store, pause).run(lease);
    }

    @Test
    void in_a_quiet_store_every_step_is_done_and_told_with_figures() throws Exception {
        Outcome outcome = run();
        assertEquals(
                List.of("step 0", "step 1", "step 2", "step 3", "step 4", "refresh", "merge"),
                done);
        assertEquals(
                Outcome.done(
                        "data 20.0 to 13.0 MiB, unused 8.0 to 1.0 MiB, in 5 steps,"
                                + " statistics refreshed"),
                outcome);
    }

    @Test
    void a_step_waits_until_few_commands_wait() throws Exception {
        store.queued = QuietMoments.FEW + 1;
        int[] rests = {0};
        atRest =
                () -> {
                    rests[0]++;
                    if (rests[0] == 3) {
                        assertEquals(List.of(), done);
                        store.queued = QuietMoments.FEW;
                    }
                };
        assertEquals(Job.Result.OK, run().result());
        assertEquals(3 + STEPS, rests[0]);
    }

    @Test
    void a_store_that_is_never_quiet_is_left_alone_after_a_while() throws Exception {
        store.queued = QuietMoments.FEW + 1;
        Instant start = clock.instant();
        Outcome outcome = run();
        assertEquals(Job.Result.SKIPPED, outcome.result());
        assertTrue(outcome.detail().startsWith("never quiet for 10 min"), outcome.detail());
        assertEquals(List.of("merge"), done);
        assertEquals(RunUpkeep.PATIENCE, Duration.between(start, clock.instant()));
    }

    @Test
    void a_store_that_becomes_busy_keeps_what_was_done() throws Exception {
        atRest = () -> store.queued = QuietMoments.FEW + 1;
        Outcome outcome = run();
        assertEquals(List.of("step 0", "merge"), done);
        assertEquals(Job.Result.OK, outcome.result());
        assertTrue(outcome.detail().endsWith("never quiet for the rest"), outcome.detail());
    }

    @Test
    void it_ends_between_two_steps_when_the_server_stops() {
        atRest = lease::stop;
        assertThrows(Lease.Over.class, this::run);
        assertEquals(List.of("step 0"), done);
    }
}
