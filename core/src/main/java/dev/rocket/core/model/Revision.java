package dev.rocket.core.model;

/**
 * The count of one entity's changes, from 1.
 *
 * <p>It is the optimistic lock, the HTTP {@code ETag} and the CalDAV {@code getetag}.
 */
public record Revision(long value) implements Comparable<Revision> {

    /** What an entity has when it is created. */
    public static final Revision FIRST = new Revision(1);

    /** Refuses counts below 1 with IllegalArgumentException. */
    public Revision {
        if (value < 1) {
            throw new IllegalArgumentException("a revision counts from 1, not " + value);
        }
    }

    /** The revision after one more change. */
    public Revision next() {
        return new Revision(value + 1);
    }

    @Override
    public int compareTo(Revision other) {
        return Long.compare(value, other.value);
    }
}
