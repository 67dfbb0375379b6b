package dev.rocket.core.model;

import java.util.Locale;

/** Where a task stands. */
public enum Status {
    /** Not begun. */
    OPEN,
    /** Begun. */
    IN_PROGRESS,
    /** Completed. */
    DONE,
    /** Given up. */
    CANCELLED;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The lower-case name that files and the network use. */
    public String wire() {
        return wire;
    }

    /** The status of that name. Refuses others with {@link Refusal.Invalid}. */
    public static Status parse(String wire) {
        for (Status status : values()) {
            if (status.wire.equals(wire)) {
                return status;
            }
        }
        throw Refused.invalid(
                "status", "must be open, in_progress, done or cancelled, not '" + wire + "'");
    }
}
