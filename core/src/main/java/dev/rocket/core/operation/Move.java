package dev.rocket.core.operation;

import dev.rocket.core.model.Seq;
import dev.rocket.core.operation.MoveStatus.Phase;
import dev.rocket.core.port.Custody;
import dev.rocket.core.port.Loader;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * One move of a store to another place: copy, follow, compare, {@link CutOver}.
 *
 * <p>Until the cut-over the source is in charge and is not touched. A copy that was not finished is
 * gone on with by the next move from and to the same places. For one thread.
 */
final class Move {

    /** A copy that is more changes behind is not near, however often it was brought forward. */
    private static final int NEAR = FollowStore.PAGE / 4;

    /** How many passes may leave the copy as far behind as it was, before writes are held up. */
    private static final int VAIN = 20;

    /** How often writes are held up before the move is given up. */
    private static final int FREEZES = 10;

    /** For how long a store may fail again and again before the move is given up. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final SwitchableStore store;
    private final Store source;
    private final Store copy;
    private final Route route;
    private final MoveControl control;
    private final MoveCheck check;
    private final FollowStore follow;

    private Move(SwitchableStore store, Store copy, Route route, Follower follower) {
        this.store = store;
        this.source = store.current();
        this.copy = copy;
        this.route = route;
        this.control = follower.control();
        this.check = new MoveCheck(source, copy);
        this.follow = new FollowStore(source, copy, follower.noted(), check::touch);
    }

    /**
     * What a copy is kept near by.
     *
     * @param noted receipts of the source, from before the copy was begun
     */
    record Follower(NotedReceipts noted, MoveControl control) {}

    /**
     * Moves a store. When it has returned, the copy is in charge.
     *
     * @return the former store, which is to be closed
     * @throws StoreException when it failed; the source is in charge
     * @throws MoveControl.Ended when it was told to end; the source is in charge
     */
    static Store run(SwitchableStore store, Route route, Follower follower)
            throws InterruptedException {
        Store former = store.current();
        Store copy = copy(former, route, follower);
        boolean moved = false;
        try {
            new Move(store, copy, route, follower).run();
            moved = true;
            return former;
        } finally {
            if (!moved) {
                copy.close();
            }
        }
    }

    /** What is there already, when it can be gone on with; else a fresh copy. */
    private static Store copy(Store source, Route route, Follower follower) {
        MoveControl control = follower.control();
        control.phase(Phase.COPYING, "copying the store as it is now");
        Optional<Store> found = route.to().found();
        if (found.isPresent()) {
            boolean fits = false;
            try {
                control.at(0, new MovePlan(source, route).resumable(found.get()), source.head());
                // Which receipts it lacks nobody has noted.
                follower.noted().overflow();
                fits = true;
                return found.get();
            } finally {
                if (!fits) {
                    found.get().close();
                }
            }
        }
        String own = route.from().place();
        try (Loader loader = route.to().loader()) {
            loader.custody(new Custody(Custody.State.ARRIVING, own, control.now()));
            new CopyStore(source)
                    .run(
                            loader,
                            far -> {
                                control.at(far.rows(), far.at(), far.end());
                                control.checkpoint();
                            });
        }
        return route.to().found().orElseThrow(() -> gone(route));
    }

    private static StoreException gone(Route route) {
        return new StoreException(
                Kind.UNAVAILABLE,
                "The copy at " + route.to().place() + " is gone; begin the move again.");
    }

    private void run() throws InterruptedException {
        control.phase(Phase.TAILING, "following what was written meanwhile", this::near);
        near();
        control.phase(Phase.COMPARING, "comparing the feeds, then all entities", this::near);
        compare();
        again(this::merge);
        control.phase(Phase.FREEZING, "taking over", this::near);
        Duration pause = FIRST_PAUSE;
        CutOver cutOver = new CutOver(store, copy, route, control);
        for (int i = 0; i < FREEZES; i++) {
            near();
            if (cutOver.attempt(this::last)) {
                return;
            }
            control.say(thawed(pause));
            control.rest(pause);
            control.checkpoint();
            pause = pause.multipliedBy(2);
            pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        }
        throw new StoreException(
                Kind.OVERLOADED,
                "Writes would have waited longer than "
                        + route.freeze().toMillis()
                        + " ms in each of "
                        + FREEZES
                        + " attempts; move the store when there is less to do, or let writes wait"
                        + " longer with --freeze.");
    }

    private String thawed(Duration pause) {
        return "writes would have waited longer than "
                + route.freeze().toMillis()
                + " ms, so they went on; trying again in "
                + pause.toSeconds()
                + " s";
    }

    /**
     * Follows until the copy is near, and compares what was touched.
     *
     * <p>What was written during one pass is what the next has to do, so passes get shorter for as
     * long as the copy is faster than writers are; the nearer it begins, the shorter is the freeze.
     * Where it is not faster, more passes are in vain, and the freeze has to do with what is left.
     */
    private void near() {
        long nearest = Long.MAX_VALUE;
        int vain = 0;
        int enough = 0;
        int applied;
        do {
            applied = again(this::pass);
            enough = Math.min(enough + 1, NEAR);
            long behind = source.head().value() - follow.at().value();
            vain = behind < nearest ? 0 : vain + 1;
            nearest = Math.min(behind, nearest);
        } while (applied > enough && vain < VAIN);
    }

    private int pass() {
        int applied = follow.step(source.head());
        follow.receipts();
        differs(check.touched());
        control.at(0, follow.at(), source.head());
        control.checkpoint();
        return applied;
    }

    /** Does a step again, for a while, when the machine below fails for a moment. */
    private int again(IntSupplier step) {
        Instant until = control.now().plus(PATIENCE);
        while (true) {
            try {
                return step.getAsInt();
            } catch (StoreException e) {
                if (!e.mayRetry() || control.now().isAfter(until)) {
                    throw e;
                }
                control.say("waiting: " + e.getMessage());
                control.rest(FIRST_PAUSE);
                control.checkpoint();
            }
        }
    }

    private static void differs(Optional<String> difference) {
        if (difference.isPresent()) {
            throw new StoreException(
                    Kind.CORRUPT,
                    "The copy is not what it was made of: "
                            + difference.get()
                            + ". The source is in charge, as before; run `rocket verify` on it and"
                            + " begin again with an empty place.");
        }
    }

    private void compare() {
        Feeds feeds = new Feeds(source, copy, CompareStores.Places.KEPT);
        feeds.follow(control::pace);
        differs(
                feeds.difference()
                        .map(place -> "the feeds differ at the " + place.number() + ". change"));
        long looked = feeds.looked();
        differs(check.all(follow::to, more -> control.pace(looked + more)));
    }

    /** What comparing kept in the source's log would hold writers up when the source is closed. */
    private int merge() {
        source.upkeep().merge();
        return 0;
    }

    /** Brings the last changes over while nothing is written. */
    private boolean last() {
        Seq end = source.read(Snapshot::seq);
        follow.to(end);
        follow.receipts();
        differs(check.touched());
        return follow.at().equals(end);
    }
}
