package dev.rocket.core.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When an entity was made and last changed.
 *
 * @param created to the millisecond
 * @param updated to the millisecond
 */
public record Stamp(Instant created, Instant updated) {

    /** Cuts both to whole milliseconds. */
    public Stamp {
        created = created.truncatedTo(ChronoUnit.MILLIS);
        updated = updated.truncatedTo(ChronoUnit.MILLIS);
    }

    /** The stamp of an entity made now. */
    public static Stamp born(Instant now) {
        return new Stamp(now, now);
    }

    /** The same entity, changed now; a clock that went back never moves it back. */
    public Stamp touched(Instant now) {
        return new Stamp(created, now.isBefore(updated) ? updated : now);
    }
}
