package dev.rocket.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Digest;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Page;
import dev.rocket.core.model.Position;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskEdit;
import dev.rocket.core.operation.Destination;
import dev.rocket.core.operation.MigrateStore;
import dev.rocket.core.operation.MoveStatus;
import dev.rocket.core.operation.MoveStatus.Phase;
import dev.rocket.core.port.Custody;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * A store that is moved while it is used, there and back.
 *
 * <p>Goal: exactly one store in charge at every instant, and no acknowledged write lost or doubled.
 * Method: writers keep a {@link MoveLedger} of what they were told while the store is moved; then
 * each is looked for in the store that is in charge. For crashes every call to either store is, one
 * run after another, the last that the process makes, and what is left is started again.
 */
public abstract class MoveTrial {

    /** How many calls are passed over between two that are the last. */
    protected abstract int stride();

    /** A place for a store; empty, and another one each time. */
    protected abstract Destination place(String name) throws Exception;

    /** Opens an empty store at a place. */
    protected abstract Store open(Destination place);

    @Test
    void nothing_is_lost_or_doubled_by_moves_there_and_back_under_load() throws Exception {
        Destination home = place("home");
        Destination away = place("away");
        try (MovingServer server = new MovingServer(open(home), home);
                MoveLedger ledger = new MoveLedger(server.store(), 3)) {
            for (int i = 0; i < 4; i++) {
                ledger.await(50);
                Destination to = i % 2 == 0 ? away : home;
                MoveStatus status = server.move(i < 2 ? Optional.of(to) : Optional.empty());
                assertEquals(Phase.DONE, status.phase(), status::detail);
                assertEquals(to.place(), server.migrate().here().place());
                assertTrue(status.freezes() > 0, status::toString);
                ledger.await(50);
                server.migrate().follow();
            }
            ledger.stop();
            ledger.check(server.store());
            server.migrate().follow();
            assertEquals(OptionalLong.of(0), server.migrate().behind());
            assertTrue(server.migrate().following().orElseThrow().startsWith(away.place()));
        }
        try (Store one = home.found().orElseThrow();
                Store other = away.found().orElseThrow()) {
            assertEquals(Custody.State.HERE, custody(one).orElseThrow().state());
            assertEquals(Custody.State.MOVED, custody(other).orElseThrow().state());
            assertEquals(one.read(Snapshot::seq), other.read(Snapshot::seq));
            assertEquals(digest(one), digest(other));
        }
    }

    private static Optional<Custody> custody(Store store) {
        return store.read(Snapshot::custody);
    }

    /** Of all entities. */
    private static Digest digest(Store store) {
        return store.read(
                snapshot -> {
                    Digest digest = Digest.EMPTY;
                    for (Image.Kind kind : Image.Kind.values()) {
                        Optional<Cursor> next = Optional.of(Cursor.START);
                        while (next.isPresent()) {
                            Page<Image> page =
                                    snapshot.page(
                                            new Listing.All<>(
                                                    Image.class, kind, next.get(), Limits.PAGE));
                            for (Image image : page.items()) {
                                digest = digest.plus(Digest.of(image));
                            }
                            next = page.next();
                        }
                    }
                    return digest;
                });
    }

    @Test
    void a_move_that_is_ended_before_any_phase_leaves_the_store_where_it_is() throws Exception {
        for (Phase phase : List.of(Phase.COPYING, Phase.TAILING, Phase.COMPARING, Phase.FREEZING)) {
            Destination home = place("home");
            Destination away = place("away");
            try (MovingServer server = new MovingServer(open(home), home);
                    MoveLedger ledger = new MoveLedger(server.store(), 1)) {
                ledger.await(20);
                server.begin(Optional.of(away), Optional.of(phase));
                server.awaitPause();
                assertFalse(server.ask(Optional.of(away)), "a second move was let in");
                ledger.await(20);
                assertTrue(server.migrate().end());
                MoveStatus status = server.awaitEnd();
                assertEquals(Phase.ABORTED, status.phase(), status::detail);
                assertEquals(home.place(), server.migrate().here().place());
                assertTrue(away.found().isEmpty(), "a copy is left");
                ledger.await(20);
                ledger.stop();
                ledger.check(server.store());
            }
        }
    }

    @Test
    void a_move_that_waited_goes_on_when_it_is_told_to() throws Exception {
        Destination home = place("home");
        Destination away = place("away");
        try (MovingServer server = new MovingServer(open(home), home);
                MoveLedger ledger = new MoveLedger(server.store(), 2)) {
            ledger.await(20);
            server.begin(Optional.of(away), Optional.of(Phase.FREEZING));
            server.awaitPause();
            ledger.await(200);
            assertTrue(server.migrate().proceed());
            assertEquals(Phase.DONE, server.awaitEnd().phase());
            ledger.await(20);
            ledger.stop();
            ledger.check(server.store());
        }
    }

    /** Writes a task twice; the place of the second change. */
    private static Seq edited(Store store) {
        Instant now = Instant.parse("2026-03-29T07:30:00Z");
        Task.Id id = new Task.Id(UUID.randomUUID());
        Task task = Task.titled(id, "first", Position.ofBirth(1), now);
        Task after = task.edit(TaskEdit.of(new TaskEdit.Title("second")), now);
        Actor actor = Actor.system("test");
        store.write(tx -> tx.apply(Change.draft(actor, "task.create", now, task)));
        return store.write(tx -> tx.apply(Change.draft(actor, "task.edit", now, after))).seq();
    }

    @Test
    void a_store_that_forgot_old_changes_moves_as_any_other() throws Exception {
        Destination home = place("home");
        Destination away = place("away");
        try (MovingServer server = new MovingServer(open(home), home);
                MoveLedger ledger = new MoveLedger(server.store(), 1)) {
            ledger.await(100);
            Seq end = edited(server.store());
            Transaction.Old old = new Transaction.Old.Superseded(Seq.START, end);
            assertTrue(server.store().write(tx -> tx.forget(old)) > 0);
            assertEquals(Phase.DONE, server.move(Optional.of(away)).phase());
            ledger.await(20);
            ledger.stop();
            ledger.check(server.store());
        }
    }

    @Test
    void a_target_that_somebody_else_writes_to_is_found_out() throws Exception {
        Destination home = place("home");
        Destination away = place("away");
        try (MovingServer server = new MovingServer(open(home), home);
                MoveLedger ledger = new MoveLedger(server.store(), 1)) {
            ledger.await(20);
            server.begin(Optional.of(away), Optional.of(Phase.COMPARING));
            server.awaitPause();
            assertTrue(server.meddle(), "the copy is not open");
            ledger.await(20);
            server.migrate().proceed();
            MoveStatus status = server.awaitEnd();
            assertEquals(Phase.FAILED, status.phase(), status::detail);
            assertEquals(home.place(), server.migrate().here().place());
            ledger.await(20);
            ledger.stop();
            ledger.check(server.store());
        }
    }

    @Test
    void a_place_that_holds_another_store_is_refused() throws Exception {
        Destination home = place("home");
        Destination away = place("away");
        try (Store other = open(away)) {
            MoveLedger.put(other, "of somebody else");
        }
        try (MovingServer server = new MovingServer(open(home), home)) {
            MoveLedger.put(server.store(), "mine");
            MoveStatus status = server.move(Optional.of(away));
            assertEquals(Phase.FAILED, status.phase(), status::detail);
            assertTrue(status.detail().contains("holds a store already"), status::detail);
            MoveLedger.put(server.store(), "mine, later");
        }
    }

    @Test
    void the_former_store_is_let_go_when_the_window_has_ended() throws Exception {
        Destination home = place("home");
        Destination away = place("away");
        try (MovingServer server = new MovingServer(open(home), home)) {
            MoveLedger.put(server.store(), "before");
            assertEquals(Phase.DONE, server.move(Optional.of(away)).phase());
            assertTrue(server.migrate().following().isPresent());
            server.clock().pass(Duration.ofHours(25));
            server.migrate().follow();
            assertTrue(server.migrate().following().isEmpty());
        }
    }

    @Test
    void a_crash_at_any_call_leaves_one_store_in_charge_with_every_acknowledged_write()
            throws Exception {
        long seed = Contract.seed("a_crash_at_any_call");
        Random random = new Random(seed);
        int crashes = 0;
        boolean crashed = true;
        for (int fuse = 1; crashed; fuse += 1 + random.nextInt(stride())) {
            crashed = crash(fuse, random.nextBoolean());
            crashes += crashed ? 1 : 0;
        }
        assertTrue(crashes > 5, "only " + crashes + " runs ended in a crash");
    }

    /** Whether it came to the crash. */
    private boolean crash(int fuse, boolean after) throws Exception {
        Destination home = place("home");
        Destination away = place("away");
        Fuse burning = new Fuse(fuse, after);
        boolean crashed;
        MoveLedger ledger;
        try (MovingServer server = new MovingServer(burning.on(open(home)), burning.on(home))) {
            for (int i = 0; i < 3; i++) {
                MoveLedger.put(server.store(), "before " + i);
            }
            ledger = new MoveLedger(server.store(), 1);
            burning.light();
            server.begin(Optional.of(burning.on(away)), Optional.empty());
            crashed = server.awaitEndOrDeath(burning);
            MoveStatus status = server.migrate().status();
            assertTrue(crashed || status.phase() == Phase.DONE, status::toString);
            ledger.stop();
        }
        burning.putOut();
        List<Destination> inCharge = new ArrayList<>();
        for (Destination place : List.of(home, away)) {
            Optional<Store> found = place.found();
            if (found.isPresent()) {
                try (Store store = found.get()) {
                    Destination other = place.equals(home) ? away : home;
                    MigrateStore.settle(store, place, name -> Optional.of(other));
                    inCharge.add(place);
                } catch (StoreException e) {
                    assertEquals(StoreException.Kind.FOREIGN, e.kind(), e::toString);
                }
            }
        }
        String when = "the crash at call " + fuse + (after ? ", after it" : ", before it");
        assertEquals(1, inCharge.size(), () -> when + " left " + inCharge.size() + " in charge");
        try (Store store = inCharge.get(0).found().orElseThrow()) {
            ledger.check(store);
            assertTrue(store.read(Snapshot::seq).isAfter(Seq.START), when);
        }
        return crashed;
    }
}
