package dev.rocket.bootstrap.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.process.PostgresServer;
import dev.rocket.bootstrap.wiring.Config;
import dev.rocket.bootstrap.wiring.ConfigReader;
import dev.rocket.bootstrap.wiring.Setting;
import dev.rocket.bootstrap.wiring.StoreKit;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Seq;
import dev.rocket.core.operation.CompareStores;
import dev.rocket.core.operation.VerifyStore;
import dev.rocket.core.port.Store;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SQLite and Postgres answer alike.
 *
 * <p>Goal: nobody can tell by answers, refusals, feed or digest which engine keeps the tasks.
 * Method: the same long random sequence of commands and questions on both; places are compared by
 * their order, since an engine may skip numbers. Then the feed of each goes into an empty store of
 * the other engine, change by change at its own place, and the copy must be equal to the number.
 *
 * <p>A longer run: {@code -Drocket.commands=100000}, as many as there is time for. The seed is
 * printed and stands in every failure; {@code -Drocket.seed=} runs it again.
 */
class DifferentialTest {

    private static final int COMMANDS = Integer.getInteger("rocket.commands", 1_500);

    @TempDir private Path folder = Path.of("");

    private static Store open(Setting setting, String place) {
        Map<Setting, String> overrides = Map.of(setting, place);
        return StoreKit.store(Config.of(new ConfigReader(Map.of(), Path.of("")).find(overrides)));
    }

    @Test
    void the_same_commands_have_the_same_answers_on_both_engines() {
        long seed = Long.getLong("rocket.seed", System.nanoTime());
        System.out.println("the_same_commands_have_the_same_answers: -Drocket.seed=" + seed);
        try (Store sqlite = open(Setting.DB_PATH, folder.resolve("tasks.db").toString());
                Store postgres = open(Setting.DATABASE_URL, PostgresServer.fresh())) {
            RandomCommands left = new RandomCommands(sqlite, seed);
            RandomCommands right = new RandomCommands(postgres, seed);
            for (int i = 0; i < COMMANDS; i++) {
                int number = i;
                assertEquals(left.next(), right.next(), () -> "seed " + seed + ", " + number);
            }
            assertTrue(left.refusals() > COMMANDS / 20, "too few refusals to compare");
            assertEquals(feed(sqlite), feed(postgres), "seed " + seed);
            VerifyStore.Report one = new VerifyStore(sqlite).run(looked -> {});
            VerifyStore.Report other = new VerifyStore(postgres).run(looked -> {});
            assertEquals(List.of(), one.problems());
            assertEquals(List.of(), other.problems());
            assertEquals(one.digest(), other.digest());
            assertEquals(one.changes(), other.changes());
            assertEqual(sqlite, postgres, CompareStores.Places.COUNTED, seed);
            try (Store copy = open(Setting.DATABASE_URL, PostgresServer.fresh())) {
                RandomStore.copy(sqlite, copy);
                assertEqual(sqlite, copy, CompareStores.Places.KEPT, seed);
            }
            try (Store copy = open(Setting.DB_PATH, folder.resolve("copy.db").toString())) {
                RandomStore.copy(postgres, copy);
                assertEqual(postgres, copy, CompareStores.Places.KEPT, seed);
            }
        }
    }

    private static void assertEqual(
            Store one, Store other, CompareStores.Places places, long seed) {
        // A copy change by change takes no answers with it.
        boolean whole = places == CompareStores.Places.COUNTED;
        Instant kept = whole ? Instant.EPOCH : Instant.MAX;
        CompareStores.Report report = new CompareStores(one, other).run(places, kept, looked -> {});
        assertTrue(report.equal(), () -> "seed " + seed + ": " + report);
        assertTrue(report.places() > COMMANDS / 10, "too few changes to compare");
    }

    /** The feed, each change with the number of the one before it instead of places. */
    private static List<String> feed(Store store) {
        Places places = new Places();
        List<String> feed = new ArrayList<>();
        Seq[] at = {Seq.START};
        boolean more = true;
        while (more) {
            var page = store.read(s -> s.changes(at[0], Limits.CHANGES_PAGE));
            for (var change : page) {
                feed.add(places.told(change));
                at[0] = change.seq();
            }
            more = !page.isEmpty();
        }
        return feed;
    }
}
