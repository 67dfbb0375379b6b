package dev.rocket.core.operation;

import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Custody;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.time.Duration;
import java.util.Optional;

/**
 * Putting a copy in charge that is near.
 *
 * <p>The mark on the source is the moment. Before it, the source is in charge and nothing has
 * happened. After it there is no way back: the copy's own mark is written until it is there, while
 * writes wait; and whoever starts a server on the copy before that looks at the source and writes
 * it too. So no crash leaves two in charge, or none.
 */
final class CutOver {

    private static final Duration AGAIN = Duration.ofMillis(100);

    private final SwitchableStore store;
    private final Store copy;
    private final Route route;
    private final MoveControl control;

    CutOver(SwitchableStore store, Store copy, Route route, MoveControl control) {
        this.store = store;
        this.copy = copy;
        this.route = route;
        this.control = control;
    }

    /** The source was written to by another server; never shown to anybody. */
    private static final class Overtaken extends RuntimeException {

        private static final long serialVersionUID = 1;

        Overtaken() {
            super("the source was written to", null, false, false);
        }
    }

    /** Brings the last changes over, and says whether the copy has all and is what it should be. */
    @FunctionalInterface
    interface Last {
        /** Is true when the copy may be put in charge. */
        boolean run();
    }

    /**
     * Tries once.
     *
     * @return whether the copy is in charge; the source is, when not
     * @throws StoreException when the source cannot be marked; it is in charge
     */
    boolean attempt(Last last) throws InterruptedException {
        long began = control.nanos();
        Optional<SwitchableStore.Freeze> granted = store.freeze(route.freeze());
        boolean moved = false;
        try {
            if (granted.isPresent()) {
                try (SwitchableStore.Freeze freeze = granted.get()) {
                    moved = last.run() && freeze.commit() && leave();
                    if (moved) {
                        arrive();
                        freeze.cutOver(copy);
                    }
                }
            }
        } finally {
            control.frozen(Duration.ofNanos(control.nanos() - began));
        }
        return moved;
    }

    /** Marks the source as moved, unless it holds a change that the copy does not. */
    private boolean leave() {
        Store source = store.current();
        Seq end = copy.read(Snapshot::seq);
        Custody mark = new Custody(Custody.State.MOVED, route.to().place(), control.now());
        try {
            return source.write(
                    tx -> {
                        tx.custody(mark);
                        if (!tx.changes(end, 1).isEmpty()) {
                            throw new Overtaken();
                        }
                        return true;
                    });
        } catch (Overtaken e) {
            return false;
        } catch (StoreException e) {
            if (e.kind() == Kind.UNKNOWN_OUTCOME && isWritten(source, mark)) {
                return true;
            }
            throw e;
        }
    }

    /** Looks until it is known whether the mark is there: nobody may write before that. */
    private boolean isWritten(Store source, Custody mark) {
        while (true) {
            try {
                return source.read(Snapshot::custody).filter(mark::equals).isPresent();
            } catch (StoreException e) {
                control.say("it is not known yet which store is in charge: " + e.getMessage());
                control.rest(AGAIN);
            }
        }
    }

    private void arrive() {
        Custody mark = new Custody(Custody.State.HERE, route.from().place(), control.now());
        while (true) {
            try {
                MigrateStore.mark(copy, mark);
                return;
            } catch (StoreException e) {
                control.say("the new place is in charge and does not answer: " + e.getMessage());
                control.rest(AGAIN);
            }
        }
    }
}
