package dev.rocket.core.model;

import java.util.Locale;

/** How much a task presses, most first. */
public enum Priority {
    /** At once. */
    URGENT(0),
    /** Before the others. */
    HIGH(1),
    /** In its turn. */
    MEDIUM(2),
    /** When there is time. */
    LOW(3),
    /** Not said. */
    NONE(4);

    private final int rank;
    private final String wire = name().toLowerCase(Locale.ROOT);

    Priority(int rank) {
        this.rank = rank;
    }

    /** Its place in the order by priority, 0 for the most urgent; kept by stores for ever. */
    public int rank() {
        return rank;
    }

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
