package dev.rocket.sqlite;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Holds a store's thread inside its work until opened. */
final class Gate {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    /** Called by the work: says that it is there and waits; an interrupt does not end the wait. */
    void pass() {
        entered.countDown();
        boolean interrupted = false;
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                boolean open = opened.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                assertTrue(open, "nobody opened the gate");
                return;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    /** Waits until somebody stands before the gate. */
    void awaitEntered() throws InterruptedException {
        boolean there = entered.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        assertTrue(there, "nobody came to the gate");
    }

    /** Lets everybody through. */
    void open() {
        opened.countDown();
    }

    /** Looks again and again until something holds that other threads bring about. */
    static void until(String what, BooleanSupplier holds) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                fail("it never came about that " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
