package dev.rocket.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.BackupNote;
import dev.rocket.core.model.BackupNote.Verdict;
import dev.rocket.core.operation.Backup;
import dev.rocket.core.operation.BackupWatch;
import dev.rocket.core.operation.KeepBackups;
import dev.rocket.core.operation.RestoreBackup;
import dev.rocket.core.operation.VerifyStore;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A run that is killed at any step, or finds the disk full, loses nothing good.
 *
 * <p>Method: another process works on backups and stays at a point of its way, the next one each
 * time, until the way is at its end; there it gets SIGKILL. After each, what is called verified
 * must be, there must be as much of it as before, and the next run must clear the rest away.
 */
final class BackupCrashTest extends BackupGround {

    private static final List<String> ON_A_SMALL_DISK =
            List.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-c");

    private void fill() throws IOException {
        for (int i = 0; i < KEEP; i++) {
            put(task("task " + i));
            assertTrue(backup().made().isVerified());
        }
    }

    private void assertVerifiedIsSound(String when) throws Exception {
        int verified = 0;
        for (Backup backup : kept().list()) {
            if (backup.isVerified()) {
                BackupNote note = backup.note().orElseThrow();
                byte[] all = Files.readAllBytes(backup.file());
                byte[] sha = MessageDigest.getInstance("SHA-256").digest(all);
                assertEquals(note.file().sha256(), HexFormat.of().formatHex(sha), when);
                assertTrue(note.digest().isPresent(), when);
                verified++;
            }
        }
        assertTrue(verified >= KEEP, verified + " verified, " + when);
    }

    @Test
    void a_run_that_is_killed_at_any_step_leaves_what_was_good() throws Exception {
        fill();
        int point = 1;
        while (BackupVictim.kill("backup", folder, point)) {
            String when = "killed at point " + point;
            put(task(when));
            assertVerifiedIsSound(when);
            KeepBackups.Run next = backup();
            assertEquals(Verdict.VERIFIED, next.made().verdict(), when);
            assertEquals(KEEP, names(Verdict.VERIFIED).size(), when);
            assertEquals(List.of(), names(Verdict.UNVERIFIED), when);
            assertEquals(List.of(), strays(), when);
            point++;
        }
        assertTrue(point > 14, "only " + point + " points");
    }

    @Test
    void a_restore_that_is_killed_at_any_step_leaves_all_or_nothing() throws Exception {
        fill();
        Path target = folder.resolve("restored.db");
        RestoreBackup restore = new RestoreBackup(FileBackups.of(config()));
        int point = 1;
        while (BackupVictim.kill("restore", folder, point)) {
            String when = "killed at point " + point;
            if (!Files.exists(target)) {
                restore.run(kept().list().getLast(), target, BackupWatch.NONE);
                assertFalse(Files.exists(folder.resolve(".restored.db.restoring")), when);
            }
            try (Store store = SqliteStore.open(SqliteConfig.at(target), Meter.NONE)) {
                VerifyStore.Report report = new VerifyStore(store).run(looked -> {});
                assertTrue(report.agrees(), when);
                assertEquals(KEEP, report.seq().value(), when);
            }
            Files.delete(target);
            Files.delete(folder.resolve("restored.db.lock"));
            point++;
        }
        assertTrue(point > 5, "only " + point + " points");
        assertVerifiedIsSound("at the end");
    }

    /** The folder of the backups is a disk of its own, too small for one or for its trial. */
    @ParameterizedTest
    @CsvSource({"40, FULL A backup needs about", "130, restoring it needs"})
    void a_full_disk_is_told_and_nothing_goes_for_it(int percent, String told) throws Exception {
        for (int i = 0; i < 300; i++) {
            put(task("task number " + i + " with some words that fill the disk a little"));
        }
        store().close();
        Path kept = Files.createDirectories(kept().path());
        long bytes = Files.size(config().path()) * percent / 100;
        List<String> before = new ArrayList<>(ON_A_SMALL_DISK);
        before.add("mount -t tmpfs -o size=%d tmpfs '%s' && \"$@\"".formatted(bytes, kept));
        before.add("sh");
        Process process = BackupVictim.start(before, "backup", folder, 0);
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            String said = String.valueOf(lines.readLine());
            assertTrue(said.startsWith(told), percent + " %: " + said);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** The disk is found full while the copy is written: what came of it is cleared away. */
    @Test
    void a_disk_that_fills_meanwhile_is_told_and_leaves_nothing() throws Exception {
        put(task("only"));
        Path kept = Files.createDirectories(kept().path());
        List<String> before = new ArrayList<>(ON_A_SMALL_DISK);
        String disk = "'" + kept + "'";
        String mount = "mount -t tmpfs -o size=1m tmpfs " + disk;
        String fill = " && head -c 980k /dev/zero >" + disk + "/other";
        before.add(mount + fill + " && \"$@\" && ls -A " + disk);
        before.add("sh");
        Process process = BackupVictim.start(before, "tight", folder, 0);
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            String said = String.valueOf(lines.readLine());
            assertTrue(said.startsWith("FULL While copying"), said);
            assertEquals(List.of(".lock", "other"), lines.lines().sorted().toList());
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
