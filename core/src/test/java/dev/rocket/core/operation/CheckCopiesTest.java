package dev.rocket.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.contract.SettableClock;
import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Job;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCopiesTest {

    @TempDir private Path temporary;
    private final SettableClock clock = new SettableClock(Instant.parse("2031-05-01T12:00:00Z"));
    private final Store store = new MemoryStore();

    @AfterEach
    void close() {
        store.close();
    }

    private Diagnose.Finding look(String host) {
        ArchiveFolder folder = new ArchiveFolder(temporary.resolve("feed"));
        return CheckCopies.archive(folder, store, host, clock.instant()).getFirst();
    }

    @Test
    void a_folder_that_is_behind_while_another_machine_archives_is_no_failure() {
        Job noted = Job.noted("job", Optional.empty(), clock.instant());
        store.write(
                tx -> tx.apply(Change.draft(Actor.system("test"), "test", clock.instant(), noted)));
        MaintenanceScheduler.Place far =
                new MaintenanceScheduler.Place(clock, ZoneOffset.UTC, "far/1", Meter.NONE);
        clock.pass(Duration.ofHours(3));
        assertEquals(Diagnose.Verdict.FAILED, look("near").verdict());
        assertTrue(new ArchiveTurn(store, far, () -> true).take());
        assertEquals(Diagnose.Verdict.FAILED, look("far").verdict());
        Diagnose.Finding elsewhere = look("near");
        assertEquals(Diagnose.Verdict.OK, elsewhere.verdict());
        assertTrue(elsewhere.evidence().startsWith("far/1 archives"), elsewhere.evidence());
        clock.pass(Lease.LENGTH);
        assertEquals(Diagnose.Verdict.FAILED, look("near").verdict());
    }
}
