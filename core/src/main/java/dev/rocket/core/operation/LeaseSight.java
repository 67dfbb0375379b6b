package dev.rocket.core.operation;

import dev.rocket.core.model.Job;
import dev.rocket.core.model.Revision;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was seen of the leases of others here, and since when.
 *
 * <p>Losing that with the process costs a wait. Safe from any thread.
 */
final class LeaseSight {

    private final Map<String, Seen> leases = new ConcurrentHashMap<>();

    private record Seen(Revision revision, Instant since) {}

    /**
     * When the lease of a job ends, if it has one: when it says, or when it was seen unchanged for
     * as long as any lasts, since a clock that jumped must not keep it for ever.
     */
    Optional<Instant> ends(String name, Optional<Job> job, Instant now) {
        Optional<Job.Lease> lease = job.flatMap(Job::lease);
        if (lease.isEmpty()) {
            leases.remove(name);
            return Optional.empty();
        }
        Seen fresh = new Seen(job.orElseThrow().revision(), now);
        Seen seen =
                leases.merge(
                        name,
                        fresh,
                        (was, is) ->
                                was.revision().equals(is.revision()) && !was.since().isAfter(now)
                                        ? was
                                        : is);
        Instant atMost = seen.since().plus(Lease.LENGTH);
        Instant until = lease.get().until();
        return Optional.of(until.isAfter(atMost) ? atMost : until);
    }
}
