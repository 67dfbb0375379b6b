package dev.rocket.core.operation;

import dev.rocket.core.model.Job;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What is due, from the jobs in a store and what was seen of them here.
 *
 * <p>It remembers two things that stand nowhere else: when a lease was first seen as it is, and
 * which appointed time was found to need nothing. Losing both with the process costs a wait and a
 * look. Safe from any thread.
 */
final class Agenda {

    private final ZoneId zone;
    private final Supplier<Optional<Instant>> beginning;
    private final Map<String, Instant> unneeded = new ConcurrentHashMap<>();
    private final LeaseSight leases = new LeaseSight();
    private volatile Instant born = Instant.MAX;

    /**
     * Knows nothing yet.
     *
     * @param beginning tells since when the store has been there
     */
    Agenda(ZoneId zone, Supplier<Optional<Instant>> beginning) {
        this.zone = zone;
        this.beginning = beginning;
    }

    /**
     * When a job is due by itself, or free to be looked at again; not after now when it is due;
     * empty when it never is.
     */
    Optional<Instant> due(Chore chore, Optional<Job> job, Instant now) {
        Optional<Instant> leaseEnds = leases.ends(chore.name(), job, now);
        if (leaseEnds.filter(now::isBefore).isPresent()) {
            return leaseEnds;
        }
        Timing timing = new Timing(chore.timetable(), zone);
        return timing.due(job, leaseEnds, covered(chore, job, now), now);
    }

    /** Whether a job is due by itself. */
    boolean isDue(Chore chore, Optional<Job> job, Instant now) {
        return due(chore, job, now).filter(at -> !at.isAfter(now)).isPresent();
    }

    /**
     * How long the first appointed time that nobody saw to has passed; zero when none has, and when
     * the store would not know.
     */
    Duration overdue(Chore chore, Optional<Job> job, Instant now) {
        Instant covered = covered(chore, job, now);
        return chore.timetable()
                .after(covered, zone)
                .filter(at -> chore.work().isRecorded() && at.isBefore(now))
                .map(at -> Duration.between(at, now))
                .orElse(Duration.ZERO);
    }

    /** Whether somebody does a job, as far as can be told. */
    boolean isHeld(Chore chore, Optional<Job> job, Instant now) {
        return leases.ends(chore.name(), job, now).filter(now::isBefore).isPresent();
    }

    /** The newest time that a job was appointed for. */
    Optional<Instant> appointed(Chore chore, Instant now) {
        return chore.timetable().upTo(now, zone);
    }

    /** A time that a job was appointed for needs nothing. */
    void unneeded(Chore chore, Instant appointed) {
        unneeded.put(chore.name(), appointed);
    }

    /** The newest appointed time that was seen to: recorded, found unneeded, or before all. */
    private Instant covered(Chore chore, Optional<Job> job, Instant now) {
        Instant recorded = job.flatMap(Job::covered).orElseGet(() -> born(now));
        Instant looked = unneeded.getOrDefault(chore.name(), Instant.MAX);
        boolean counts = !looked.isAfter(now);
        return counts && (recorded.isBefore(looked) || recorded.isAfter(now)) ? looked : recorded;
    }

    /** A job that was never done is missed from the store's beginning on. */
    private Instant born(Instant now) {
        if (born.equals(Instant.MAX)) {
            born = beginning.get().orElse(now);
        }
        return born;
    }
}
