package dev.rocket.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.ChangeText;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveFeedTest {

    @TempDir private Path temporary;

    private ArchiveFolder folder() {
        return new ArchiveFolder(temporary.resolve("feed"));
    }

    private List<Change> archived() throws IOException {
        List<Change> all = new ArrayList<>();
        for (Segment segment : folder().segments()) {
            try (SegmentReader reader = new SegmentReader(segment)) {
                for (Optional<Change> next = reader.next(); next.isPresent(); ) {
                    all.add(next.get());
                    next = reader.next();
                }
            }
        }
        return all;
    }

    @Test
    void a_change_is_what_its_line_says() {
        try (ArchiveGround ground = new ArchiveGround(7)) {
            ground.grow(ground.size());
            for (Change change : ArchiveGround.feed(ground.store())) {
                assertEquals(change, ChangeText.parse(ChangeText.print(change)));
            }
        }
        for (String bad : List.of("", "{}", "{}\t{}", "\t", "{\"seq\":1}\t{}")) {
            assertThrows(IllegalArgumentException.class, () -> ChangeText.parse(bad));
        }
    }

    @Test
    void the_whole_feed_is_archived_once_and_in_order() throws IOException {
        try (ArchiveGround ground = new ArchiveGround(1)) {
            ArchiveFeed archive = new ArchiveFeed(ground.store(), folder());
            assertEquals(new ArchiveFeed.Archived(0, 0, Seq.START), archive.run());
            for (int run = 0; run < 5; run++) {
                ground.grow(ground.size() / 5 + 1);
                Seq end = ground.store().head();
                ArchiveFeed.Archived archived = archive.run();
                assertEquals(1, archived.segments());
                assertEquals(end, archived.last());
            }
            assertEquals(0, archive.run().segments());
            assertEquals(ArchiveGround.feed(ground.store()), archived());
            assertTrue(new VerifyArchive(folder(), ground.store()).run(n -> {}).agrees());
        }
    }

    @Test
    void files_are_for_their_owner_alone() throws IOException {
        try (ArchiveGround ground = new ArchiveGround(1)) {
            ground.archive(folder(), 2);
        }
        Path file = folder().segments().get(0).file();
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        Path folder = folder().path();
        assertEquals(
                "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
    }

    @Test
    void what_a_killed_process_left_is_written_over() throws IOException {
        try (ArchiveGround ground = new ArchiveGround(2)) {
            ground.archive(folder(), 3);
            Segment newest = folder().newest().orElseThrow();
            byte[] whole = Files.readAllBytes(newest.file());
            // As it was before the newest segment had its name, at several moments of writing.
            for (int written : new int[] {0, 1, whole.length / 2, whole.length}) {
                Files.delete(folder().newest().orElseThrow().file());
                byte[] part = Arrays.copyOf(whole, written);
                Files.write(folder().path().resolve(".sealing"), part);
                assertEquals(1, new ArchiveFeed(ground.store(), folder()).run().segments());
                assertEquals(newest.name(), folder().newest().orElseThrow().name());
                assertFalse(Files.exists(folder().path().resolve(".sealing")));
            }
            assertEquals(ArchiveGround.feed(ground.store()), archived());
        }
    }

    @Test
    void a_newest_segment_whose_end_is_damaged_is_not_gone_on_from() throws IOException {
        try (ArchiveGround ground = new ArchiveGround(3)) {
            ground.archive(folder(), 2);
            Path newest = folder().newest().orElseThrow().file();
            byte[] cut = Files.readAllBytes(newest);
            Files.write(newest, Arrays.copyOf(cut, cut.length - 1));
            ArchiveFeed archive = new ArchiveFeed(ground.store(), folder());
            StoreException damaged = assertThrows(StoreException.class, archive::run);
            assertEquals(StoreException.Kind.CORRUPT, damaged.kind());
        }
    }

    @Test
    void a_folder_has_one_writer() throws IOException {
        try (ArchiveGround ground = new ArchiveGround(4)) {
            ground.archive(folder(), 1);
            ArchiveFeed archive = new ArchiveFeed(ground.store(), folder());
            Path lock = folder().path().resolve(".lock");
            try (FileChannel other = FileChannel.open(lock, StandardOpenOption.WRITE)) {
                other.lock();
                StoreException locked = assertThrows(StoreException.class, archive::run);
                assertEquals(StoreException.Kind.LOCKED, locked.kind());
            }
            assertEquals(0, archive.run().segments());
        }
    }

    @Test
    void the_archive_of_another_store_is_not_gone_on_with() throws IOException {
        try (ArchiveGround ground = new ArchiveGround(8);
                ArchiveGround other = new ArchiveGround(9);
                Store restored = ground.copy(ground.size() / 2)) {
            ground.archive(folder(), 2);
            int before = folder().segments().size();
            other.grow(other.size());
            for (Store store : List.of(other.store(), restored)) {
                ArchiveFeed archive = new ArchiveFeed(store, folder());
                StoreException foreign = assertThrows(StoreException.class, archive::run);
                assertEquals(StoreException.Kind.FOREIGN, foreign.kind());
            }
            assertEquals(before, folder().segments().size());
        }
    }

    @Test
    void the_lag_counts_from_the_oldest_change_that_is_not_archived() {
        try (ArchiveGround ground = new ArchiveGround(5)) {
            ArchiveFeed archive = new ArchiveFeed(ground.store(), folder());
            ground.grow(10);
            archive.run();
            assertEquals(
                    new ArchiveFeed.Lag(0, Duration.ZERO), archive.lag(ground.change(10).at()));
            ground.grow(3);
            ArchiveFeed.Lag lag = archive.lag(ground.change(11).at().plusSeconds(9));
            assertEquals(3, lag.places());
            assertEquals(Duration.ofSeconds(9), lag.time());
        }
    }

    @Test
    void segments_that_were_let_go_leave_a_chain_that_can_be_proven() throws IOException {
        try (ArchiveGround ground = new ArchiveGround(6)) {
            ground.archive(folder(), 5);
            assertEquals(2, folder().drop(2));
            VerifyArchive verify = new VerifyArchive(folder(), ground.store());
            assertEquals(List.of(), verify.run(n -> {}).problems());
            assertEquals(2, folder().drop(5));
            assertEquals(1, verify.run(n -> {}).segments());
            assertEquals(List.of(), verify.run(n -> {}).problems());
            assertEquals(0, new ArchiveFeed(ground.store(), folder()).run().segments());
        }
    }
}
