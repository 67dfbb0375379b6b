package dev.rocket.sqlite;

/** The end of a thread, waited for to the last. */
final class Ended {

    private Ended() {}

    /**
     * Waits for a thread to end; an interrupt does not end the wait, but is kept for the caller.
     */
    static void await(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
