package dev.rocket.bootstrap.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.port.StoreException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Drives a clockwork without time: it pauses for a nanosecond, and each run waits for the test.
 *
 * <p>The bound on each test ends a run that would hang; none passes or fails by how long it took.
 */
@Timeout(60)
class ClockworkTest {

    private static final Duration SOON = Duration.ofNanos(1);

    private final SynchronousQueue<Runnable> runs = new SynchronousQueue<>();

    private void nextRun() {
        try {
            runs.take().run();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Clockwork started(Runnable work) {
        return new Clockwork().every(SOON, "test", work);
    }

    @Test
    void it_works_again_and_again_whatever_one_run_meets() throws InterruptedException {
        Semaphore done = new Semaphore(0);
        Clockwork clockwork = started(this::nextRun);
        runs.put(done::release);
        runs.put(
                () -> {
                    throw new StoreException(StoreException.Kind.UNAVAILABLE, "not now");
                });
        runs.put(done::release);
        runs.put(
                () -> {
                    throw new IllegalStateException("planted by the test");
                });
        runs.put(
                () -> {
                    clockwork.close();
                    done.release();
                });
        done.acquire(3);
        assertEquals(0, done.availablePermits());
    }

    @Test
    void closed_it_begins_no_other_run() throws InterruptedException {
        Semaphore begun = new Semaphore(0);
        Thread[] own = new Thread[1];
        Semaphore mayEnd = new Semaphore(0);
        Clockwork clockwork =
                started(
                        () -> {
                            own[0] = Thread.currentThread();
                            begun.release();
                            mayEnd.acquireUninterruptibly();
                        });
        begun.acquire();
        clockwork.close();
        assertFalse(clockwork.await(SOON));
        mayEnd.release();
        assertTrue(clockwork.await(Duration.ofSeconds(30)));
        own[0].join();
        assertEquals(0, begun.availablePermits());
    }

    @Test
    void it_never_keeps_a_process_alive_and_closes_twice() throws InterruptedException {
        Semaphore begun = new Semaphore(0);
        boolean[] daemon = new boolean[1];
        Clockwork clockwork =
                started(
                        () -> {
                            daemon[0] = Thread.currentThread().isDaemon();
                            begun.release();
                        });
        begun.acquire();
        clockwork.close();
        clockwork.close();
        assertTrue(daemon[0]);
    }
}
