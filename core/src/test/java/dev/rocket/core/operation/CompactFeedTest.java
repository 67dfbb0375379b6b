package dev.rocket.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.contract.MemoryVault;
import dev.rocket.core.contract.RandomFeed;
import dev.rocket.core.contract.SettableClock;
import dev.rocket.core.model.BackupNote;
import dev.rocket.core.model.BackupNote.Verdict;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Digest;
import dev.rocket.core.model.Job;
import dev.rocket.core.model.Receipt;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactFeedTest {

    private static final Duration KEEP = Duration.ofDays(30);
    private static final Instant WRITTEN = Instant.parse("2026-03-29T07:30:00.123Z");

    @TempDir private Path temporary;
    private final SettableClock clock = new SettableClock(WRITTEN.plus(KEEP).plusSeconds(1));
    private final Store store = new MemoryStore();
    private final long seed = System.nanoTime();
    private List<Change> whole = List.of();

    @BeforeEach
    void fill() {
        System.out.println("CompactFeedTest: seed " + seed);
        RandomFeed.fill(store, seed, 700);
        while (store.write(
                        tx ->
                                tx.forget(
                                        new Transaction.Old.Receipts(
                                                Instant.MAX.minusSeconds(1), 500)))
                > 0) {}
        whole = ArchiveGround.feed(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private BackupFolder backups() {
        return new BackupFolder(temporary.resolve("backups"));
    }

    private ArchiveFolder archive() {
        return new ArchiveFolder(temporary.resolve("feed"));
    }

    private void backup(Seq seq, Verdict verdict) throws IOException {
        Path folder = Files.createDirectories(temporary.resolve("backups"));
        BackupNote.Bytes bytes = new BackupNote.Bytes(0, "0".repeat(64));
        BackupNote.Check check = new BackupNote.Check(verdict, WRITTEN, "for a test");
        BackupNote note = new BackupNote(seq, WRITTEN, "x", bytes, Optional.empty(), check);
        String name = "rocket-%06d-20310501T030000Z".formatted(backups().list().size() + 1);
        Files.writeString(folder.resolve(name + ".db"), "");
        Files.writeString(folder.resolve(name + ".json"), note.print());
    }

    private CompactFeed compaction(
            Optional<ArchiveFolder> archive, Optional<ArchiveOffsite> offsite) {
        CompactFeed.Bounds bounds = new CompactFeed.Bounds(backups(), archive, offsite);
        return new CompactFeed(store, KEEP, clock, bounds);
    }

    private String run(CompactFeed feed) throws IOException, InterruptedException {
        Optional<Job> before = store.read(s -> s.find(Job.Id.of("upkeep")));
        Lease lease = Lease.take(store, clock, "upkeep", before, "here").orElseThrow();
        Outcome outcome = new RunUpkeep(store, time -> {}).compacting(feed).run(lease);
        lease.release();
        return outcome.detail();
    }

    private String run() throws IOException, InterruptedException {
        return run(compaction(Optional.empty(), Optional.empty()));
    }

    /** What is left of the feed as it was written, without what upkeep itself wrote. */
    private List<Change> left() {
        Seq end = whole.getLast().seq();
        return ArchiveGround.feed(store).stream()
                .filter(change -> !change.seq().isAfter(end))
                .toList();
    }

    /** The feed without what a change up to a place follows. */
    private List<Change> without(Seq upTo) {
        List<Change> left = new ArrayList<>(whole);
        for (Change change : whole) {
            if (!change.seq().isAfter(upTo)) {
                left.removeIf(one -> one.seq().equals(change.prev()));
            }
        }
        return left;
    }

    private Seq place(int number) {
        return whole.get(number - 1).seq();
    }

    @Test
    void without_a_verified_backup_nothing_is_forgotten() throws Exception {
        assertTrue(run().contains(", 0 old changes forgotten"));
        backup(place(600), Verdict.UNVERIFIED);
        run();
        assertEquals(whole, left());
    }

    @Test
    void what_lies_before_the_newest_verified_backup_is_forgotten_and_told() throws Exception {
        backup(place(300), Verdict.VERIFIED);
        backup(place(600), Verdict.VERIFIED);
        String told = run();
        assertEquals(without(place(600)), left());
        int forgotten = whole.size() - left().size();
        assertTrue(forgotten > 50, "hardly a change was forgotten");
        assertTrue(told.contains(", " + forgotten + " old changes forgotten"), told);
        assertTrue(run().contains(", 0 old changes forgotten"));
        assertEquals(List.of(), new VerifyStore(store).run(n -> {}).problems());
    }

    @Test
    void what_is_young_is_kept() throws Exception {
        backup(place(600), Verdict.VERIFIED);
        clock.set(WRITTEN.plus(KEEP));
        run();
        assertEquals(whole, left());
    }

    @Test
    void what_is_not_archived_here_and_off_site_is_kept() throws Exception {
        backup(place(600), Verdict.VERIFIED);
        ArchiveOffsite offsite = new ArchiveOffsite(archive(), new MemoryVault(WRITTEN));
        CompactFeed feed = compaction(Optional.of(archive()), Optional.of(offsite));
        run(feed);
        assertEquals(whole, left());
        new ArchiveFeed(store, archive()).run();
        run(feed);
        assertEquals(whole, left());
        offsite.run(copied -> {});
        run(feed);
        assertEquals(without(place(600)), left());
        // The archive still tells everything, and goes on.
        assertEquals(1, new ArchiveFeed(store, archive()).run().segments());
        VerifyArchive.Report report = new VerifyArchive(archive(), store).run(n -> {});
        assertEquals(List.of(), report.problems());
        assertEquals(whole.size() - left().size(), report.forgotten());
    }

    @Test
    void what_an_answer_names_is_kept_as_long_as_that_is_remembered() throws Exception {
        backup(place(600), Verdict.VERIFIED);
        Receipt.Key key = new Receipt.Key("system:test", "a-key");
        Instant earlier = whole.get(0).at();
        store.write(
                tx -> {
                    tx.remember(new Receipt(key, "print", earlier, List.of()));
                    return true;
                });
        run();
        assertEquals(whole, left());
    }

    @Test
    void nothing_is_forgotten_while_the_store_is_copied() throws Exception {
        backup(place(600), Verdict.VERIFIED);
        for (String copier : List.of("backup", MigrateStore.JOB)) {
            Optional<Job> job = store.read(s -> s.find(Job.Id.of(copier)));
            Lease held = Lease.take(store, clock, copier, job, "elsewhere").orElseThrow();
            run();
            assertEquals(whole, left());
            held.release();
        }
        run();
        assertEquals(without(place(600)), left());
    }

    @Test
    void the_past_from_the_place_on_is_known_and_before_it_is_not_guessed() throws Exception {
        List<Digest> digests = new ArrayList<>();
        for (Change change : whole) {
            digests.add(PastDigest.of(store, change.seq(), n -> {}).orElseThrow());
        }
        backup(place(600), Verdict.VERIFIED);
        run();
        boolean unknown = false;
        for (int number = 1; number <= whole.size(); number++) {
            Optional<Digest> past = PastDigest.of(store, place(number), n -> {});
            if (number >= 600) {
                assertEquals(Optional.of(digests.get(number - 1)), past, "at " + number);
            } else {
                unknown |= past.isEmpty();
                assertEquals(past.isEmpty() ? past : Optional.of(digests.get(number - 1)), past);
            }
        }
        assertTrue(unknown, "every past is known");
        assertFalse(left().equals(whole));
    }
}
