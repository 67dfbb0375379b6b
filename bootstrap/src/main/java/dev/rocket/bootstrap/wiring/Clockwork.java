package dev.rocket.bootstrap.wiring;

import dev.rocket.core.operation.ForgetReceipts;
import dev.rocket.core.port.StoreException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What runs by the clock while a server runs. */
final class Clockwork implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger("dev.rocket.clockwork");
    private static final long PERIOD_MINUTES = 5;

    private final CountDownLatch closed = new CountDownLatch(1);

    /** Starts the clockwork: old receipts are forgotten every few minutes. */
    Clockwork(ForgetReceipts receipts) {
        Thread.ofPlatform().daemon().name("rocket-clockwork").start(() -> run(receipts));
    }

    private void run(ForgetReceipts receipts) {
        try {
            while (!closed.await(PERIOD_MINUTES, TimeUnit.MINUTES)) {
                once(receipts);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void once(ForgetReceipts receipts) {
        try {
            receipts.run();
        } catch (StoreException e) {
            LOG.log(System.Logger.Level.WARNING, "Old receipts stay for now: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
