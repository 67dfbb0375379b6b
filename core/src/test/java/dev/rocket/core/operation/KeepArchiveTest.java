package dev.rocket.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.contract.MemoryVault;
import dev.rocket.core.contract.SettableClock;
import dev.rocket.core.model.BackupNote;
import dev.rocket.core.model.BackupNote.Verdict;
import dev.rocket.core.model.Job;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.Vault;
import dev.rocket.core.port.VaultException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeepArchiveTest {

    private static final Duration KEEP = Duration.ofDays(90);
    private static final Instant SEALED = Instant.parse("2031-05-01T12:00:00Z");
    private static final int SEGMENTS = 6;

    @TempDir private Path temporary;
    private final SettableClock clock = new SettableClock(SEALED.plus(KEEP));
    private final MemoryVault vault = new MemoryVault(SEALED);
    private ArchiveGround ground = new ArchiveGround(0);

    @BeforeEach
    void archive() throws IOException {
        ground = new ArchiveGround(41);
        ground.archive(folder(), SEGMENTS);
        age(SEALED);
    }

    @AfterEach
    void close() {
        ground.close();
    }

    private ArchiveFolder folder() {
        return new ArchiveFolder(temporary.resolve("feed"));
    }

    private Segment segment(int number) throws IOException {
        return folder().segments().get(number - 1);
    }

    private void age(Instant sealed) throws IOException {
        for (Segment segment : folder().segments()) {
            Files.setLastModifiedTime(segment.file(), FileTime.from(sealed));
        }
    }

    private KeepArchive keep(Optional<Vault> place) {
        BackupFolder backups = new BackupFolder(temporary.resolve("backups"));
        return new KeepArchive(
                folder(), backups, place, new KeepArchive.Age(KEEP, clock, time -> {}));
    }

    private Outcome run() throws IOException, InterruptedException {
        return keep(Optional.empty()).run(() -> {});
    }

    private static String nameOf(int number) {
        return "rocket-%06d-20310501T030000Z".formatted(number);
    }

    private static String note(Seq seq, Verdict verdict) {
        BackupNote.Bytes bytes = new BackupNote.Bytes(0, "0".repeat(64));
        BackupNote.Check check = new BackupNote.Check(verdict, SEALED, "for a test");
        return new BackupNote(seq, SEALED, "sqlite", bytes, Optional.empty(), check).print();
    }

    /** Notes are all that is asked of backups here. */
    private void backup(int number, Seq seq, Verdict verdict) throws IOException {
        Path backups = Files.createDirectories(temporary.resolve("backups"));
        Files.writeString(backups.resolve(nameOf(number) + ".db"), "");
        Files.writeString(backups.resolve(nameOf(number) + ".json"), note(seq, verdict));
    }

    private void backupOffsite(int number, Seq seq) throws IOException {
        Path note = Files.writeString(temporary.resolve("note"), note(seq, Verdict.VERIFIED));
        vault.put("backups/" + nameOf(number) + ".json", note, over -> {});
        vault.put("backups/" + nameOf(number) + ".db", note, over -> {});
    }

    private void assertProven(int segments) {
        VerifyArchive.Report report = new VerifyArchive(folder(), ground.store()).run(looked -> {});
        assertEquals(List.of(), report.problems());
        assertEquals(segments, report.segments());
    }

    private void assertProvenOffsite(Vault place, int segments) {
        ArchiveFolder fetched = new ArchiveFolder(temporary.resolve("fetched" + segments));
        new ArchiveOffsite(folder(), place).fetch(Seq.START, fetched, got -> {});
        VerifyArchive.Report report = new VerifyArchive(fetched, ground.store()).run(n -> {});
        assertEquals(List.of(), report.problems());
        assertEquals(segments, report.segments());
    }

    @Test
    void without_a_verified_backup_nothing_goes() throws Exception {
        assertEquals(Job.Result.SKIPPED, run().result());
        backup(1, ground.end(), Verdict.UNVERIFIED);
        backup(2, ground.end(), Verdict.FAILED);
        assertEquals(Job.Result.SKIPPED, run().result());
        assertProven(SEGMENTS);
    }

    @Test
    void what_a_kept_backup_needs_stays_whatever_its_age() throws Exception {
        Seq third = segment(3).last();
        backup(2, ground.end(), Verdict.VERIFIED);
        backup(1, third, Verdict.VERIFIED);
        clock.pass(Duration.ofDays(10_000));
        assertEquals(Job.Result.OK, run().result());
        // The third holds the backup's own last change, by which a replay knows the store.
        assertProven(SEGMENTS - 2);
        try (Store restored = new MemoryStore()) {
            for (int i = 1; restored.head().value() < third.value(); i++) {
                int number = i;
                restored.write(tx -> tx.apply(ground.change(number)));
            }
            new ReplayArchive(folder(), restored)
                    .run(new ReplayArchive.Place(ground.end()), applied -> {});
            assertEquals(ArchiveGround.digest(ground.store()), ArchiveGround.digest(restored));
        }
        assertEquals(Job.Result.SKIPPED, run().result());
    }

    @Test
    void what_is_young_stays_and_the_newest_always() throws Exception {
        backup(1, ground.end(), Verdict.VERIFIED);
        Files.setLastModifiedTime(segment(4).file(), FileTime.from(SEALED.plusSeconds(1)));
        assertEquals(Job.Result.OK, run().result());
        assertProven(3);
        clock.pass(Duration.ofDays(1));
        run();
        assertProven(1);
        assertEquals(0, new ArchiveFeed(ground.store(), folder()).run().segments());
    }

    @Test
    void what_is_not_off_site_yet_stays() throws Exception {
        backup(1, ground.end(), Verdict.VERIFIED);
        keep(Optional.of(vault)).run(() -> {});
        assertProven(SEGMENTS);
        new ArchiveOffsite(folder(), vault).run(copied -> {});
        Outcome done = keep(Optional.of(vault)).run(() -> {});
        assertEquals(
                "5 segments let go, 5 off-site; a backup needs what is behind Seq "
                        + ground.end().value(),
                done.detail());
        assertProven(1);
        assertProvenOffsite(vault, 1);
    }

    @Test
    void what_a_backup_off_site_needs_stays_here_and_there() throws Exception {
        new ArchiveOffsite(folder(), vault).run(copied -> {});
        backup(3, ground.end(), Verdict.VERIFIED);
        backupOffsite(1, segment(2).last());
        keep(Optional.of(vault)).run(() -> {});
        assertProven(SEGMENTS - 1);
        assertProvenOffsite(vault, SEGMENTS - 1);
        vault.delete("backups/" + nameOf(1) + ".json");
        KeepArchive keep = keep(Optional.of(vault));
        assertThrows(VaultException.class, () -> keep.run(() -> {}));
        assertProven(SEGMENTS - 1);
    }

    @Test
    void a_cut_at_any_step_here_leaves_a_chain_that_is_proven_and_the_next_run_ends_it()
            throws Exception {
        backup(1, ground.end(), Verdict.VERIFIED);
        Map<Path, byte[]> before = files();
        run();
        Map<Path, byte[]> after = files();
        List<Path> gone = before.keySet().stream().filter(f -> !after.containsKey(f)).toList();
        assertEquals(SEGMENTS - 1, gone.size());
        for (int deleted = 0; deleted <= gone.size(); deleted++) {
            for (Path file : gone.subList(deleted, gone.size())) {
                Files.write(file, before.get(file));
            }
            assertProven(1);
            assertEquals(Job.Result.SKIPPED, run().result());
            assertEquals(after.keySet(), files().keySet());
        }
    }

    private Map<Path, byte[]> files() throws IOException {
        Map<Path, byte[]> all = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder().path())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.put(file, Files.readAllBytes(file));
            }
        }
        return all;
    }

    @Test
    void a_cut_at_any_step_off_site_leaves_a_chain_that_is_proven() throws Exception {
        backup(1, ground.end(), Verdict.VERIFIED);
        new ArchiveOffsite(folder(), vault).run(copied -> {});
        int calls = 0;
        boolean ended = false;
        while (!ended) {
            MemoryVault same = new MemoryVault(SEALED);
            new ArchiveOffsite(other(), same).run(copied -> {});
            FailingVault failing = new FailingVault(same, calls);
            try {
                new ShortenOffsite(folder(), failing).drop(KeepArchiveTest::isBefore);
                ended = true;
            } catch (VaultException e) {
                calls++;
            }
            ArchiveFolder fetched = new ArchiveFolder(temporary.resolve("cut" + calls + ended));
            new ArchiveOffsite(folder(), same).fetch(Seq.START, fetched, got -> {});
            VerifyArchive.Report report = new VerifyArchive(fetched, ground.store()).run(n -> {});
            assertEquals(List.of(), report.problems(), "after " + calls + " calls");
            new ShortenOffsite(folder(), same).drop(KeepArchiveTest::isBefore);
            assertEquals(2, same.items("feed/", "").size());
        }
        assertTrue(calls > SEGMENTS, "only " + calls + " calls");
    }

    private static boolean isBefore(Vault.Item item) {
        return !item.at().isAfter(SEALED);
    }

    /** The same segments, of which nothing is known to be off-site. */
    private ArchiveFolder other() throws IOException {
        ArchiveFolder other = new ArchiveFolder(temporary.resolve("other"));
        other.make();
        Files.deleteIfExists(other.path().resolve(".offsite"));
        for (Segment segment : folder().segments()) {
            Path copy = other.path().resolve(segment.name());
            if (Files.notExists(copy)) {
                Files.copy(segment.file(), copy);
            }
        }
        return other;
    }

    @Test
    void an_anchor_that_was_altered_off_site_is_told() throws Exception {
        backup(1, ground.end(), Verdict.VERIFIED);
        new ArchiveOffsite(folder(), vault).run(copied -> {});
        keep(Optional.of(vault)).run(() -> {});
        String anchor = vault.items("feed/anchor-", "").get(0).name();
        Path file = temporary.resolve("anchor");
        vault.fetch(anchor, file, over -> {});
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        vault.put(anchor, Files.write(file, bytes), over -> {});
        ArchiveOffsite offsite = new ArchiveOffsite(folder(), vault);
        ArchiveFolder fetched = new ArchiveFolder(temporary.resolve("fetched"));
        StoreException told =
                assertThrows(
                        StoreException.class, () -> offsite.fetch(Seq.START, fetched, n -> {}));
        assertEquals(StoreException.Kind.CORRUPT, told.kind());
    }

    @Test
    void a_run_waits_for_whoever_archives_and_not_for_ever() throws Exception {
        backup(1, ground.end(), Verdict.VERIFIED);
        FileChannel held = folder().hold();
        assertThrows(StoreException.class, this::run);
        assertProven(SEGMENTS);
        KeepArchive.Age age =
                new KeepArchive.Age(
                        KEEP,
                        clock,
                        time -> {
                            assertNotEquals(Duration.ZERO, time);
                            close(held);
                        });
        BackupFolder backups = new BackupFolder(temporary.resolve("backups"));
        Outcome done = new KeepArchive(folder(), backups, Optional.empty(), age).run(() -> {});
        assertEquals(Job.Result.OK, done.result());
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
