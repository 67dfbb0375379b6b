package dev.rocket.postgres;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A bell: rung by many, heard by one, however often it rang meanwhile. */
final class Signal {

    private final Semaphore rung = new Semaphore(0);

    /** Rings; cheap when it rings already. */
    void ring() {
        if (rung.availablePermits() == 0) {
            rung.release();
        }
    }

    /** Waits for it to ring; whether it did. */
    boolean hear(long atMostMillis) throws InterruptedException {
        boolean heard = rung.tryAcquire(atMostMillis, TimeUnit.MILLISECONDS);
        rung.drainPermits();
        return heard;
    }
}
