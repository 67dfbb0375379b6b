package dev.rocket.core.contract;

import dev.rocket.core.operation.Destination;
import dev.rocket.core.operation.MaintenanceScheduler;
import dev.rocket.core.operation.MigrateStore;
import dev.rocket.core.operation.MoveStatus;
import dev.rocket.core.operation.MoveStatus.Phase;
import dev.rocket.core.operation.SwitchableStore;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** As much of a server as moves its store. */
final class MovingServer implements AutoCloseable {

    /** The name of the thread that moves the store. */
    static final String MOVER = "mover";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(2);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-29T07:30:00Z"));
    private final SwitchableStore store;
    private final MigrateStore migrate;
    private final MaintenanceScheduler maintenance;
    private final Meddled meddled = new Meddled();
    private Optional<Thread> move = Optional.empty();

    /** Runs on a store. */
    MovingServer(Store first, Destination here) {
        store = new SwitchableStore(first);
        MigrateStore.Settings settings =
                new MigrateStore.Settings(
                        clock,
                        System::nanoTime,
                        time -> LockSupport.parkNanos(LOOK.toNanos()),
                        Duration.ofHours(24));
        migrate = new MigrateStore(store, here, settings);
        MaintenanceScheduler.Place place =
                new MaintenanceScheduler.Place(clock, ZoneOffset.UTC, "here", Meter.NONE);
        maintenance =
                new MaintenanceScheduler(store, place, List.of(migrate.chore()), report -> {});
    }

    /** The last copy that was opened, to write to it behind the move's back. */
    private static final class Meddled {
        private volatile Optional<Store> copy = Optional.empty();
    }

    SwitchableStore store() {
        return store;
    }

    MigrateStore migrate() {
        return migrate;
    }

    SettableClock clock() {
        return clock;
    }

    /** Asks for a move; false when one is under way. */
    boolean ask(Optional<Destination> to) {
        return ask(to, Optional.empty());
    }

    private boolean ask(Optional<Destination> to, Optional<Phase> pauseAt) {
        Optional<Destination> watched = to.map(place -> new WatchedPlace(place, this::opened));
        return migrate.ask(new MigrateStore.Request(watched, Duration.ofSeconds(5), pauseAt, false))
                .isEmpty();
    }

    private void opened(Store copy) {
        meddled.copy = Optional.of(copy);
    }

    /** Begins a move on a thread of its own. */
    void begin(Optional<Destination> to, Optional<Phase> pauseAt) {
        if (!ask(to, pauseAt)) {
            throw new AssertionError("a move is under way");
        }
        maintenance.ask(MigrateStore.JOB);
        move =
                Optional.of(
                        Thread.ofPlatform()
                                .name(MOVER)
                                .start(
                                        () -> {
                                            try {
                                                maintenance.tick();
                                            } catch (Fuse.Death e) {
                                                Thread.currentThread().interrupt();
                                            }
                                        }));
    }

    /** Moves, and waits until it is over. */
    MoveStatus move(Optional<Destination> to) throws InterruptedException {
        begin(to, Optional.empty());
        return awaitEnd();
    }

    /** Waits until a move waits. */
    void awaitPause() throws InterruptedException {
        until(() -> migrate.status().isPaused());
    }

    /** Waits until a move is over. */
    MoveStatus awaitEnd() throws InterruptedException {
        move.orElseThrow().join(PATIENCE);
        until(() -> !migrate.status().phase().isUnderWay());
        return migrate.status();
    }

    /** Waits until a move is over or its process has ended; whether that has. */
    boolean awaitEndOrDeath(Fuse fuse) throws InterruptedException {
        move.orElseThrow().join(PATIENCE);
        until(() -> fuse.isDead() || !migrate.status().phase().isUnderWay());
        return fuse.isDead();
    }

    private static void until(BooleanSupplier reached) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not come to that");
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /** Writes to the copy as somebody else would; false when none is open. */
    boolean meddle() {
        meddled.copy.ifPresent(copy -> MoveLedger.put(copy, "by somebody else"));
        return meddled.copy.isPresent();
    }

    @Override
    public void close() {
        try (store) {
            migrate.close();
        } catch (Fuse.Death e) {
            Thread.onSpinWait();
        }
    }
}
