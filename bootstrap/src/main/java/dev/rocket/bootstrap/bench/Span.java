package dev.rocket.bootstrap.bench;

import java.util.List;

/**
 * The time between two moments, as {@link System#nanoTime} tells them.
 *
 * @param from its first nanosecond
 * @param to its last
 */
record Span(long from, long to) {

    /** Whether a moment lies in it. */
    boolean holds(long moment) {
        return moment - from >= 0 && to - moment >= 0;
    }

    /** Whether both have a moment in common. */
    boolean meets(Span other) {
        return other.to - from >= 0 && to - other.from >= 0;
    }

    /** How long all of them are, in nanoseconds. */
    static long nanos(List<Span> spans) {
        return spans.stream().mapToLong(span -> span.to - span.from).sum();
    }
}
