package dev.rocket.core.model;

/**
 * A place in the feed.
 *
 * <p>It only ascends and may skip numbers. It is the page cursor of changes, the resume point of a
 * socket, the watermark of a migration and the stamp on a backup. {@link #START} lies before every
 * change.
 */
public record Seq(long value) implements Comparable<Seq> {

    /** The place before the first change; also "none". */
    public static final Seq START = new Seq(0);

    /** Refuses negative places with IllegalArgumentException. */
    public Seq {
        if (value < 0) {
            throw new IllegalArgumentException("a place in the feed is not negative: " + value);
        }
    }

    /** Whether this place lies behind {@code other}, nearer to the end of the feed. */
    public boolean isAfter(Seq other) {
        return value > other.value;
    }

    @Override
    public int compareTo(Seq other) {
        return Long.compare(value, other.value);
    }
}
