package dev.rocket.core.operation;

import dev.rocket.core.port.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Forgetting idempotency keys that nobody will repeat any more. */
public final class ForgetReceipts {

    /** How long a key is remembered at least. */
    public static final Duration REMEMBERED = Duration.ofHours(24);

    /** Receipts that one transaction forgets at most, so that no writer waits for long. */
    static final int STEP = 500;

    private static final int STEPS = 200;

    private final Store store;
    private final InstantSource clock;

    /** Forgets in a store, by a clock. */
    public ForgetReceipts(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Forgets what is older than {@link #REMEMBERED}, in small steps, 100,000 at most.
     *
     * @return how many were forgotten
     * @throws dev.rocket.core.port.StoreException when the machine failed; what was forgotten
     *     before stays forgotten
     */
    public int run() {
        Instant before = clock.instant().minus(REMEMBERED);
        int all = 0;
        for (int step = 0; step < STEPS; step++) {
            int forgotten = store.write(tx -> tx.forgetReceipts(before, STEP));
            all += forgotten;
            if (forgotten < STEP) {
                break;
            }
        }
        return all;
    }
}
