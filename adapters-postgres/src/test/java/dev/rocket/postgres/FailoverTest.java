package dev.rocket.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Change;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stores go through when a replica takes over. */
final class FailoverTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private Cluster primary;
    private Cluster standby;
    private Relay relay;

    @BeforeEach
    void a_primary_and_a_standby_behind_one_address() throws Exception {
        primary = kept(Cluster.in(Files.createDirectory(folder.resolve("primary"))));
        standby = kept(primary.standby(Files.createDirectory(folder.resolve("standby"))));
        relay = kept(new Relay(primary.port()));
    }

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    private <T extends AutoCloseable> T kept(T some) {
        opened.add(some);
        return some;
    }

    private Store store() {
        PostgresConfig config = Cluster.at(relay.port()).withPatience(Duration.ofSeconds(1));
        return kept(PostgresStore.open(config, Meter.NONE));
    }

    private void takeOver() throws Exception {
        primary.stop(Cluster.Stop.IMMEDIATE);
        standby.run("SELECT pg_promote()");
        relay.lead(standby.port());
    }

    private static Change write(Store store, String title) {
        return store.write(tx -> tx.apply(Straggler.birth(title)));
    }

    private void caughtUp() throws Exception {
        primary.until(
                "EXISTS (SELECT 1 FROM pg_stat_replication WHERE replay_lsn"
                        + " = pg_current_wal_lsn())");
    }

    /**
     * Goal: with a standby that confirms each commit, a failover loses nothing that was answered.
     * Method: writers with a ledger while the primary crashes and the standby takes over.
     */
    @Test
    void a_replica_that_confirms_takes_over_under_load_and_nothing_is_lost() throws Exception {
        Store one = store();
        Store two = store();
        caughtUp();
        primary.run("ALTER SYSTEM SET synchronous_standby_names = '*'");
        primary.run("SELECT pg_reload_conf()");
        primary.until("EXISTS (SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync')");
        Follower follower = new Follower(one);
        Load load = kept(new Load(List.of(one, two), 3));
        load.await(50);
        follower.look();
        takeOver();
        load.await(50);
        load.check(follower);
        assertEquals(Optional.empty(), one.probe().trouble(PATIENCE));
    }

    /**
     * Goal: no change ever appears behind a place that a reader was given, though the replica knows
     * nothing of that place. Method: the replica is cut off, more is written and followed than it
     * knows places of, and it takes over.
     */
    @Test
    void a_replica_that_lost_commits_gives_no_place_again() throws Exception {
        Store one = store();
        Store two = store();
        Change first = write(one, "kept");
        caughtUp();
        standby.run("ALTER SYSTEM SET primary_conninfo = ''");
        standby.run("SELECT pg_reload_conf()");
        standby.until("NOT EXISTS (SELECT 1 FROM pg_stat_wal_receiver)");
        List<Change> seen = new ArrayList<>(List.of(first));
        for (int i = 0; i < 100; i++) {
            seen.add(write(one, "lost " + i));
        }
        Follower follower = new Follower(one);
        assertEquals(seen, follower.until(seen.size()));
        takeOver();
        Change after = write(two, "after");
        seen.add(after);
        assertEquals(seen, follower.until(seen.size()));
        assertEquals(List.of(first, after), new Follower(store()).until(2));
        assertEquals(after.seq().value() + 1, write(one, "as ever").seq().value());
    }

    @Test
    void a_standby_takes_no_writes_and_says_so_until_it_leads() throws Exception {
        Store store = store();
        write(store, "first");
        caughtUp();
        StoreException told =
                assertThrows(
                        StoreException.class,
                        () -> PostgresStore.open(standby.config(), Meter.NONE).close());
        assertEquals(Kind.READ_ONLY, told.kind());
        assertTrue(String.valueOf(told.getMessage()).contains("is a standby"), told.getMessage());
        relay.lead(standby.port());
        told = assertThrows(StoreException.class, () -> write(store, "too early"));
        assertTrue(String.valueOf(told.getMessage()).contains("name the primary"), told.toString());
        assertEquals(Kind.READ_ONLY, told.kind());
        String why = store.probe().trouble(PATIENCE).orElse("all is well");
        assertTrue(why.contains("name the primary"), why);
        assertEquals(1, changesOnceReadable(store));
        takeOver();
        write(store, "second");
        assertEquals(Optional.empty(), store.probe().trouble(PATIENCE));
    }

    /** A pool whose connections were cut may need longer than one patience for new ones. */
    private static int changesOnceReadable(Store store) {
        for (int i = 0; i < 30; i++) {
            try {
                return store.read(s -> s.changes(dev.rocket.core.model.Seq.START, 10)).size();
            } catch (StoreException e) {
                assertEquals(Kind.UNAVAILABLE, e.kind());
            }
        }
        throw new AssertionError("nothing could be read from the standby");
    }
}
