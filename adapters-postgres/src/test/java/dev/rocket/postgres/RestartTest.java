package dev.rocket.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stores go through when their database stops under them and comes back. */
final class RestartTest {

    @TempDir Path folder;

    private static PostgresConfig hasty(Cluster cluster) {
        return cluster.config().withPatience(Duration.ofMillis(500));
    }

    /**
     * Goal: nothing that was answered is lost, nothing is done twice, and stores heal. Method:
     * writers with a ledger on two stores and a follower on one, while the database is stopped both
     * ways and started again; the ledger is held against the feed.
     */
    @Test
    void a_restart_under_load_loses_nothing_and_doubles_nothing() throws Exception {
        try (Cluster cluster = Cluster.in(folder);
                Store one = PostgresStore.open(cluster.config(), Meter.NONE);
                Store two = PostgresStore.open(hasty(cluster), Meter.NONE);
                Load load = new Load(List.of(one, two), 4)) {
            Follower follower = new Follower(one);
            for (Cluster.Stop how : Cluster.Stop.values()) {
                load.await(50);
                follower.look();
                cluster.stop(how);
                for (Store store : List.of(one, two)) {
                    String why = store.probe().trouble(Duration.ofSeconds(2)).orElse("all is well");
                    assertTrue(why.contains("the database cannot be reached"), why);
                }
                cluster.start();
                load.await(50);
            }
            Set<String> told = load.check(follower);
            for (Store store : List.of(one, two)) {
                Duration patience = Duration.ofSeconds(30);
                assertEquals(Optional.empty(), store.probe().trouble(patience));
            }
            for (String each : told) {
                assertTrue(
                        each.startsWith("UNAVAILABLE: ") || each.startsWith("UNKNOWN_OUTCOME: "),
                        each);
            }
        }
    }
}
