package dev.rocket.postgres;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The places that nobody has filled yet, and who might still.
 *
 * <p>Places come from a sequence, in order, to transactions that have an id already. So when a
 * place is seen filled, every open one below it has an owner whose id was given before. A snapshot
 * does not list all of these: it lists those below the id that ended last, and the owner may be
 * younger. But once a later id, the bound, was taken and has ended, every snapshot lists all that
 * run below the bound, and these are the suspects. When they have ended too, a snapshot taken then
 * sees the place filled, or it never will be. Nothing of this is kept anywhere but in memory.
 *
 * <p>What became of places that this server took itself it knows without a look. Not thread-safe.
 */
final class Gaps {

    /** Own places that are remembered; what became of more is found by looks. */
    private static final int MOST_OWN = 10_000;

    private final TreeMap<Long, Gap> gaps = new TreeMap<>();

    /** The own places behind the mark that have ended, and whether they were filled. */
    private final TreeMap<Long, Boolean> own = new TreeMap<>();

    private long mark;

    /**
     * Places from one to another, both included.
     *
     * @param suspects the transactions that may own them; null while they are not known
     */
    private record Gap(long from, long to, @Nullable Set<Long> suspects) {

        boolean isOpen() {
            return suspects == null || !suspects.isEmpty();
        }

        /** The same after a look at who runs, if it was there before the bound was taken. */
        Gap judged(Set<Long> running, long bound) {
            if (suspects != null) {
                suspects.retainAll(running);
                return this;
            }
            if (bound == NONE) {
                return this;
            }
            Set<Long> below = new HashSet<>(running);
            below.removeIf(id -> id >= bound);
            return new Gap(from, to, below);
        }

        Gap part(long first, long last) {
            return new Gap(first, last, suspects == null ? null : new HashSet<>(suspects));
        }
    }

    /** No bound was taken before the snapshot. */
    static final long NONE = 0;

    /** All up to that place is settled. */
    Gaps(long mark) {
        this.mark = mark;
    }

    /** The last filled place below which none is open. */
    long mark() {
        return mark;
    }

    /** Whether a look saw an open place, so that filled ones behind it must wait. */
    boolean isBlocked() {
        return !gaps.isEmpty();
    }

    /** Whether a place that is filled must wait, as far as is known. */
    boolean isWaiting() {
        return !gaps.isEmpty() || own.containsValue(true);
    }

    /** An own place was filled by a commit, or will never be. */
    void ended(long place, boolean filled) {
        if (place > mark && own.size() < MOST_OWN) {
            own.put(place, filled);
            advance();
        }
    }

    /** Moves the mark over own places that follow it without a gap. */
    private void advance() {
        long next = mark + 1;
        for (var each : own.entrySet()) {
            if (each.getKey() != next) {
                break;
            }
            if (each.getValue()) {
                mark = next;
            }
            next++;
        }
        own.headMap(mark, true).clear();
        while (!gaps.isEmpty() && gaps.firstEntry().getValue().to() <= mark) {
            gaps.pollFirstEntry();
        }
    }

    private boolean isOpen(Gap gap) {
        return gap.isOpen()
                && own.subMap(gap.from(), true, gap.to(), true).size() <= gap.to() - gap.from();
    }

    /**
     * Looks at one snapshot.
     *
     * @param running the transactions that it lists as running
     * @param filled places behind the mark that it sees filled, ascending; all of them, or all up
     *     to some place
     * @param bound the id of a transaction that began after the look before and ended before this
     *     one; or {@link #NONE}
     */
    void observe(Set<Long> running, List<Long> filled, long bound) {
        TreeMap<Long, Gap> known = new TreeMap<>(gaps);
        known.replaceAll((from, gap) -> gap.judged(running, bound));
        gaps.clear();
        boolean open = false;
        long next = mark + 1;
        for (long place : filled) {
            if (place <= mark) {
                continue;
            }
            for (Gap gap : between(next, place - 1, known)) {
                open |= isOpen(gap);
                if (open) {
                    gaps.put(gap.from(), gap);
                }
            }
            if (!open) {
                mark = place;
            }
            next = place + 1;
        }
        own.headMap(mark, true).clear();
        advance();
    }

    /** The gap between two places, cut where parts of it are known from before. */
    private static List<Gap> between(long from, long to, NavigableMap<Long, Gap> known) {
        List<Gap> parts = new ArrayList<>();
        long next = from;
        while (next <= to) {
            var before = known.floorEntry(next);
            Gap part;
            if (before != null && before.getValue().to() >= next) {
                Gap gap = before.getValue();
                part = gap.part(next, Math.min(to, gap.to()));
            } else {
                Long above = known.higherKey(next);
                part = new Gap(next, above == null ? to : Math.min(to, above - 1), null);
            }
            parts.add(part);
            next = part.to() + 1;
        }
        return parts;
    }

    /**
     * Clears those of suspicion who cannot own a place.
     *
     * @param mayOwn found out after the last look, and before the next
     */
    void clear(LongPredicate mayOwn) {
        for (Gap gap : gaps.values()) {
            if (gap.suspects() != null) {
                gap.suspects().removeIf(id -> !mayOwn.test(id));
            }
        }
    }
}
