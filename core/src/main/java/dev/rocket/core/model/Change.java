package dev.rocket.core.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One entry of the feed.
 *
 * <p>The changes of one entity form a chain through {@code prev}, newest to oldest, so its history
 * needs no index. A store may have forgotten the oldest of them.
 *
 * @param seq its place; {@link Seq#START} while no store has numbered it
 * @param prev the same entity's change before this one; {@link Seq#START} for its first
 * @param at when, to the millisecond
 * @param actor who
 * @param cause why: a short machine word such as {@code task.edit}
 * @param image the complete entity afterwards
 */
public record Change(Seq seq, Seq prev, Instant at, Actor actor, String cause, Image image) {

    /** Cuts the instant to whole milliseconds. */
    public Change {
        at = at.truncatedTo(ChronoUnit.MILLIS);
    }

    /** A change that awaits its number. */
    public static Change draft(Actor actor, String cause, Instant at, Image image) {
        return new Change(Seq.START, Seq.START, at, actor, cause, image);
    }

    /** The same change at its place. */
    public Change placed(Seq at, Seq after) {
        return new Change(at, after, this.at, actor, cause, image);
    }

    /** Whether a store has yet to number it. */
    public boolean isDraft() {
        return seq.equals(Seq.START);
    }
}
