package dev.rocket.core.model;

import java.util.Locale;

/** How much a task presses, most first. */
public enum Priority {
    /** At once. */
    URGENT,
    /** Before the others. */
    HIGH,
    /** In its turn. */
    MEDIUM,
    /** When there is time. */
    LOW,
    /** Not said. */
    NONE;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The lower-case name that files and the network use. */
    public String wire() {
        return wire;
    }

    /** The priority of that name. Refuses others with {@link Refusal.Invalid}. */
    public static Priority parse(String wire) {
        for (Priority priority : values()) {
            if (priority.wire.equals(wire)) {
                return priority;
            }
        }
        throw Refused.invalid(
                "priority", "must be none, low, medium, high or urgent, not '" + wire + "'");
    }
}
