package dev.rocket.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.model.Job;
import dev.rocket.core.operation.Diagnose.Finding;
import dev.rocket.core.operation.Diagnose.Verdict;
import dev.rocket.core.port.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckBackupsTest {

    private static final Instant NOW = Instant.parse("2031-05-01T12:00:00Z");

    @TempDir private Path temporary;

    private Finding look(Duration age) {
        Instant started = NOW.minus(age);
        Job.Run run =
                new Job.Run("other/7", started, started.plusSeconds(60), Job.Result.OK, "done");
        BackupFolder folder = new BackupFolder(temporary);
        try (Store store = new MemoryStore()) {
            Lease.take(store, () -> started, KeepBackups.JOB, Optional.empty(), run.by())
                    .orElseThrow()
                    .end(run, Optional.empty());
            NewestBackup known = new NewestBackup(store, folder);
            return new CheckBackups(folder, Timetable.parse("daily 03:00"), ZoneId.of("UTC"))
                    .look(Optional.of(store), Optional.of(known), NOW)
                    .getFirst();
        }
    }

    @Test
    void a_backup_that_another_server_made_counts_until_the_next_is_overdue() {
        Finding fresh = look(Duration.ofHours(9));
        assertEquals(Verdict.OK, fresh.verdict());
        assertTrue(fresh.evidence().startsWith("other/7 made the newest, 9 h ago"));
        assertEquals(Verdict.FAILED, look(Duration.ofDays(3)).verdict());
    }
}
