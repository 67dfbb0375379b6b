package dev.rocket.core.operation;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Job;
import dev.rocket.core.model.Refused;
import dev.rocket.core.port.Store;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Whose turn it is to archive a store that servers share.
 *
 * <p>It is a {@link Lease}, held for as long as a server lives and can reach the store. When it
 * ends, or its holder is dead and another server is alone, the next one takes it. A store that only
 * one server can have needs none. {@link #take} and {@link #end} are for one thread.
 */
public final class ArchiveTurn {

    /** The job that is leased. */
    static final String JOB = "feed-archive";

    private final Store store;
    private final JobBook book;
    private final MaintenanceScheduler.Place here;
    private final BooleanSupplier isShared;
    private final LeaseSight sight = new LeaseSight();
    private volatile Optional<Lease> lease = Optional.empty();

    /**
     * Takes turns with the other servers of a store.
     *
     * @param here this server
     * @param isShared whether other servers may have the store as well
     */
    public ArchiveTurn(Store store, MaintenanceScheduler.Place here, BooleanSupplier isShared) {
        this.store = store;
        this.book = new JobBook(store);
        this.here = here;
        this.isShared = isShared;
    }

    /**
     * Keeps the turn, or takes it when it is free.
     *
     * @return whether it is this server's
     * @throws dev.rocket.core.port.StoreException when the machine failed
     */
    public boolean take() {
        if (!isShared.getAsBoolean()) {
            end();
            return true;
        }
        Optional<Job> job = book.job(JOB);
        lease = lease.filter(held -> held.isIn(job));
        if (lease.isEmpty()) {
            if (!isHeld(job) || here.isAlone().getAsBoolean()) {
                lease = Lease.take(store, here.clock(), JOB, job, here.holder());
            }
        } else {
            keep();
        }
        return lease.isPresent();
    }

    private void keep() {
        Optional<Lease> held = lease;
        try {
            held.ifPresent(Lease::checkpoint);
        } catch (Lease.Over over) {
            lost();
        }
    }

    /** What it is held by; empty when it is another server's, or nobody shares the store. */
    Optional<Lease> lease() {
        return lease;
    }

    /** It was found to be another server's. */
    void lost() {
        lease = Optional.empty();
    }

    /**
     * Who else archives, as told to people; empty when nobody does.
     *
     * @throws dev.rocket.core.port.StoreException when the machine failed
     */
    public Optional<String> other() {
        if (lease.isPresent() || !isShared.getAsBoolean()) {
            return Optional.empty();
        }
        return holder(book.job(JOB));
    }

    private Optional<String> holder(Optional<Job> job) {
        return job.filter(one -> isHeld(job)).flatMap(Job::lease).map(Job.Lease::holder);
    }

    /** Whether somebody has it, as far as can be told. */
    private boolean isHeld(Optional<Job> job) {
        Instant now = here.clock().instant();
        return sight.ends(JOB, job, now).filter(now::isBefore).isPresent();
    }

    /** Gives it to whoever asks next. */
    public void end() {
        Optional<Lease> held = lease;
        lost();
        try {
            held.ifPresent(Lease::release);
        } catch (Refused lost) {
            // Another server has it already.
        }
    }

    /** Who archives the feed of a store, as told to people; empty when nobody is known to. */
    static Optional<String> holder(Store store, Instant now) {
        return new JobBook(store)
                .job(JOB)
                .flatMap(Job::lease)
                .filter(held -> held.until().isAfter(now))
                .map(Job.Lease::holder);
    }

    /** Whether a change only tells whose turn it is. */
    static boolean isIn(Change change) {
        return change.image().id().equals(Job.Id.of(JOB));
    }
}
