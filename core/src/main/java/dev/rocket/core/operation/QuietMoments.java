package dev.rocket.core.operation;

import dev.rocket.core.port.Store;
import java.time.Duration;

/** The moments of a run of maintenance in which few commands wait. */
final class QuietMoments {

    /** Commands that may wait in a moment that counts as quiet. */
    static final int FEW = 8;

    /** Before it is looked again whether the moment is quiet. */
    private static final Duration LOOK = Duration.ofMillis(250);

    private final Store store;
    private final RunUpkeep.Pause pause;
    private final Duration patience;
    private final Lease lease;
    private Duration waited = Duration.ZERO;

    /**
     * Those of one run.
     *
     * @param patience how long they are waited for, altogether
     */
    QuietMoments(Store store, RunUpkeep.Pause pause, Duration patience, Lease lease) {
        this.store = store;
        this.pause = pause;
        this.patience = patience;
        this.lease = lease;
    }

    /** Whether it is one now. */
    static boolean isNow(Store store) {
        return store.probe().reading().queued() <= FEW;
    }

    /** Waits for one; false when there was none for too long. */
    boolean await() throws InterruptedException {
        lease.checkpoint();
        while (!isNow(store)) {
            if (waited.compareTo(patience) >= 0) {
                return false;
            }
            pause.rest(LOOK);
            waited = waited.plus(LOOK);
            lease.checkpoint();
        }
        return true;
    }
}
