package dev.rocket.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.contract.MemoryVault;
import dev.rocket.core.contract.SettableClock;
import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Job;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers of one store that archive one after the other. */
class ArchiveInTurnTest {

    private static final Instant NOON = Instant.parse("2031-05-01T12:00:00Z");

    @TempDir private Path temporary;
    private final SettableClock clock = new SettableClock(NOON);
    private final Store store = new MemoryStore();
    private final MemoryVault vault = new MemoryVault(NOON);
    private boolean alone;
    private int written;

    private final class Server {

        private final ArchiveFolder folder;
        private final ArchiveTurn turn;
        private final ArchiveFeed feed;
        private final ArchiveInTurn archive;

        Server(String name, String folder, SettableClock own, boolean isOffsite) {
            this.folder = folder(folder);
            MaintenanceScheduler.Place here =
                    new MaintenanceScheduler.Place(
                            own, ZoneOffset.UTC, name, Meter.NONE, () -> alone);
            this.turn = new ArchiveTurn(store, here, () -> true);
            this.feed = new ArchiveFeed(store, this.folder);
            this.archive =
                    new ArchiveInTurn(
                            store,
                            turn,
                            feed,
                            isOffsite
                                    ? Optional.of(new ArchiveOffsite(this.folder, vault))
                                    : Optional.empty());
        }

        boolean run() {
            return archive.run(true);
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Server server(String name) {
        return new Server(name, "shared", clock, false);
    }

    private Server apart(String name) {
        return new Server(name, name, clock, true);
    }

    private ArchiveFolder folder(String name) {
        return new ArchiveFolder(temporary.resolve(name));
    }

    private void write(Store to, int changes) {
        for (int i = 0; i < changes; i++) {
            Job noted = Job.noted("job-" + written++, Optional.empty(), clock.instant());
            Actor actor = Actor.system("test");
            to.write(tx -> tx.apply(Change.draft(actor, "test", clock.instant(), noted)));
        }
    }

    private void assertWhole(ArchiveFolder folder) throws IOException {
        VerifyArchive.Report report = new VerifyArchive(folder, store).run(n -> {});
        assertEquals(List.of(), report.problems());
        List<Segment> segments = folder.segments();
        for (int i = 1; i < segments.size(); i++) {
            assertEquals(segments.get(i - 1).number() + 1, segments.get(i).number());
        }
        if (segments.getFirst().number() > 1) {
            return;
        }
        try (Store copy = new MemoryStore()) {
            Seq end = folder.end().last();
            new ReplayArchive(folder, copy).run(new ReplayArchive.Place(end), n -> {});
            assertEquals(
                    PastDigest.of(store, end, n -> {}).orElseThrow(), ArchiveGround.digest(copy));
        }
    }

    @Test
    void one_archives_at_a_time_and_the_next_goes_on_with_its_chain() throws IOException {
        Server one = server("one");
        Server other = server("other");
        write(store, 3);
        assertTrue(one.run());
        assertFalse(other.run());
        assertEquals(Optional.of("one"), other.archive.other());
        assertEquals(Optional.empty(), other.archive.lag(clock.instant()));
        assertTrue(one.archive.lag(clock.instant()).isPresent());
        write(store, 3);
        // The first one is gone, and says nothing.
        clock.pass(Lease.LENGTH.minusSeconds(1));
        assertFalse(other.run());
        clock.pass(Duration.ofSeconds(2));
        assertEquals(Optional.empty(), other.archive.other());
        assertTrue(lag(other).compareTo(Lease.LENGTH) > 0);
        assertTrue(other.run());
        assertFalse(one.run());
        assertEquals(2, other.folder.newest().orElseThrow().number());
        assertWhole(other.folder);
        other.archive.end();
        write(store, 3);
        assertTrue(one.run());
        assertEquals(3, one.folder.newest().orElseThrow().number());
        try (var files = Files.list(one.folder.path())) {
            assertEquals(3, files.filter(file -> file.toString().endsWith(".seg")).count());
        }
        assertWhole(one.folder);
    }

    private Duration lag(Server server) {
        return server.archive.lag(clock.instant()).orElseThrow().time();
    }

    @Test
    void who_stops_gives_it_and_who_is_alone_takes_it_at_once() {
        Server one = server("one");
        Server other = server("other");
        assertTrue(one.run());
        one.archive.end();
        assertTrue(other.run());
        assertFalse(one.run());
        alone = true;
        assertTrue(one.run());
        alone = false;
        assertFalse(other.run());
        // What it lost meanwhile it cannot give.
        other.archive.end();
        assertFalse(other.run());
    }

    @Test
    void who_lost_it_while_paused_seals_nothing() throws IOException {
        SettableClock ahead = new SettableClock(NOON.plus(Lease.LENGTH).plusSeconds(1));
        Server paused = server("paused");
        Server next = new Server("next", "shared", ahead, false);
        write(store, 3);
        assertTrue(paused.run());
        write(store, 3);
        Optional<Lease> lease = paused.turn.lease();
        assertTrue(next.turn.take());
        // By its own clock the lease is good; only the store knows better.
        assertThrows(Lease.Over.class, () -> paused.feed.run(lease));
        assertFalse(paused.run());
        assertEquals(1, next.folder.newest().orElseThrow().number());
        assertTrue(next.run());
        assertEquals(2, next.folder.newest().orElseThrow().number());
        assertWhole(next.folder);
        assertFalse(Files.exists(next.folder.path().resolve(".sealing-1")));
    }

    @Test
    void what_another_left_under_the_same_number_is_no_part_of_the_chain() throws IOException {
        for (boolean isLongerChained : new boolean[] {true, false}) {
            ArchiveFolder mine = folder("mine-" + isLongerChained);
            ArchiveFolder others = folder("others-" + isLongerChained);
            ArchiveFeed feed = new ArchiveFeed(store, mine);
            write(store, 3);
            feed.run();
            Files.createDirectories(others.path());
            for (Segment segment : mine.segments()) {
                Files.copy(segment.file(), others.path().resolve(segment.name()));
            }
            ArchiveFeed stray = new ArchiveFeed(store, others);
            write(store, 3);
            (isLongerChained ? stray : feed).run();
            write(store, 3);
            (isLongerChained ? feed : stray).run();
            Segment left = others.newest().orElseThrow();
            Files.copy(left.file(), mine.path().resolve(left.name()));
            assertWhole(folder("mine-" + isLongerChained));
            write(store, 3);
            feed.run();
            assertEquals(left.number() + 1, mine.newest().orElseThrow().number());
            assertWhole(folder("mine-" + isLongerChained));
            assertFalse(
                    folder("mine-" + isLongerChained).segments().stream()
                            .anyMatch(segment -> segment.name().equals(left.name())));
            // Whoever begins there anew may go on from either.
            Files.delete(mine.newest().orElseThrow().file());
            new ArchiveFeed(store, folder("mine-" + isLongerChained)).run();
            assertWhole(folder("mine-" + isLongerChained));
        }
    }

    @Test
    void servers_with_folders_of_their_own_go_on_with_the_one_chain_off_site() throws IOException {
        Server one = apart("one");
        Server other = apart("other");
        write(store, 3);
        assertTrue(one.run());
        write(store, 3);
        assertTrue(one.run());
        write(store, 3);
        // Sealed, but not off-site any more.
        for (int segment = 3; segment < 7; segment++) {
            write(store, 1);
            assertTrue(one.archive.run(false));
        }
        one.archive.end();
        for (int turn = 0; turn < 3; turn++) {
            write(store, 2);
            assertTrue(other.run());
            write(store, 2);
            assertTrue(other.run());
            assertWhole(other.folder);
            other.archive.end();
            write(store, 2);
            assertTrue(one.run());
            assertWhole(one.folder);
            one.archive.end();
        }
        ArchiveFolder all = folder("all");
        new ArchiveOffsite(one.folder, vault).fetch(Seq.START, all, n -> {});
        assertWhole(all);
        assertEquals(one.folder.end(), all.end());
        assertEquals(1, all.segments().getFirst().number());
        long names = vault.items("feed/", "").size();
        assertEquals(all.segments().size(), names);
    }

    @Test
    void a_place_that_holds_another_store_is_left_alone_and_archiving_goes_on() throws IOException {
        try (Store foreign = new MemoryStore()) {
            write(foreign, 9);
            ArchiveFolder elsewhere = folder("elsewhere");
            new ArchiveFeed(foreign, elsewhere).run();
            new ArchiveOffsite(elsewhere, vault).run(n -> {});
        }
        List<String> before = names();
        Server one = apart("one");
        write(store, 3);
        StoreException refused = assertThrows(StoreException.class, one::run);
        assertEquals(StoreException.Kind.FOREIGN, refused.kind());
        assertEquals(before, names());
        assertWhole(one.folder);
        assertEquals(1, one.folder.segments().size());
    }

    private List<String> names() {
        return vault.items("feed/", "").stream().map(item -> item.name()).toList();
    }

    @Test
    void a_server_with_nothing_to_do_fills_no_folder() throws IOException {
        Server one = server("one");
        write(store, 3);
        assertTrue(one.run());
        Duration step = Lease.LENGTH.dividedBy(2).plusSeconds(1);
        for (int i = 1; i < ArchiveFeed.TURNS; i++) {
            clock.pass(step);
            assertTrue(one.run());
            assertEquals(Optional.of(0L), one.archive.lag(clock.instant()).map(l -> l.places()));
        }
        assertEquals(1, one.folder.segments().size());
        clock.pass(step);
        assertTrue(one.run());
        clock.pass(step);
        assertTrue(one.run());
        assertEquals(2, one.folder.segments().size());
        clock.pass(step);
        assertTrue(one.run());
        write(store, 1);
        assertTrue(one.run());
        assertEquals(3, one.folder.segments().size());
        assertWhole(one.folder);
    }

    @Test
    void who_seals_does_not_look_through_what_it_sealed() throws IOException {
        Server one = apart("one");
        write(store, 3);
        assertTrue(one.run());
        // Whoever looked would take it for the newest.
        Path planted = one.folder.path().resolve("feed-0000000099-%019d-%s.seg");
        Files.createFile(Path.of(planted.toString().formatted(99L, "0".repeat(16))));
        for (int i = 0; i < 3; i++) {
            write(store, 3);
            assertTrue(one.run());
            assertEquals(Optional.of(0L), one.archive.lag(clock.instant()).map(l -> l.places()));
            assertEquals(
                    Optional.of(0L), one.archive.offsiteLag(clock.instant()).map(l -> l.places()));
        }
        assertEquals(4, one.folder.end().number());
    }
}
