package dev.rocket.core.model;

import java.util.Optional;

/**
 * When a task may begin and should be done.
 *
 * @param start not to be shown as doable before
 * @param due to be done by
 */
public record Schedule(Optional<Due> start, Optional<Due> due) {

    /** No dates. */
    public static final Schedule NONE = new Schedule(Optional.empty(), Optional.empty());

    /** The same with another start. */
    public Schedule withStart(Optional<Due> newStart) {
        return new Schedule(newStart, due);
    }

    /** The same with another due date. */
    public Schedule withDue(Optional<Due> newDue) {
        return new Schedule(start, newDue);
    }
}
