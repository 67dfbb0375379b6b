package dev.rocket.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Seq;
import dev.rocket.core.operation.Backup;
import dev.rocket.core.operation.BackupFolder;
import dev.rocket.core.operation.CompareStores;
import dev.rocket.core.operation.CopyStore;
import dev.rocket.core.operation.OldStore;
import dev.rocket.core.operation.UpgradeStore;
import dev.rocket.core.operation.UpgradeStore.Report;
import dev.rocket.core.operation.UpgradeStore.Watch;
import dev.rocket.core.operation.VerifyStore;
import dev.rocket.core.port.Custody;
import dev.rocket.core.port.Loader;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * An older store is advanced, or stays as it was.
 *
 * <p>Goal: whatever fails before the change is committed, the older program finds what it left, and
 * the next run goes on cleanly. Method: a random past is put into a store of an older schema; then
 * every call and every step is, one run after another, the one at which the machine fails or the
 * process ends. Whoever adds a schema keeps the older ones readable by the newest program, or this
 * fails.
 */
public abstract class UpgradeTrial {

    private static final Watch NOBODY = (doing, done) -> {};
    private static final int KEEP = 3;

    private final Store past = new MemoryStore();

    /** Where backups are kept. */
    protected abstract Path backups();

    /** A way into the empty place of this test, as the program of that schema would make it. */
    protected abstract Loader loader(int version) throws Exception;

    /** The newest schema. */
    protected abstract int newest();

    /** Takes hold of the store there. */
    protected abstract Optional<OldStore> hold();

    /** Looks at it beside whoever has it. */
    protected abstract Optional<OldStore> beside();

    /** Opens it as a server does. */
    protected abstract Store open();

    /** Opens a backup as `rocket restore` does. */
    protected abstract Store restored(Path backup) throws Exception;

    /** Puts something there that the newest schema has no place for. */
    protected abstract void spoil() throws Exception;

    /** All that is there, as the engine tells it; the same text while nothing changes. */
    protected abstract String told() throws Exception;

    /** What a run left outside the store and the folder of backups. */
    protected abstract List<String> leftovers() throws Exception;

    /** Empties the place, for the next store. */
    protected abstract void clear() throws Exception;

    /** How many points are passed over at most between two that fail. */
    protected abstract int stride();

    private void make(int version) throws Exception {
        try (Loader loader = loader(version)) {
            new CopyStore(past).run(loader, progress -> {});
        }
    }

    private UpgradeStore upgrade(OldStore old) {
        return new UpgradeStore(old, folder(), KEEP, InstantSource.system());
    }

    private BackupFolder folder() {
        return new BackupFolder(backups());
    }

    private Report run() {
        try (OldStore old = hold().orElseThrow()) {
            return upgrade(old).run(NOBODY);
        }
    }

    private void assertHoldsThePast(Store store) {
        CompareStores.Report found =
                new CompareStores(past, store).run(CompareStores.Places.KEPT, looked -> {});
        assertTrue(found.equal(), found::toString);
        assertEquals(List.of(), new VerifyStore(store).run(looked -> {}).problems());
    }

    private void assertOpens() {
        assertTrue(hold().isEmpty(), "it is still said to be older");
        try (Store store = open()) {
            assertHoldsThePast(store);
        }
    }

    private void assertIsAsItWas(String before, String when) throws Exception {
        assertEquals(before, told(), when);
        try (OldStore old = hold().orElseThrow()) {
            assertHoldsThePast(old.store());
        }
    }

    private static StoreException refused(org.junit.jupiter.api.function.Executable work) {
        return assertThrows(StoreException.class, work);
    }

    @Test
    void each_older_schema_becomes_the_newest_and_holds_what_it_held() throws Exception {
        RandomFeed.fill(past, Contract.seed("each_older_schema"), 300);
        for (int version = 1; version < newest(); version++) {
            make(version);
            StoreException early = refused(() -> open().close());
            assertEquals(StoreException.Kind.FOREIGN, early.kind());
            assertTrue(String.valueOf(early.getMessage()).contains("older Rocket"));
            Report report = run();
            assertEquals(version, report.from());
            assertEquals(newest(), report.to());
            assertEquals(past.head(), report.seq());
            assertOpens();
            Backup backup = report.backup().orElseThrow();
            assertEquals(Optional.of(backup), folder().newestVerified());
            try (Store old = restored(backup.file())) {
                assertHoldsThePast(old);
            }
            assertEquals(List.of(), leftovers());
            clear();
        }
    }

    @Test
    void a_check_makes_a_backup_and_changes_nothing() throws Exception {
        RandomFeed.fill(past, Contract.seed("a_check"), 50);
        make(newest() - 1);
        String before = told();
        try (OldStore old = beside().orElseThrow()) {
            Report report = upgrade(old).check(NOBODY);
            Backup backup = report.backup().orElseThrow();
            assertTrue(backup.isVerified());
            try (Store copy = old.copies().open(backup.file())) {
                assertEquals(old.from(), copy.probe().reading().schema());
            }
            assertThrows(IllegalStateException.class, () -> old.advance(made -> {}));
        }
        assertIsAsItWas(before, "after a check");
        assertEquals(List.of(), leftovers());
    }

    @Test
    void a_change_that_cannot_be_made_is_found_out_and_leaves_it_as_it_was() throws Exception {
        RandomFeed.fill(past, Contract.seed("a_change_that_cannot"), 50);
        make(newest() - 1);
        spoil();
        String before = told();
        StoreException failed = refused(this::run);
        String message = String.valueOf(failed.getMessage());
        assertTrue(message.contains("is as it was, at " + (newest() - 1)), message);
        assertTrue(message.contains("custody"), message);
        assertIsAsItWas(before, "after a change that failed");
        assertTrue(folder().newestVerified().isPresent());
        StoreException plainly =
                refused(
                        () -> {
                            try (OldStore old = hold().orElseThrow()) {
                                upgrade(old).withoutBackup(NOBODY);
                            }
                        });
        assertTrue(String.valueOf(plainly.getMessage()).contains("is as it was"));
        assertIsAsItWas(before, "after the same without a backup");
    }

    @Test
    void a_start_that_fails_again_and_again_lets_no_older_backup_go() throws Exception {
        for (int i = 0; i < KEEP; i++) {
            MoveLedger.put(past, "before " + i);
            make(newest() - 1);
            try (OldStore old = hold().orElseThrow()) {
                upgrade(old).check(NOBODY);
            }
            clear();
        }
        MoveLedger.put(past, "now");
        make(newest() - 1);
        spoil();
        List<Backup> before = folder().list();
        for (int i = 0; i < KEEP; i++) {
            refused(this::run);
        }
        List<Backup> after = folder().list();
        assertEquals(before.subList(1, KEEP), after.subList(0, KEEP - 1));
        assertEquals(KEEP, after.size());
    }

    @Test
    void a_store_that_was_moved_is_not_advanced() throws Exception {
        RandomFeed.fill(past, Contract.seed("a_store_that_was_moved"), 10);
        make(newest() - 1);
        Custody moved = new Custody(Custody.State.MOVED, "elsewhere", Instant.EPOCH);
        Store left = new MemoryStore();
        left.write(
                tx -> {
                    tx.custody(moved);
                    return true;
                });
        try (OldStore old = hold().orElseThrow()) {
            StoreException refused = refused(() -> upgrade(new Earlier(old, left)).run(NOBODY));
            assertTrue(String.valueOf(refused.getMessage()).contains("moved to elsewhere"));
        }
        hold().orElseThrow().close();
    }

    @Test
    void a_store_to_which_nothing_was_written_needs_no_backup() throws Exception {
        make(newest() - 1);
        assertEquals(Optional.empty(), run().backup());
        assertEquals(List.of(), folder().list());
        assertOpens();
    }

    @Test
    void whoever_has_taken_care_goes_on_without_a_backup() throws Exception {
        RandomFeed.fill(past, Contract.seed("whoever_has_taken_care"), 50);
        make(newest() - 1);
        try (OldStore old = hold().orElseThrow()) {
            Report report = upgrade(old).withoutBackup(NOBODY);
            assertEquals(Optional.empty(), report.backup());
        }
        assertEquals(List.of(), folder().list());
        assertOpens();
    }

    @Test
    void what_would_hold_something_else_is_not_committed() throws Exception {
        RandomFeed.fill(past, Contract.seed("what_would_hold"), 50);
        make(newest() - 1);
        String before = told();
        try (OldStore old = hold().orElseThrow()) {
            Fuse.Death said = new Fuse.Death();
            assertThrows(
                    Fuse.Death.class,
                    () ->
                            old.advance(
                                    made -> {
                                        assertEquals(past.head(), made.seq());
                                        throw said;
                                    }));
        }
        assertIsAsItWas(before, "after a check that failed inside");
    }

    @Test
    void a_fault_at_any_point_leaves_it_as_it_was_and_the_next_run_goes_well() throws Exception {
        long seed = Contract.seed("a_fault_at_any_point");
        Random random = new Random(seed);
        RandomFeed.fill(past, seed, 40);
        make(newest() - 1);
        String before = told();
        int faults = 0;
        String where = "the beginning";
        for (int point = 1; !where.isEmpty(); point += 1 + random.nextInt(stride())) {
            if (random.nextBoolean()) {
                clearBackups();
            }
            where = fault(point, random.nextBoolean());
            if (where.equals("after advancing")) {
                assertOpens();
                clear();
                make(newest() - 1);
                before = told();
            } else if (!where.isEmpty()) {
                assertIsAsItWas(before, "failed " + where);
            }
            faults += where.isEmpty() ? 0 : 1;
        }
        assertTrue(faults > 10, "only " + faults + " runs failed");
        assertOpens();
        assertEquals(List.of(), leftovers());
        assertTrue(folder().newestVerified().isPresent());
    }

    private void clearBackups() throws IOException {
        for (Backup backup : folder().list()) {
            Files.delete(backup.file());
        }
    }

    /** Where it failed; empty when it went well. */
    private String fault(int point, boolean dies) {
        try (Brittle brittle = new Brittle(hold().orElseThrow(), point, dies)) {
            try {
                Report report = upgrade(brittle).run(brittle);
                assertTrue(report.seq().isAfter(Seq.START));
                assertEquals("", brittle.where());
            } catch (Fuse.Death e) {
                assertTrue(dies);
            } catch (StoreException e) {
                assertFalse(dies);
                assertTrue(String.valueOf(e.getMessage()).contains("machine failed"), e::toString);
            }
            return brittle.where();
        }
    }

    @Test
    void what_somebody_writes_after_the_backup_is_found_out() throws Exception {
        RandomFeed.fill(past, Contract.seed("what_somebody_writes"), 30);
        make(newest() - 1);
        Store less = new MemoryStore();
        try (OldStore old = hold().orElseThrow()) {
            // The backup was made of a store that ends earlier than this one.
            OldStore earlier = new Earlier(old, less);
            StoreException found = refused(() -> upgrade(earlier).withoutBackup(NOBODY));
            assertTrue(String.valueOf(found.getMessage()).contains("stop that first"));
        }
        try (OldStore old = hold().orElseThrow()) {
            assertEquals(past.head(), old.store().<Seq>read(Snapshot::seq));
        }
    }
}
