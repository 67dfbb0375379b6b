package dev.rocket.core.operation;

import dev.rocket.core.port.Store;
import dev.rocket.core.port.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Forgetting idempotency keys that nobody will repeat any more.
 *
 * <p>That is done in small steps and quiet moments. It is done often, and other maintenance waits
 * for it; so it waits less for a quiet moment than {@link RunUpkeep} does, and leaves the rest for
 * the next time.
 */
public final class ForgetReceipts {

    /** How long a key is remembered at least. */
    public static final Duration REMEMBERED = Duration.ofHours(24);

    /** Receipts that one transaction forgets at most, so that no writer waits for long. */
    static final int STEP = 500;

    /** How long quiet moments are waited for, in one run. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Timetable OFTEN = new Timetable.Every(Duration.ofMinutes(5));

    private final Store store;
    private final InstantSource clock;
    private final RunUpkeep.Pause pause;

    /** Forgets in a store, by a clock. */
    public ForgetReceipts(Store store, InstantSource clock, RunUpkeep.Pause pause) {
        this.store = store;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * Forgets what is older than {@link #REMEMBERED}, in one small step.
     *
     * @return whether there is more
     * @throws dev.rocket.core.port.StoreException when the machine failed
     */
    public boolean step() {
        Instant before = clock.instant().minus(REMEMBERED);
        return store.write(tx -> tx.forget(new Transaction.Old.Receipts(before, STEP))) == STEP;
    }

    /**
     * The chore. Where a step in a quiet moment suffices, and it nearly always does, it leaves no
     * record: several servers may forget at the same time, since whatever is forgotten is forgotten
     * once.
     */
    public Chore chore() {
        Chore.Work work =
                new Chore.Work() {
                    @Override
                    public boolean isNeeded() {
                        return !QuietMoments.isNow(store) || step();
                    }

                    @Override
                    public boolean isRecorded() {
                        return false;
                    }

                    @Override
                    public Outcome run(Lease lease) throws InterruptedException {
                        return forgotten(lease);
                    }
                };
        return new Chore("receipts", "forgets idempotency keys after a day", OFTEN, work);
    }

    private Outcome forgotten(Lease lease) throws InterruptedException {
        Instant before = clock.instant().minus(REMEMBERED);
        QuietMoments quiet = new QuietMoments(store, pause, PATIENCE, lease);
        long all = 0;
        int step = STEP;
        while (step == STEP) {
            if (!quiet.await()) {
                String rest = all + " keys forgotten, the rest waits for its next time";
                return Outcome.skipped("never quiet for " + PATIENCE.toMinutes() + " min; " + rest);
            }
            step = lease.fenced(tx -> tx.forget(new Transaction.Old.Receipts(before, STEP)));
            all += step;
        }
        return Outcome.done(all + " keys forgotten");
    }
}
