package dev.rocket.core.contract;

import dev.rocket.core.operation.Destination;
import dev.rocket.core.operation.MoveStatus.Phase;
import dev.rocket.core.port.Store;
import java.time.Duration;
import java.util.Optional;

/** A store that moves between two places all the time. */
public final class RestlessStore extends ForwardingStore {

    private final MovingServer server;
    private final Store store;
    private final Thread mover;
    private volatile boolean closed;

    /**
     * Begins to move.
     *
     * @param first open at the first place
     */
    public RestlessStore(Store first, Destination home, Destination away) {
        server = new MovingServer(first, home);
        store = server.store();
        mover = Thread.ofPlatform().name("restless").start(() -> move(home, away));
    }

    /** One between two places in memory. */
    public static RestlessStore inMemory() {
        MemoryPlace home = new MemoryPlace("home");
        return new RestlessStore(home.open(), home, new MemoryPlace("away"));
    }

    private void move(Destination home, Destination away) {
        try {
            for (int i = 0; !closed; i++) {
                Phase end = server.move(Optional.of(i % 2 == 0 ? away : home)).phase();
                if (end != Phase.DONE) {
                    throw new AssertionError(server.migrate().status().detail());
                }
                server.migrate().follow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    protected Store real() {
        return store;
    }

    @Override
    public void close() {
        closed = true;
        try {
            mover.join(Duration.ofSeconds(60));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.close();
    }
}
