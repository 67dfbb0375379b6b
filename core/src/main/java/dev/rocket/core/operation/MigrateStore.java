package dev.rocket.core.operation;

import dev.rocket.core.operation.MoveStatus.Phase;
import dev.rocket.core.port.Custody;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Moving a store to another place while it is used, and back.
 *
 * <p>One move at a time, as the {@link #chore} {@code migration} that is done when it was asked
 * for. After a move the former store follows the new one for as long as the window lasts, so that
 * the way back is as quick; that is {@link #follow}'s, which is called again and again by one
 * thread. All other methods may be called from any thread.
 */
public final class MigrateStore {

    /** The name of the job. */
    public static final String JOB = "migration";

    private final SwitchableStore store;
    private final Settings settings;
    private final MoveControl control;
    private final FormerStore former;
    private volatile Destination here;
    private volatile Optional<Request> asked = Optional.empty();

    /**
     * What it stands on.
     *
     * @param clock gives the time
     * @param nanoTime as {@link System#nanoTime}
     * @param pause lets time pass
     * @param window for how long the former store follows
     */
    public record Settings(
            InstantSource clock, LongSupplier nanoTime, RunUpkeep.Pause pause, Duration window) {}

    /**
     * What is asked for.
     *
     * @param to where to; empty for the place that the store came from
     * @param freeze how long any write may wait
     * @param pauseAt the phase before which it waits until it is told to go on
     * @param isDry whether it only looks
     */
    public record Request(
            Optional<Destination> to, Duration freeze, Optional<Phase> pauseAt, boolean isDry) {}

    /**
     * Moves a store.
     *
     * @param here where it is now
     */
    public MigrateStore(SwitchableStore store, Destination here, Settings settings) {
        this.store = store;
        this.here = here;
        this.settings = settings;
        this.control =
                new MoveControl(
                        new MoveControl.Tools(
                                settings.clock(), settings.nanoTime(), settings.pause()));
        this.former = new FormerStore(store, settings.clock());
    }

    /** The chore; it does nothing when nothing was asked for. */
    public Chore chore() {
        return new Chore(JOB, "moves the store to another place", Timetable.OFF, this::run);
    }

    /** How far the move is, or how the last one ended. */
    public MoveStatus status() {
        return control.status();
    }

    /** Where the store is that is in charge. */
    public Destination here() {
        return here;
    }

    /** Where the store is that follows, and until when; empty when none does. */
    public Optional<String> following() {
        return former.window().map(some -> some.place().place() + " until " + some.until());
    }

    /** How many places of the feed the store that follows is behind; empty when none follows. */
    public OptionalLong behind() {
        return former.behind();
    }

    /**
     * Has the next run move the store.
     *
     * @return why not, in a sentence; empty when it will
     */
    public synchronized Optional<String> ask(Request request) {
        if (asked.isPresent()) {
            return Optional.of("A move is under way; wait for its end, or abort it.");
        }
        Optional<Destination> to =
                request.to().or(() -> former.window().map(FormerStore.Window::place));
        if (to.isEmpty()) {
            return Optional.of(
                    "No former store follows "
                            + here.place()
                            + ", so there is no short way back; move to an empty place with --to.");
        }
        control.begin(to.get().place(), request.pauseAt());
        asked = Optional.of(new Request(to, request.freeze(), request.pauseAt(), request.isDry()));
        return Optional.empty();
    }

    /** Has the move end where it can; whether one is under way. */
    public boolean end() {
        control.end();
        return asked.isPresent();
    }

    /** Has a move that waits go on; whether one waited. */
    public boolean proceed() {
        return control.proceed();
    }

    private Outcome run(Lease lease) throws InterruptedException {
        if (asked.isEmpty()) {
            return Outcome.skipped("no move was asked for; see rocket migrate --help");
        }
        Request request = asked.get();
        Route route = new Route(here, request.to().orElseThrow(), request.freeze());
        Optional<FormerStore.Window> leftBehind = former.letGo();
        Store before = store.current();
        try {
            lease.checkpoint();
            control.say("looking at the target");
            List<String> plan = new MovePlan(store.current(), route).lines(control);
            if (request.isDry()) {
                control.over(Phase.DONE, "nothing was copied", plan);
                return Outcome.done("a dry run to " + route.to().place());
            }
            return move(route);
        } catch (MoveControl.Ended e) {
            route.to().discard(route.from().place());
            control.over(Phase.ABORTED, said(e) + "; the store is where it was", List.of());
            return Outcome.skipped(said(e) + "; the store is at " + here.place());
        } catch (StoreException e) {
            control.over(Phase.FAILED, said(e), List.of());
            return Outcome.failed(said(e));
        } finally {
            asked = Optional.empty();
            if (store.current().equals(before)) {
                leftBehind.ifPresent(some -> former.begin(some, here));
            }
        }
    }

    private static String said(RuntimeException e) {
        return String.valueOf(e.getMessage());
    }

    private Outcome move(Route route) throws InterruptedException {
        NotedReceipts noted = store.note();
        boolean moved = false;
        try {
            Store left = Move.run(store, route, new Move.Follower(noted, control));
            moved = true;
            here = route.to();
            left.close();
        } finally {
            if (!moved) {
                store.noteNoMore();
            }
        }
        MoveStatus status = control.status();
        String detail =
                "at "
                        + route.to().place()
                        + " since Seq "
                        + status.at().value()
                        + "; writes waited "
                        + status.frozen().toMillis()
                        + " ms";
        control.over(Phase.DONE, detail, route.to().settings());
        former.begin(
                new FormerStore.Window(route.from(), control.now().plus(settings.window())), here);
        return Outcome.done(detail);
    }

    /**
     * Finds out at the start who is in charge, and goes on with what a move left.
     *
     * @param first the store that the server is to run on, opened whoever is in charge
     * @param places leads to a place by what people call it; empty where it is not known how
     * @throws StoreException with FOREIGN when another store is in charge
     */
    public static void settle(
            Store first, Destination here, Function<String, Optional<Destination>> places) {
        Optional<Custody> custody = first.read(Snapshot::custody);
        boolean arriving =
                custody.filter(some -> some.state() == Custody.State.ARRIVING).isPresent();
        if (arriving && hasLeft(custody.get().other(), here, places)) {
            mark(first, new Custody(Custody.State.HERE, custody.get().other(), custody.get().at()));
        } else {
            Custody.check(custody, here.place());
        }
    }

    /**
     * Puts a copy in charge of a store that nobody writes to.
     *
     * @param from what people call the place of the store
     * @param to what they call the place of the copy
     */
    public static void handOver(Store store, String from, Store copy, String to, Instant at) {
        mark(store, new Custody(Custody.State.MOVED, to, at));
        mark(copy, new Custody(Custody.State.HERE, from, at));
    }

    /** Writes who is in charge. */
    static void mark(Store store, Custody custody) {
        store.write(
                tx -> {
                    tx.custody(custody);
                    return true;
                });
    }

    private static boolean hasLeft(
            String source, Destination here, Function<String, Optional<Destination>> places) {
        try {
            Optional<Store> found = places.apply(source).flatMap(Destination::found);
            if (found.isEmpty()) {
                return false;
            }
            try (Store other = found.get()) {
                return FormerStore.isLeftFor(here, other);
            }
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.LOCKED) {
                // A server has it, so that one is in charge, or sees to the mark itself.
                return false;
            }
            throw e;
        }
    }

    /**
     * Has the store that this one came from follow it, for what is left of the window.
     *
     * @param places as in {@link #settle}
     */
    public void goOn(Function<String, Optional<Destination>> places) {
        Optional<Custody> custody = store.read(Snapshot::custody);
        if (custody.isEmpty()) {
            return;
        }
        Instant until = custody.get().at().plus(settings.window());
        if (control.now().isBefore(until)) {
            places.apply(custody.get().other())
                    .ifPresent(place -> former.begin(new FormerStore.Window(place, until), here));
        }
    }

    /**
     * Brings the former store forward, and lets it go when the window has ended.
     *
     * @throws StoreException when the machine below either failed; it is tried again
     */
    public void follow() {
        former.follow();
    }

    /** Lets go of the store that follows, once the server has stopped. */
    public void close() {
        former.letGo();
    }
}
