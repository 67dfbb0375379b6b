package dev.rocket.core.contract;

import dev.rocket.core.model.Seq;
import dev.rocket.core.operation.Destination;
import dev.rocket.core.port.Custody;
import dev.rocket.core.port.Loader;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import java.util.List;
import java.util.Optional;

/**
 * A place in memory at which a store may be.
 *
 * <p>What is opened there is opened anew, with what the one before held.
 */
public final class MemoryPlace implements Destination {

    private final String name;
    private MemoryStore newest = new MemoryStore();

    /** An empty place. */
    public MemoryPlace(String name) {
        this.name = name;
    }

    /** Opens what is there, or an empty store. */
    public synchronized Store open() {
        newest = newest.reopened();
        return newest;
    }

    @Override
    public String place() {
        return name;
    }

    @Override
    public synchronized Optional<Store> found() {
        MemoryStore there = newest.reopened();
        boolean empty = there.head().equals(Seq.START) && there.read(Snapshot::custody).isEmpty();
        if (empty) {
            return Optional.empty();
        }
        newest = there;
        return Optional.of(there);
    }

    @Override
    public synchronized Loader loader() {
        newest = newest.reopened();
        return newest.loader();
    }

    @Override
    public synchronized void discard(String source) {
        boolean arriving =
                newest.reopened()
                        .read(Snapshot::custody)
                        .filter(custody -> custody.is(Custody.State.ARRIVING, source))
                        .isPresent();
        if (arriving) {
            newest = new MemoryStore();
        }
    }

    @Override
    public int servers() {
        return 1;
    }

    @Override
    public long freeBytes() {
        return -1;
    }

    @Override
    public List<String> settings() {
        return List.of("PLACE=" + name);
    }
}
