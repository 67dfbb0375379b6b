package dev.rocket.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Position;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskEdit;
import dev.rocket.core.operation.MoveStatus;
import dev.rocket.core.operation.MoveStatus.Phase;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.Transaction;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A move of a store that is written to faster than its copy can follow. */
final class OutrunMoveTest {

    private static final Instant NOW = Instant.parse("2026-03-29T07:30:00Z");

    /** A store that is further on by more than a step whenever the move reads it. */
    private static final class Outrunning extends ForwardingStore {

        private static final int MOST = 20_000;
        private static final int AHEAD = 201;

        private final Store real;
        private Task task =
                Task.titled(new Task.Id(UUID.randomUUID()), "0", Position.ofBirth(1), NOW);
        private volatile boolean lit;
        private int reads;

        Outrunning(Store real) {
            this.real = real;
            real.write(tx -> tx.apply(draft(task)));
        }

        private static Change draft(Task task) {
            return Change.draft(Actor.system("somebody else"), "put", NOW, task);
        }

        @Override
        protected Store real() {
            return real;
        }

        @Override
        public <T> T read(Function<? super Snapshot, ? extends T> work) {
            boolean moves = Thread.currentThread().getName().equals(MovingServer.MOVER);
            if (lit && moves && reads < MOST) {
                reads++;
                real.write(this::ahead);
            }
            return real.read(work);
        }

        private boolean ahead(Transaction tx) {
            for (int i = 0; i < AHEAD; i++) {
                task = task.edit(TaskEdit.of(new TaskEdit.Title(reads + " " + i)), NOW);
                tx.apply(draft(task));
            }
            return true;
        }
    }

    @Test
    void a_copy_that_never_comes_near_is_given_up_and_the_store_stays() throws Exception {
        MemoryPlace home = new MemoryPlace("home");
        MemoryPlace away = new MemoryPlace("away");
        Outrunning store = new Outrunning(home.open());
        try (MovingServer server = new MovingServer(store, home)) {
            server.begin(Optional.of(away), Optional.of(Phase.FREEZING));
            server.awaitPause();
            store.lit = true;
            assertTrue(server.migrate().proceed());
            MoveStatus status = server.awaitEnd();
            assertEquals(Phase.FAILED, status.phase(), status::detail);
            assertTrue(status.detail().contains("when there is less to do"), status::detail);
            assertEquals(10, status.freezes());
            assertEquals(home.place(), server.migrate().here().place());
            assertTrue(store.reads < Outrunning.MOST, "it went on for as long as it was outrun");
        }
    }
}
