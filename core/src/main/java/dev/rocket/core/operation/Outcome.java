package dev.rocket.core.operation;

import dev.rocket.core.model.Job;

/**
 * What a piece of maintenance came to.
 *
 * @param result how it ended
 * @param detail one line for people, with figures
 */
public record Outcome(Job.Result result, String detail) {

    /** It did what it is for. */
    public static Outcome done(String detail) {
        return new Outcome(Job.Result.OK, detail);
    }

    /** It did not; it is tried again soon, later each time. */
    public static Outcome failed(String detail) {
        return new Outcome(Job.Result.FAILED, detail);
    }

    /** It found nothing to do, or no moment to do it in; it waits for its next time. */
    public static Outcome skipped(String detail) {
        return new Outcome(Job.Result.SKIPPED, detail);
    }
}
