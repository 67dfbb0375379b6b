package dev.rocket.core.operation;

import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Custody;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The store that one was moved away from, kept near it for the way back.
 *
 * <p>Safe from any thread.
 */
final class FormerStore {

    private final SwitchableStore store;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<Open> open = Optional.empty();
    private volatile Optional<Wanted> wanted = Optional.empty();
    private volatile Optional<Seq> at = Optional.empty();

    FormerStore(SwitchableStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Where it is, and for how long it follows.
     *
     * @param until exclusive
     */
    record Window(Destination place, Instant until) {}

    /** One that is to follow, and the place of the store that it was left for. */
    private record Wanted(Window window, Destination here) {}

    private record Open(Store copy, FollowStore follow) {}

    /** Which store is to follow; empty when none is. */
    Optional<Window> window() {
        return wanted.map(Wanted::window);
    }

    /** Has a store follow from the next {@link #follow} on, if it was left for the one here. */
    void begin(Window window, Destination here) {
        wanted = Optional.of(new Wanted(window, here));
    }

    /**
     * Brings it forward, and lets it go when its window has ended.
     *
     * @throws dev.rocket.core.port.StoreException when it cannot be opened, or the machine below
     *     failed; it is tried again
     */
    void follow() {
        lock.lock();
        try {
            Optional<Wanted> now = wanted;
            if (now.isEmpty()) {
                return;
            }
            if (!clock.instant().isBefore(now.get().window().until())) {
                letGo();
                return;
            }
            if (open.isEmpty()) {
                open(now.get());
            }
            if (open.isPresent()) {
                open.get().follow().to(store.head());
                open.get().follow().receipts();
                at = Optional.of(open.get().follow().at());
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many places of the feed it is behind; empty when none follows. */
    OptionalLong behind() {
        Optional<Seq> known = at;
        return known.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(0, store.head().value() - known.get().value()));
    }

    private void open(Wanted one) {
        Optional<Store> found = one.window().place().found();
        boolean kept = false;
        try {
            if (found.isPresent() && isLeftFor(one.here(), found.get())) {
                NotedReceipts noted = store.note();
                noted.overflow();
                Store copy = found.get();
                open =
                        Optional.of(
                                new Open(
                                        copy,
                                        new FollowStore(store.current(), copy, noted, id -> {})));
                kept = true;
            } else {
                wanted = Optional.empty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!kept) {
                found.ifPresent(Store::close);
            }
        }
    }

    /** Whether a store is marked as moved to a place. */
    static boolean isLeftFor(Destination here, Store copy) {
        return copy.read(Snapshot::custody)
                .filter(some -> some.is(Custody.State.MOVED, here.place()))
                .isPresent();
    }

    /** Closes it, if one follows; it stays marked as moved. */
    Optional<Window> letGo() {
        lock.lock();
        try {
            Optional<Window> was = window();
            wanted = Optional.empty();
            store.noteNoMore();
            open.ifPresent(some -> some.copy().close());
            open = Optional.empty();
            at = Optional.empty();
            return was;
        } finally {
            lock.unlock();
        }
    }
}
