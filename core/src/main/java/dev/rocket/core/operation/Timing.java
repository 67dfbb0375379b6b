package dev.rocket.core.operation;

import dev.rocket.core.model.Job;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * When a job is due; pure.
 *
 * <p>What counts is the newest appointed time that was seen to. The first one behind it is due, at
 * once when it has passed, and a run sees to all that have passed. So whatever was missed is made
 * up for once, and a clock that jumps forward makes one run due, not many. A clock that went back
 * over no more than the time that was seen to must not make it due again. One that went back over
 * more stood wrong before, and nobody knows when the job was really done: then it is due at once.
 */
record Timing(Timetable table, ZoneId zone) {

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    /** When the first appointed time that was not seen to is due, if any is appointed. */
    Optional<Instant> next(Instant covered, Instant now) {
        if (!covered.isAfter(now)) {
            return table.after(covered, zone);
        }
        Optional<Instant> first = table.after(now, zone);
        boolean isWrong = first.filter(at -> at.isBefore(covered)).isPresent();
        return isWrong ? Optional.of(now) : table.after(covered, zone);
    }

    /** When a run that failed is tried again. */
    static Instant retry(Instant ended, int failures, Instant now) {
        Duration pause = FIRST_PAUSE;
        for (int i = 1; i < failures && pause.compareTo(LONGEST_PAUSE) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        Instant at = ended.plus(pause);
        return at.isAfter(now.plus(pause)) ? now : at;
    }

    /**
     * When a job is due by itself; not after now when it is due now; empty when it is appointed for
     * no time.
     *
     * @param job as it stands, without a lease or with one that is over
     * @param leaseOver when that lease ended
     * @param covered the newest appointed time that was seen to, recorded or not
     */
    Optional<Instant> due(
            Optional<Job> job, Optional<Instant> leaseOver, Instant covered, Instant now) {
        if (table instanceof Timetable.Off) {
            return Optional.empty();
        }
        int failures = job.map(Job::failures).orElse(0);
        if (leaseOver.isPresent()) {
            return Optional.of(retry(leaseOver.get(), failures + 1, now));
        }
        Optional<Instant> failed = job.flatMap(Job::last).map(Job.Run::ended);
        return failures > 0 && failed.isPresent()
                ? Optional.of(retry(failed.get(), failures, now))
                : next(covered, now);
    }
}
