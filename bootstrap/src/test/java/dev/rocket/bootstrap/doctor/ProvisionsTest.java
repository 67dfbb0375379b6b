package dev.rocket.bootstrap.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.command.Rehearsal;
import dev.rocket.bootstrap.wiring.BackupParts;
import dev.rocket.bootstrap.wiring.Config;
import dev.rocket.bootstrap.wiring.Server;
import dev.rocket.bootstrap.wiring.StoreKit;
import dev.rocket.bootstrap.wiring.Wiring;
import dev.rocket.core.operation.Backup;
import dev.rocket.core.operation.BackupWatch;
import dev.rocket.core.operation.Diagnose.Finding;
import dev.rocket.core.operation.Diagnose.Verdict;
import dev.rocket.core.operation.KeepBackups;
import dev.rocket.core.operation.MaintenanceScheduler;
import dev.rocket.core.port.Store;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What endangers the data is found, each case planted, beside a server and without one.
 *
 * <p>The doctor's clock is put ahead; jobs are appointed for half a day from now, so that none of
 * them begins by itself.
 */
class ProvisionsTest extends DoctorGround {

    private static final String TOKEN = "a-token-for-tests-that-nobody-else-uses";

    @BeforeEach
    void appoint() {
        String later =
                "daily "
                        + LocalTime.now(ZoneId.systemDefault())
                                .plusHours(12)
                                .withSecond(0)
                                .withNano(0);
        for (String job : List.of("BACKUP_AT", "UPKEEP", "SCALE", "DRILL")) {
            environment.put("ROCKET_" + job, later);
        }
        environment.put("ROCKET_ADMIN_TOKEN", TOKEN);
        make();
    }

    private Config config() {
        return Config.of(found());
    }

    private void ahead(Duration time) {
        clock = InstantSource.offset(InstantSource.system(), time);
    }

    private List<Finding> examine(boolean served, boolean fix) {
        if (!served) {
            return examine(fix);
        }
        Server server = serve();
        try {
            return examine(fix);
        } finally {
            server.stop(Duration.ofSeconds(5));
        }
    }

    private static Finding found(List<Finding> findings, String check, String evidence) {
        return findings.stream()
                .filter(one -> one.check().equals(check) && one.evidence().contains(evidence))
                .findFirst()
                .orElseThrow(() -> new AssertionError(check + ": " + evidence + " " + findings));
    }

    private static void assertFound(List<Finding> findings, Verdict verdict, String... words) {
        Finding found = found(findings, words[0], words[1]);
        assertEquals(verdict, found.verdict(), found.evidence());
        assertEquals(words[2], found.remedy());
    }

    private Backup backUp() throws IOException {
        try (Store store = StoreKit.beside(config())) {
            KeepBackups keeper = Wiring.backups(config(), StoreKit.copier(config(), store));
            return keeper.run(store, BackupWatch.NONE).made();
        }
    }

    private Path backups() {
        return BackupParts.folder(config()).path();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_store_that_nobody_has_backed_up_is_endangered_after_a_while(boolean served) {
        Finding young = found(examine(served, false), "backups", "none yet in ");
        assertEquals(Verdict.OK, young.verdict());
        ahead(Duration.ofDays(3));
        String none = "none is verified in " + backups() + ", and the store is 3 d old";
        assertFound(examine(served, false), Verdict.FAILED, "backups", none, "rocket backup");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_backup_that_should_have_a_successor_is_too_old(boolean served) throws IOException {
        assertTrue(backUp().isVerified());
        String one = "1 verified, the newest ";
        assertEquals(Verdict.OK, found(examine(served, false), "backups", one).verdict());
        ahead(Duration.ofDays(3));
        String old = one + "3 d old";
        assertFound(examine(served, false), Verdict.FAILED, "backups", old, "rocket backup");
        environment.put("ROCKET_BACKUP_AT", "off");
        assertFound(examine(served, false), Verdict.FAILED, "backups", old, "rocket backup");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_backup_that_is_damaged_or_unverified_is_told(boolean served) throws IOException {
        Backup made = backUp();
        try (RandomAccessFile file = new RandomAccessFile(made.file().toFile(), "rw")) {
            file.setLength(file.length() - 1);
        }
        Wiring.backups(config(), StoreKit.opener(config()))
                .check(made, Optional.empty(), BackupWatch.NONE);
        String failed = made.name() + " is failed: it has ";
        assertFound(examine(served, false), Verdict.FAILED, "backups", failed, "rocket backup");
        Backup next = backUp();
        String kept = "rm '" + made.file() + "'";
        assertFound(examine(served, false), Verdict.WARNING, "backups", failed, kept);
        Files.delete(backups().resolve(next.name().replace(".db", ".json")));
        String bare = next.name() + " is unverified: no note that can be read is beside it";
        String verify = "rocket verify " + next.name();
        assertFound(examine(served, false), Verdict.WARNING, "backups", bare, verify);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void folders_and_files_that_others_may_use_are_found_and_closed(boolean served)
            throws IOException {
        Backup made = backUp();
        Files.setPosixFilePermissions(backups(), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(made.file(), PosixFilePermissions.fromString("rw-r-----"));
        Path archive = config().archiveFolder();
        Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("rwx--x---"));
        List<Finding> findings = examine(served, false);
        Finding loose = found(findings, "backup modes", "may be used by others, such as ");
        assertEquals(Verdict.WARNING, loose.verdict());
        assertTrue(loose.evidence().startsWith("2 of "), loose.evidence());
        assertEquals("chmod -R go= '" + backups() + "'", loose.remedy());
        String folder = archive.toAbsolutePath() + " (rwx--x---)";
        assertEquals(Verdict.WARNING, found(findings, "archive modes", folder).verdict());
        found(examine(served, true), "backup modes", "mended: chmod -R go= ");
        found(examine(served, false), "backup modes", "for their owner alone");
        found(examine(served, false), "archive modes", "for their owner alone");
        assertEquals(
                PosixFilePermissions.fromString("rw-------"),
                Files.getPosixFilePermissions(made.file()));
        assertEquals(
                PosixFilePermissions.fromString("rwx------"),
                Files.getPosixFilePermissions(backups()));
    }

    private void run(String job) {
        try (Store store = StoreKit.store(config())) {
            MaintenanceScheduler jobs =
                    Wiring.maintenance(config(), store, false, Rehearsal.stage(), Wiring.clock());
            assertTrue(jobs.ask(job));
            jobs.tick();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void copies_off_site_that_lack_are_told_and_their_copying_mends_that(boolean served)
            throws IOException {
        backUp();
        Path place = folder.resolve("elsewhere");
        environment.put("ROCKET_OFFSITE", place.toString());
        Finding gone = found(examine(served, false), "off-site", place.toString());
        assertEquals(Verdict.FAILED, gone.verdict(), gone.evidence());
        Files.createDirectory(place);
        found(examine(served, false), "off-site", "1 verified backups are not there yet");
        ahead(Duration.ofHours(7));
        Finding behind =
                found(examine(served, false), "off-site", "are not there, 1 of them older");
        assertEquals(Verdict.FAILED, behind.verdict());
        assertTrue(behind.remedy().contains("rocket maintenance run offsite"), behind.remedy());
        assertEquals(served, behind.remedy().contains("--url http://127.0.0.1:"));
        run("offsite");
        found(examine(served, false), "off-site", "every verified backup is there");
    }

    @Test
    void a_store_that_is_gone_comes_back_from_off_site() throws IOException {
        environment.put(
                "ROCKET_OFFSITE", Files.createDirectory(folder.resolve("there")).toString());
        backUp();
        run("offsite");
        Files.delete(file());
        Finding gone = found(examine(false), "off-site", "is gone");
        assertEquals(Verdict.FAILED, gone.verdict());
        assertTrue(gone.remedy().startsWith("rocket restore --offsite --at "), gone.remedy());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void production_without_a_copy_elsewhere_is_warned(boolean served) {
        assertEquals(Verdict.OK, found(examine(served, false), "off-site", "no copy").verdict());
        environment.put("ROCKET_ENV", "production");
        environment.put("ROCKET_ARCHIVE", "off");
        List<Finding> findings = examine(served, false);
        assertFound(findings, Verdict.WARNING, "off-site", "no copy is kept", "set ROCKET_OFFSITE");
        String loss = "a lost disk takes all since the newest backup";
        assertFound(findings, Verdict.WARNING, "archive", loss, "set ROCKET_ARCHIVE to a folder");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void jobs_that_are_overdue_or_fail_are_told_with_what_does_them(boolean served) {
        found(examine(served, false), "maintenance", " of them appointed, none overdue");
        run("drill");
        Finding failed =
                found(examine(served, false), "maintenance", "drill failed once, last at ");
        assertEquals(Verdict.FAILED, failed.verdict());
        assertTrue(failed.evidence().contains("no verified backup is in"), failed.evidence());
        ahead(Duration.ofHours(18));
        String late = "upkeep is overdue by ";
        assertEquals(Verdict.WARNING, found(examine(served, false), "maintenance", late).verdict());
        ahead(Duration.ofDays(3));
        Finding overdue = found(examine(served, false), "maintenance", late + "2 d, never done");
        assertEquals(Verdict.FAILED, overdue.verdict());
        assertTrue(overdue.remedy().contains("rocket maintenance run upkeep"), overdue.remedy());
        assertEquals(served, overdue.remedy().contains("--url http://127.0.0.1:"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_archive_of_another_store_is_told(boolean served) throws IOException {
        run("receipts");
        make();
        for (String ending : List.of("", "-wal", "-shm", ".lock")) {
            Files.deleteIfExists(folder.resolve("rocket.db" + ending));
        }
        environment.put("ROCKET_ARCHIVE", "off");
        Path archive = folder.resolve("rocket.db.feed");
        Path away = Files.move(archive, folder.resolve("away.feed"));
        make();
        Files.move(away, archive);
        environment.put("ROCKET_ARCHIVE", archive.toString());
        Finding other = found(examine(served, false), "archive", "it is another's");
        assertEquals(Verdict.FAILED, other.verdict());
        assertTrue(other.remedy().startsWith("mv "), other.remedy());
    }

    /** Without a server alone: one that runs archives within seconds. */
    @Test
    void what_is_not_archived_is_told() {
        found(examine(false), "archive", "nothing is behind");
        run("receipts");
        Finding young = found(examine(false), "archive", " places behind, the oldest ");
        assertEquals(Verdict.OK, young.verdict());
        ahead(Duration.ofMinutes(10));
        Finding late = found(examine(false), "archive", " places behind, the oldest ");
        assertEquals(Verdict.WARNING, late.verdict(), late.evidence());
        ahead(Duration.ofHours(3));
        Finding lost = found(examine(false), "archive", "change 3 h old, in ");
        assertEquals(Verdict.FAILED, lost.verdict(), lost.evidence());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_copy_of_the_file_without_its_log_is_told(boolean served) throws IOException {
        Path copy = folder.resolve("nightly.db");
        try (Store store = StoreKit.store(config())) {
            assertTrue(store.head().value() > 0);
            Files.copy(file(), copy);
        }
        run("receipts");
        Files.setLastModifiedTime(copy, FileTime.from(Instant.now().plusSeconds(60)));
        Finding torn = found(examine(served, false), "copies", "nightly.db lacks ");
        assertEquals(Verdict.FAILED, torn.verdict());
        assertTrue(torn.remedy().startsWith("stop copying the file"), torn.remedy());
    }
}
