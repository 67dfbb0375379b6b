package dev.rocket.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.model.Digest;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayArchiveTest {

    @TempDir private Path temporary;
    private ArchiveGround ground = new ArchiveGround(0);

    @BeforeEach
    void archive() {
        ground = new ArchiveGround(21);
        ground.archive(folder(), 5);
    }

    @AfterEach
    void close() {
        ground.close();
    }

    private ArchiveFolder folder() {
        return new ArchiveFolder(temporary.resolve("feed"));
    }

    private ReplayArchive.Replayed replay(Store target, ReplayArchive.Until until) {
        return new ReplayArchive(folder(), target).run(until, applied -> {});
    }

    @Test
    void any_place_after_the_backup_is_reached_exactly() {
        int backup = ground.size() / 3;
        for (int number = backup; number <= ground.size(); number += 7) {
            Seq seq = ground.change(number).seq();
            try (Store target = ground.copy(backup);
                    Store then = ground.copy(number)) {
                ReplayArchive.Replayed replayed = replay(target, new ReplayArchive.Place(seq));
                assertEquals(number - backup, replayed.changes());
                assertEquals(seq, replayed.last());
                assertEquals(seq, target.head());
                Digest digest = ArchiveGround.digest(then);
                assertEquals(digest, ArchiveGround.digest(target));
                assertTrue(new VerifyStore(target).run(looked -> {}).agrees());
            }
        }
    }

    @Test
    void the_whole_store_comes_from_the_archive_alone() {
        try (Store target = new MemoryStore()) {
            ReplayArchive.Replayed replayed =
                    replay(target, new ReplayArchive.Place(new Seq(Long.MAX_VALUE)));
            assertTrue(replayed.ended());
            assertEquals(ArchiveGround.feed(ground.store()), ArchiveGround.feed(target));
            assertEquals(ArchiveGround.digest(ground.store()), ArchiveGround.digest(target));
        }
    }

    @Test
    void a_moment_ends_before_the_first_change_that_is_later() {
        Instant at = ground.change(ground.size()).at();
        try (Store target = new MemoryStore()) {
            assertEquals(0, replay(target, new ReplayArchive.Moment(at.minusSeconds(1))).changes());
            assertEquals(Seq.START, target.head());
            assertEquals(ground.size(), replay(target, new ReplayArchive.Moment(at)).changes());
        }
    }

    @Test
    void a_replay_that_was_interrupted_goes_on() {
        int third = ground.size() / 3;
        try (Store target = new MemoryStore()) {
            replay(target, new ReplayArchive.Place(ground.change(third).seq()));
            replay(target, new ReplayArchive.Place(ground.end()));
            assertEquals(ArchiveGround.digest(ground.store()), ArchiveGround.digest(target));
        }
    }

    @Test
    void a_hole_on_the_way_stops_the_replay_and_is_named() throws IOException {
        Files.delete(folder().segments().get(2).file());
        Seq before = folder().segments().get(1).last();
        try (Store target = new MemoryStore()) {
            StoreException hole =
                    assertThrows(
                            StoreException.class,
                            () -> replay(target, new ReplayArchive.Place(ground.end())));
            assertEquals(StoreException.Kind.CORRUPT, hole.kind());
            assertTrue(String.valueOf(hole.getMessage()).contains("Seq " + before.value()));
            assertEquals(before, target.head());
            // What lies before the hole can be reached all the same.
            assertEquals(0, replay(target, new ReplayArchive.Place(before)).changes());
        }
    }

    @Test
    void a_damaged_line_is_not_applied() throws IOException {
        Segment segment = folder().segments().get(2);
        String text = Files.readString(segment.file());
        Files.writeString(segment.file(), text.replace("\"revision\":1", "\"revision\":7"));
        try (Store target = new MemoryStore()) {
            StoreException damaged =
                    assertThrows(
                            StoreException.class,
                            () -> replay(target, new ReplayArchive.Place(ground.end())));
            assertEquals(StoreException.Kind.CORRUPT, damaged.kind());
            assertTrue(!target.head().isAfter(segment.last()));
        }
    }

    @Test
    void an_archive_of_another_store_is_refused() {
        try (Store stranger = SampleStore.of(22);
                Store target = cut(stranger)) {
            StoreException foreign =
                    assertThrows(
                            StoreException.class,
                            () -> replay(target, new ReplayArchive.Place(ground.end())));
            assertEquals(StoreException.Kind.CORRUPT, foreign.kind());
        }
    }

    /** The first few changes of a store, in one of their own. */
    private static Store cut(Store store) {
        Store copy = new MemoryStore();
        ArchiveGround.feed(store).stream()
                .limit(6)
                .forEach(change -> copy.write(tx -> tx.apply(change)));
        return copy;
    }
}
