package dev.rocket.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.SettableClock;
import dev.rocket.core.model.Job;
import dev.rocket.core.model.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Old keys are forgotten in quiet moments, and only then. */
class ForgetReceiptsTest {

    private static final Instant BEGAN = Instant.parse("2031-01-01T00:00:00Z");

    private final SettableClock clock = new SettableClock(BEGAN);
    private final BusyStore store = new BusyStore();
    private final Lease lease =
            Lease.take(store, clock, "receipts", Optional.empty(), "here").orElseThrow();
    private Runnable atRest = () -> {};

    private final Chore.Work work =
            new ForgetReceipts(
                            store,
                            clock,
                            time -> {
                                clock.pass(time);
                                atRest.run();
                            })
                    .chore()
                    .work();

    private static Receipt.Key key(int number) {
        return Receipt.Key.of("me", "key-" + number);
    }

    private void remember(int count) {
        store.write(
                tx -> {
                    for (int i = 0; i < count; i++) {
                        tx.remember(new Receipt(key(i), "print", BEGAN, List.of()));
                    }
                    return true;
                });
        clock.pass(ForgetReceipts.REMEMBERED.plusSeconds(1));
    }

    private boolean isKnown(int number) {
        return store.read(snapshot -> snapshot.receipt(key(number))).isPresent();
    }

    @Test
    void in_a_quiet_moment_a_step_needs_no_run() {
        remember(1);
        assertFalse(work.isNeeded());
        assertFalse(isKnown(0));
    }

    @Test
    void while_many_commands_wait_nothing_is_forgotten() throws Exception {
        remember(1);
        store.queued = QuietMoments.FEW + 1;
        assertTrue(work.isNeeded(), "a run has to wait for it");
        Instant start = clock.instant();
        Outcome outcome = work.run(lease);
        assertEquals(Job.Result.SKIPPED, outcome.result());
        assertTrue(outcome.detail().startsWith("never quiet for 1 min; 0 "), outcome.detail());
        assertEquals(ForgetReceipts.PATIENCE, Duration.between(start, clock.instant()));
        assertTrue(isKnown(0));
    }

    @Test
    void a_run_goes_on_as_soon_as_few_commands_wait() throws Exception {
        int all = ForgetReceipts.STEP + 1;
        remember(all);
        store.queued = QuietMoments.FEW + 1;
        atRest = () -> store.queued = QuietMoments.FEW;
        assertEquals(Outcome.done(all + " keys forgotten"), work.run(lease));
        assertFalse(isKnown(all - 1));
    }
}
