package dev.rocket.core.port;

import dev.rocket.core.model.Job;
import java.time.Duration;
import java.time.Instant;

/**
 * Where the core and the store adapters report what they did.
 *
 * <p>Every method is cheap and may be called from any thread.
 */
public interface Meter {

    /** Hears nothing. */
    Meter NONE = new Meter() {};

    /** Hears nothing itself, but tells two others. */
    static Meter both(Meter one, Meter other) {
        return new Meter() {
            @Override
            public void group(int commands, Duration work, Duration commit) {
                one.group(commands, work, commit);
                other.group(commands, work, commit);
            }

            @Override
            public void queued(Duration wait) {
                one.queued(wait);
                other.queued(wait);
            }

            @Override
            public void operation(String operation, boolean answered, Duration took) {
                one.operation(operation, answered, took);
                other.operation(operation, answered, took);
            }

            @Override
            public void maintained(String job, Job.Run run) {
                one.maintained(job, run);
                other.maintained(job, run);
            }

            @Override
            public void succeeded(String job, Instant at) {
                one.succeeded(job, at);
                other.succeeded(job, at);
            }
        };
    }

    /**
     * A group of commands was committed.
     *
     * @param commands how many it held
     * @param work executing them
     * @param commit making them durable
     */
    default void group(int commands, Duration work, Duration commit) {}

    /** A command waited that long for the writer. */
    default void queued(Duration wait) {}

    /**
     * A use case ended.
     *
     * @param operation such as {@code task.create}: a bounded set of names
     * @param answered whether it was answered, not refused and not failed
     * @param took from call to answer
     */
    default void operation(String operation, boolean answered, Duration took) {}

    /** A piece of maintenance was run by this server. */
    default void maintained(String job, Job.Run run) {}

    /** A piece of maintenance succeeded last at an instant, on whichever server. */
    default void succeeded(String job, Instant at) {}
}
