package dev.rocket.bootstrap.wiring;

import dev.rocket.core.operation.ForgetReceipts;
import dev.rocket.core.port.StoreException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What runs by the clock while a server runs. */
final class Clockwork implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger("dev.rocket.clockwork");
    private static final Duration PERIOD = Duration.ofMinutes(5);

    private final CountDownLatch closed = new CountDownLatch(1);

    /** Starts the clockwork: old receipts are forgotten every few minutes. */
    Clockwork(ForgetReceipts receipts) {
        this(receipts::run, PERIOD);
    }

    /** Starts a clockwork that does one work again and again, with a pause before each. */
    Clockwork(Runnable work, Duration pause) {
        Thread.ofPlatform().daemon().name("rocket-clockwork").start(() -> run(work, pause));
    }

    private void run(Runnable work, Duration pause) {
        try {
            while (!closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                once(work);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void once(Runnable work) {
        try {
            work.run();
        } catch (StoreException e) {
            LOG.log(System.Logger.Level.WARNING, "Old receipts stay for now: " + e.getMessage());
        } catch (RuntimeException e) {
            // A bug in one run must not end all the others that are to come.
            LOG.log(System.Logger.Level.ERROR, "Old receipts could not be forgotten", e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
