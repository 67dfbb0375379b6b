package dev.rocket.core.operation;

import dev.rocket.core.model.Job;
import dev.rocket.core.model.Refused;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What knows which maintenance is due, and does it.
 *
 * <p>It starts no thread. {@link #tick} is called again and again by one thread and does what is
 * due, one job after another, so maintenance never competes with itself on one server; {@link
 * #keep} is called by another one beside it and renews the lease of what is being done. Across
 * servers the {@link Lease} sees to it that a job is done once. What is due follows from the jobs
 * in the store and from the clock alone ({@link Timing}), so whatever was missed while no server
 * ran is made up for by the first tick. All other methods may be called from any thread.
 */
public final class MaintenanceScheduler {

    /** How often the store is looked at when nothing is due. */
    static final Duration LOOK = Duration.ofMinutes(1);

    private final Store store;
    private final JobBook book;
    private final Place here;
    private final Agenda agenda;
    private final List<Chore> chores;
    private final Consumer<Report> told;
    private final Map<String, Lease> running = new ConcurrentHashMap<>();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;
    private Instant lookedAt = Instant.MIN;
    private Instant nextLook = Instant.MIN;

    /**
     * What it stands on.
     *
     * @param clock gives the time
     * @param zone whose local time the timetables mean; the same on all servers of a store
     * @param holder this server, as told to people
     * @param meter hears of runs
     * @param isAlone whether no other server has the store open; false when that cannot be told
     */
    public record Place(
            InstantSource clock, ZoneId zone, String holder, Meter meter, BooleanSupplier isAlone) {

        /** Of a server that may not be alone. */
        public Place(InstantSource clock, ZoneId zone, String holder, Meter meter) {
            this(clock, zone, holder, meter, () -> false);
        }
    }

    /**
     * How a run went, for the log.
     *
     * @param job its name
     * @param run as recorded
     * @param why what was thrown, when something was
     */
    public record Report(String job, Job.Run run, Optional<Throwable> why) {}

    /**
     * A job and what is known of it.
     *
     * @param chore what this server can do
     * @param job as it stands in the store; empty when it was never taken
     * @param next when it is due by itself; empty when it never is, or is being done
     * @param isRunning whether some server does it
     * @param isAsked whether it was asked for here and waits for its turn
     * @param overdue how long it should have been done already; zero when nothing was missed
     */
    public record Entry(
            Chore chore,
            Optional<Job> job,
            Optional<Instant> next,
            boolean isRunning,
            boolean isAsked,
            Duration overdue) {}

    /**
     * Schedules some chores on a store.
     *
     * @param told hears of each run when it has ended; on the thread that ticks
     * @throws IllegalArgumentException when two chores have one name
     */
    public MaintenanceScheduler(
            Store store, Place here, List<Chore> chores, Consumer<Report> told) {
        this.store = store;
        this.book = new JobBook(store);
        this.here = here;
        this.agenda = new Agenda(here.zone(), book::beginning);
        this.chores = List.copyOf(chores);
        this.told = told;
        List<String> names = names();
        if (Set.copyOf(names).size() < names.size()) {
            throw new IllegalArgumentException("two chores have one name: " + names);
        }
    }

    /**
     * Does what is due, and returns when all of it was done.
     *
     * @throws StoreException when the store cannot be read or a job cannot be taken; nothing is
     *     lost, and it is tried again after {@link #LOOK}
     */
    public void tick() {
        Instant now = here.clock().instant();
        boolean wentBack = now.isBefore(lookedAt);
        if (stopped || (asked.isEmpty() && now.isBefore(nextLook) && !wentBack)) {
            return;
        }
        lookedAt = now;
        nextLook = now.plus(LOOK);
        Map<String, Job> jobs = book.jobs(names());
        Optional<RuntimeException> failure = Optional.empty();
        for (Chore chore : chores) {
            try {
                look(chore, Optional.ofNullable(jobs.get(chore.name())), now);
            } catch (RuntimeException e) {
                // One that cannot be begun must not keep the others from being done.
                failure.ifPresent(e::addSuppressed);
                failure = Optional.of(e);
            }
        }
        if (failure.isPresent()) {
            nextLook = now.plus(LOOK);
            throw failure.get();
        }
    }

    private void look(Chore chore, Optional<Job> job, Instant now) {
        job.flatMap(Job::succeeded).ifPresent(at -> here.meter().succeeded(chore.name(), at));
        if (isDue(chore, job, now)) {
            if (asked.contains(chore.name()) || chore.work().isHere()) {
                attend(chore);
                nextLook = now;
            }
        } else {
            agenda.due(chore, job, now).filter(nextLook::isAfter).ifPresent(at -> nextLook = at);
        }
    }

    private boolean isDue(Chore chore, Optional<Job> job, Instant now) {
        return agenda.isDue(chore, job, now)
                || (asked.contains(chore.name()) && !isHeldElsewhere(chore, job, now));
    }

    /** Nothing is being done here while it is asked; so who is alone holds what a dead one held. */
    private boolean isHeldElsewhere(Chore chore, Optional<Job> job, Instant now) {
        return agenda.isHeld(chore, job, now) && !here.isAlone().getAsBoolean();
    }

    /** Does a job, if it is still due: others took their time, and may have done it. */
    private void attend(Chore chore) {
        Instant now = here.clock().instant();
        Optional<Job> job = book.job(chore.name());
        if (stopped || !isDue(chore, job, now)) {
            return;
        }
        Optional<Instant> covers =
                agenda.isDue(chore, job, now) ? agenda.appointed(chore, now) : Optional.empty();
        if (!asked.contains(chore.name()) && !chore.work().isNeeded()) {
            covers.ifPresent(at -> agenda.unneeded(chore, at));
            return;
        }
        Optional<Lease> lease = Lease.take(store, here.clock(), chore.name(), job, here.holder());
        if (lease.isPresent()) {
            asked.remove(chore.name());
            running.put(chore.name(), lease.get());
            try {
                run(chore, lease.get(), covers);
            } finally {
                running.remove(chore.name());
            }
        }
    }

    private void run(Chore chore, Lease lease, Optional<Instant> covers) {
        Instant started = here.clock().instant();
        Outcome outcome;
        Optional<Throwable> why = Optional.empty();
        try {
            if (stopped) {
                lease.stop();
            }
            outcome = chore.work().run(lease);
        } catch (Lease.Over over) {
            if (!over.isLost()) {
                hindrance(lease::release);
                return;
            }
            outcome = Outcome.failed(String.valueOf(over.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            outcome = Outcome.failed("it was interrupted");
        } catch (Exception e) {
            outcome = Outcome.failed(sentence(e));
            why = Optional.of(e);
        }
        Instant ended = here.clock().instant();
        Job.Run run =
                new Job.Run(here.holder(), started, ended, outcome.result(), outcome.detail());
        Optional<Throwable> unrecorded = hindrance(() -> lease.end(run, covers));
        if (outcome.result() == Job.Result.OK) {
            chore.work().next().ifPresent(this::ask);
        }
        here.meter().maintained(chore.name(), run);
        told.accept(new Report(chore.name(), run, why.or(() -> unrecorded)));
    }

    /** What hinders a record; whoever looks at the job later finds a lease that was given up. */
    private static Optional<Throwable> hindrance(Runnable record) {
        try {
            record.run();
            return Optional.empty();
        } catch (Refused | StoreException e) {
            return Optional.of(e);
        }
    }

    private static String sentence(Exception e) {
        String message = String.valueOf(e.getMessage());
        boolean told = e instanceof StoreException || e instanceof Refused;
        return told ? message : e.getClass().getSimpleName() + ": " + message;
    }

    /** Renews the leases of what is being done here. */
    public void keep() {
        running.values().forEach(Lease::keep);
    }

    /** Begins nothing more, and asks what is being done to end at its next checkpoint. */
    public void stop() {
        stopped = true;
        running.values().forEach(Lease::stop);
    }

    /**
     * Has a job done by the next tick, whatever its timetable says.
     *
     * @return false when there is no job of that name
     */
    public boolean ask(String name) {
        boolean known = names().contains(name);
        if (known) {
            asked.add(name);
        }
        return known;
    }

    /** Every job, in the order in which they were given. */
    public List<Entry> entries() {
        Instant now = here.clock().instant();
        Map<String, Job> jobs = book.jobs(names());
        return chores.stream()
                .map(chore -> entry(chore, Optional.ofNullable(jobs.get(chore.name())), now))
                .toList();
    }

    private Entry entry(Chore chore, Optional<Job> job, Instant now) {
        boolean held = agenda.isHeld(chore, job, now);
        Optional<Instant> next = held ? Optional.empty() : agenda.due(chore, job, now);
        boolean isAsked = asked.contains(chore.name());
        return new Entry(chore, job, next, held, isAsked, agenda.overdue(chore, job, now));
    }

    /** The last runs of a job, the newest first, as far as the feed holds them. */
    public List<Job.Run> runs(String name, int limit) {
        return book.runs(name, limit);
    }

    private List<String> names() {
        return chores.stream().map(Chore::name).toList();
    }
}
