package dev.rocket.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyArchiveTest {

    private static final int SEGMENTS = 4;

    @TempDir private Path temporary;
    private ArchiveGround ground = new ArchiveGround(0);

    @BeforeEach
    void archive() {
        ground = new ArchiveGround(11);
        ground.archive(folder(), SEGMENTS);
    }

    @AfterEach
    void close() {
        ground.close();
    }

    private ArchiveFolder folder() {
        return new ArchiveFolder(temporary.resolve("feed"));
    }

    private VerifyArchive.Report verify() {
        return new VerifyArchive(folder(), ground.store()).run(looked -> {});
    }

    private Segment segment(int number) throws IOException {
        return folder().segments().get(number - 1);
    }

    private static void assertNames(VerifyArchive.Report report, String... parts) {
        assertFalse(report.agrees(), "nothing was found");
        String found = String.join("\n", report.problems());
        for (String part : parts) {
            assertTrue(found.contains(part), part + " is not in: " + found);
        }
    }

    @Test
    void a_whole_archive_agrees() throws IOException {
        VerifyArchive.Report report = verify();
        assertEquals(List.of(), report.problems());
        assertEquals(SEGMENTS, report.segments());
        assertEquals(ground.size(), report.changes());
        assertEquals(Seq.START, report.first());
        assertEquals(ground.end(), report.last());
        assertEquals(segment(SEGMENTS).hash(), report.hash().orElseThrow());
    }

    @Test
    void without_a_store_the_chain_alone_is_proven() throws IOException {
        VerifyArchive alone = new VerifyArchive(folder(), Optional.empty());
        assertEquals(verify(), alone.run(looked -> {}));
        Files.delete(segment(2).file());
        assertNames(alone.run(looked -> {}), "what comes before it is missing, number 2");
    }

    @Test
    void one_byte_that_was_altered_or_deleted_is_found_in_its_segment() throws IOException {
        ArchiveFolder small = new ArchiveFolder(temporary.resolve("small"));
        try (ArchiveGround few = new ArchiveGround(13)) {
            ArchiveFeed archive = new ArchiveFeed(few.store(), small);
            for (int run = 0; run < 3; run++) {
                few.grow(5);
                archive.run();
            }
            VerifyArchive verify = new VerifyArchive(small, few.store());
            Segment segment = small.segments().get(1);
            byte[] whole = Files.readAllBytes(segment.file());
            for (int at = 0; at < whole.length; at++) {
                byte[] altered = whole.clone();
                altered[at] ^= 1;
                Files.write(segment.file(), altered);
                assertNames(verify.run(looked -> {}), segment.name());
                ByteArrayOutputStream shorter = new ByteArrayOutputStream();
                shorter.write(whole, 0, at);
                shorter.write(whole, at + 1, whole.length - at - 1);
                Files.write(segment.file(), shorter.toByteArray());
                assertNames(verify.run(looked -> {}), segment.name());
            }
            Files.write(segment.file(), whole);
            assertTrue(verify.run(looked -> {}).agrees());
        }
    }

    @Test
    void a_change_that_was_altered_is_located_by_its_place() throws IOException {
        Segment segment = segment(3);
        List<String> lines = Files.readAllLines(segment.file());
        Seq after = segment(2).last();
        String behind = "behind Seq " + (after.value() + 1) + ",";
        lines.set(2, lines.get(2).replace("test", "rest"));
        Files.write(segment.file(), lines);
        assertNames(verify(), segment.name(), "line 3", behind);
    }

    @Test
    void a_segment_that_was_deleted_is_located() throws IOException {
        Segment gone = segment(2);
        Seq before = segment(1).last();
        Segment next = segment(3);
        Files.delete(gone.file());
        VerifyArchive.Report report = verify();
        assertNames(report, next.name(), "number 2 behind Seq " + before.value());
        assertNames(report, "up to Seq " + gone.last().value());
        assertEquals(1, report.problemCount());
    }

    @Test
    void the_first_segment_cannot_be_taken_away_unseen() throws IOException {
        Files.delete(segment(1).file());
        assertNames(verify(), "number 1 behind Seq 0");
    }

    @Test
    void a_segment_of_another_archive_is_found_though_it_is_whole() throws IOException {
        ArchiveFolder other = new ArchiveFolder(temporary.resolve("other"));
        try (ArchiveGround stranger = new ArchiveGround(11)) {
            // The same changes, cut in other places.
            stranger.grow(3);
            new ArchiveFeed(stranger.store(), other).run();
            stranger.archive(other, SEGMENTS);
        }
        Segment foreign = other.segments().get(2);
        Files.delete(segment(3).file());
        Files.copy(foreign.file(), folder().path().resolve(foreign.name()));
        assertNames(verify(), foreign.name());
    }

    @Test
    void a_store_that_says_something_else_is_found() {
        int half = ground.size() / 2;
        try (Store less = ground.copy(half)) {
            VerifyArchive.Report report = new VerifyArchive(folder(), less).run(looked -> {});
            assertEquals(ground.size() - half, report.problemCount());
            assertNames(report, "is in the archive, not in the store");
        }
        try (Store other = SampleStore.of(12)) {
            assertFalse(new VerifyArchive(folder(), other).run(looked -> {}).agrees());
        }
    }

    @Test
    void one_byte_of_the_anchor_that_was_altered_or_deleted_is_found() throws IOException {
        folder().drop(2);
        assertTrue(verify().agrees());
        Path anchor = folder().path().resolve(".anchor");
        byte[] whole = Files.readAllBytes(anchor);
        for (int at = 0; at < whole.length; at++) {
            byte[] altered = whole.clone();
            altered[at] ^= 1;
            Files.write(anchor, altered);
            assertOne(".anchor is damaged");
            ByteArrayOutputStream shorter = new ByteArrayOutputStream();
            shorter.write(whole, 0, at);
            shorter.write(whole, at + 1, whole.length - at - 1);
            Files.write(anchor, shorter.toByteArray());
            assertOne(".anchor is damaged");
        }
        Files.write(anchor, whole);
        assertTrue(verify().agrees());
    }

    private void assertOne(String what) {
        VerifyArchive.Report report = verify();
        assertNames(report, what);
        assertEquals(1, report.problemCount(), String.join("\n", report.problems()));
    }

    @Test
    void an_anchor_that_was_deleted_or_is_anothers_is_found() throws IOException {
        folder().drop(2);
        Path anchor = folder().path().resolve(".anchor");
        byte[] whole = Files.readAllBytes(anchor);
        Files.delete(anchor);
        assertNames(verify(), segment(1).name(), "number 1 behind Seq 0");
        Segment first = segment(1);
        Anchor other = new Anchor(first.number() - 1, new Seq(1), Segment.NONE);
        Files.writeString(anchor, other.print());
        assertNames(verify(), first.name(), "number 3 behind Seq 1");
        Files.writeString(anchor, new Anchor(9, ground.end(), Segment.NONE).print());
        assertNames(verify(), "What follows segment 9 is missing");
        Files.write(anchor, whole);
        assertTrue(verify().agrees());
    }

    @Test
    void the_first_segment_left_cannot_be_taken_away_unseen() throws IOException {
        folder().drop(2);
        Files.delete(segment(1).file());
        assertNames(verify(), segment(1).name(), "number 3 behind Seq");
        Files.delete(segment(1).file());
        assertNames(verify(), "What follows segment 2 is missing");
    }

    @Test
    void a_chain_that_is_damaged_is_not_cut_there() throws IOException {
        Files.delete(segment(2).file());
        for (long upTo : new long[] {1, 3}) {
            StoreException refused = assertThrows(StoreException.class, () -> folder().drop(upTo));
            assertEquals(StoreException.Kind.CORRUPT, refused.kind());
            assertEquals(SEGMENTS - 1, folder().segments().size());
        }
        assertNames(verify(), "number 2 behind Seq");
    }
}
