package dev.rocket.core.operation;

import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Job;
import dev.rocket.core.model.Refusal;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Revision;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * The right to do one job, held in the store.
 *
 * <p>It lasts for {@link #LENGTH} and is renewed while its holder lives. A holder that was paused
 * for longer may have lost it without knowing; so whatever it writes is fenced: in the write's own
 * transaction the job must still carry the fence that this lease was given, which no later lease
 * shares. Clocks decide when a lease is taken over, never whether a write is good. Safe from any
 * thread.
 */
public final class Lease {

    /** How long it lasts unless it is renewed. */
    public static final Duration LENGTH = Duration.ofMinutes(5);

    /** Why a job changed when a run of it is recorded. */
    static final String RUN = "job.run";

    private static final Actor ACTOR = Actor.system("maintenance");

    private final Store store;
    private final InstantSource clock;
    private final Job.Id id;
    private final Revision fence;
    private volatile Instant until;
    private volatile boolean stopped;
    private volatile boolean lost;

    private Lease(Store store, InstantSource clock, Job taken, Instant until) {
        this.store = store;
        this.clock = clock;
        this.id = taken.id();
        this.fence = taken.revision();
        this.until = until;
    }

    /**
     * Takes a job.
     *
     * @param name of the job
     * @param seen the job as it was when it was found free; empty when there was none
     * @param holder who takes it, as told to people
     * @return empty when somebody else changed it meanwhile
     * @throws dev.rocket.core.port.StoreException when the machine failed
     */
    static Optional<Lease> take(
            Store store, InstantSource clock, String name, Optional<Job> seen, String holder) {
        Instant now = clock.instant();
        Instant until = now.plus(LENGTH);
        Job taken =
                seen.map(job -> job.taken(holder, until, now))
                        .orElseGet(() -> Job.born(name, holder, until, now));
        try {
            store.write(tx -> tx.apply(Change.draft(ACTOR, "job.take", now, taken)));
            return Optional.of(new Lease(store, clock, taken, until));
        } catch (Refused refused) {
            return Optional.empty();
        }
    }

    /**
     * Writes to the store, unless the lease was lost.
     *
     * @throws Refused with Stale when it was; nothing was written then
     * @throws dev.rocket.core.port.StoreException when the machine failed
     */
    public <T> T fenced(Function<? super Transaction, ? extends T> work) {
        return store.write(
                tx -> {
                    own(tx);
                    return work.apply(tx);
                });
    }

    /**
     * Renews the lease when half of it has gone, and ends the work when it must end.
     *
     * @throws Over when the server stops, or the lease was lost
     * @throws dev.rocket.core.port.StoreException when the machine failed
     */
    public void checkpoint() {
        if (!stopped) {
            keep();
        }
        if (stopped || lost) {
            throw new Over(lost);
        }
    }

    /** Tells it from every other lease of the job. */
    Revision fence() {
        return fence;
    }

    /** Whether a job, as it was read, is held by it. */
    boolean isIn(Optional<Job> job) {
        return job.flatMap(Job::lease).filter(held -> held.fence().equals(fence)).isPresent();
    }

    /**
     * Looks in the store whether it is still held, whatever clocks say.
     *
     * @throws Over when it was lost
     * @throws dev.rocket.core.port.StoreException when the machine failed
     */
    void assure() {
        try {
            fenced(tx -> true);
        } catch (Refused refused) {
            lost = true;
            throw new Over(lost);
        }
    }

    /** Renews the lease when half of it has gone. */
    void keep() {
        Instant now = clock.instant();
        Duration left = Duration.between(now, until);
        boolean isLong = left.compareTo(LENGTH.dividedBy(2)) > 0;
        if (lost || (isLong && left.compareTo(LENGTH) <= 0)) {
            return;
        }
        Instant longer = now.plus(LENGTH);
        try {
            change("job.renew", now, job -> job.renewed(longer, now));
            until = longer;
        } catch (Refused refused) {
            lost = true;
        }
    }

    /** Asks the work to end at its next checkpoint. */
    void stop() {
        stopped = true;
    }

    /**
     * Records a run and gives the job back.
     *
     * @param covers the appointed time that it saw to
     * @throws Refused with Stale when the lease was lost; then nothing is recorded
     */
    void end(Job.Run run, Optional<Instant> covers) {
        change(RUN, run.ended(), job -> job.ran(run, covers));
    }

    /** Gives the job back as if it had not been taken. */
    void release() {
        Instant now = clock.instant();
        change("job.release", now, job -> job.released(now));
    }

    private void change(String cause, Instant now, Function<Job, Job> next) {
        store.write(tx -> tx.apply(Change.draft(ACTOR, cause, now, next.apply(own(tx)))));
    }

    private Job own(Transaction tx) {
        Job job = tx.find(id).orElseThrow(() -> Refused.notFound(id));
        if (!isIn(Optional.of(job))) {
            throw new Refused(new Refusal.Stale(id, job.revision()));
        }
        return job;
    }

    /** Ends work that may not go on; no failure of its own. */
    public static final class Over extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final boolean lost;

        private Over(boolean lost) {
            super(lost ? "another server took the job over" : "the server stops");
            this.lost = lost;
        }

        /** Whether another server does the job now. */
        boolean isLost() {
            return lost;
        }
    }
}
