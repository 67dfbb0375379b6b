package dev.rocket.bootstrap.wiring;

import dev.rocket.core.operation.MaintenanceScheduler;
import dev.rocket.core.port.StoreException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What runs by the clock while a server runs.
 *
 * <p>Each work has a thread of its own, which never keeps the process alive. It is put together and
 * closed by one thread.
 */
final class Clockwork implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger("dev.rocket.clockwork");

    /** How soon maintenance that became due or was asked for is begun. */
    private static final Duration TICK = Duration.ofSeconds(1);

    /** How often leases are looked at; far shorter than one lasts. */
    private static final Duration KEEP = Duration.ofSeconds(15);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private final List<Runnable> stops = new ArrayList<>();

    /** Drives maintenance: does what is due, and renews the lease of what is being done. */
    Clockwork drive(MaintenanceScheduler scheduler) {
        stops.add(scheduler::stop);
        return every(TICK, "maintenance", scheduler::tick).every(KEEP, "leases", scheduler::keep);
    }

    /** Does one work again and again, with a pause before each. */
    Clockwork every(Duration pause, String name, Runnable work) {
        threads.add(
                Thread.ofPlatform()
                        .daemon()
                        .name("rocket-" + name)
                        .start(() -> run(pause, name, work)));
        return this;
    }

    private void run(Duration pause, String name, Runnable work) {
        try {
            while (!closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                once(name, work);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void once(String name, Runnable work) {
        try {
            work.run();
        } catch (StoreException | UncheckedIOException e) {
            LOG.log(System.Logger.Level.WARNING, name + " waits: " + e.getMessage());
        } catch (RuntimeException | Error e) {
            // Whatever one run meets must not end all the others that are to come.
            LOG.log(System.Logger.Level.ERROR, name + " failed", e);
        }
    }

    /** Begins no other run, and asks those that go on to end. */
    @Override
    public void close() {
        stops.forEach(Runnable::run);
        closed.countDown();
    }

    /**
     * Waits until no run goes on any more, once closed.
     *
     * @return whether none does
     */
    boolean await(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        try {
            for (Thread thread : threads) {
                if (!thread.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
