package dev.rocket.core.operation;

import java.util.Optional;

/**
 * A piece of maintenance that this server can do.
 *
 * @param name of its {@link dev.rocket.core.model.Job}
 * @param about what it does, in a few words for people
 * @param timetable when it is appointed
 * @param work does it
 */
public record Chore(String name, String about, Timetable timetable, Work work) {

    /** What is done in a run. */
    @FunctionalInterface
    public interface Work {

        /**
         * Does it; on one thread, never beside itself, and on one server at a time as far as the
         * lease can tell. Long work asks {@link Lease#checkpoint} between its steps, and writes to
         * the store through {@link Lease#fenced}.
         *
         * @throws Exception when it failed; the message is told to the operator
         */
        Outcome run(Lease lease) throws Exception;

        /**
         * Looks whether an appointed run is needed at all; when it is not, nothing is written. It
         * is asked without a lease, maybe on several servers at once.
         */
        default boolean isNeeded() {
            return true;
        }

        /**
         * Whether this server can do it. If not, it is left to another one that can, and done here
         * only when it is asked for. It is asked without a lease.
         */
        default boolean isHere() {
            return true;
        }

        /** The job that this server does at once when this one succeeded; empty for none. */
        default Optional<String> next() {
            return Optional.empty();
        }

        /** Whether the store knows of each appointed run, not only of those that were needed. */
        default boolean isRecorded() {
            return true;
        }
    }

    /** The same, appointed for other times. */
    public Chore at(Timetable other) {
        return new Chore(name, about, other, work);
    }
}
