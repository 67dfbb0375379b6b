package dev.rocket.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.contract.SettableClock;
import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.ImageText;
import dev.rocket.core.model.Job;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Several servers of one store, each with its own memory of nothing. */
class SightSecretsTest {

    private static final Instant BEGAN = Instant.parse("2031-01-01T00:00:00Z");

    private final Store store = new MemoryStore();
    private final SettableClock clock = new SettableClock(BEGAN);

    /** What a server that has just started says of one value. */
    private Instant since(String name, String value) {
        SightSecrets server =
                new SightSecrets(store, clock, new Random(clock.instant().toEpochMilli()));
        return server.since(Map.of(name, value)).getOrDefault(name, Instant.MIN);
    }

    private List<Change> feed() {
        return store.read(snapshot -> snapshot.changes(Seq.START, 100));
    }

    @Test
    void every_server_of_a_store_knows_a_value_since_its_first_sighting_on_any() {
        assertEquals(BEGAN, since("KEY", "correct horse battery"));
        clock.pass(Duration.ofDays(91));
        assertEquals(BEGAN, since("KEY", "correct horse battery"));
        assertEquals(2, feed().size(), "a salt and a sighting");
    }

    @Test
    void another_value_is_new_and_servers_that_differ_do_not_disturb_each_other() {
        since("KEY", "one");
        clock.pass(Duration.ofDays(1));
        Instant second = clock.instant();
        assertEquals(second, since("KEY", "other"));
        assertEquals(second, since("SECOND_KEY", "one"));
        clock.pass(Duration.ofDays(1));
        assertEquals(BEGAN, since("KEY", "one"));
        assertEquals(second, since("KEY", "other"));
    }

    @Test
    void nothing_of_a_value_is_in_the_store_and_nothing_is_noted_of_none() {
        new SightSecrets(store, clock, new Random(1)).since(Map.of());
        assertEquals(List.of(), feed());
        since("KEY", "correct horse battery");
        for (Change change : feed()) {
            String text = ImageText.print(change.image());
            assertFalse(text.contains("horse") || text.contains("KEY"), text);
        }
    }

    @Test
    void stores_do_not_share_hashes_and_an_anonymised_copy_has_no_salt() {
        since("KEY", "one");
        Job salt = store.<Job>read(s -> s.find(Job.Id.of(SightSecrets.SALT)).orElseThrow());
        Job untold = salt.untold();
        assertEquals("", untold.last().orElseThrow().detail());
        store.write(
                tx ->
                        tx.apply(
                                Change.draft(
                                        Actor.system("test"),
                                        "test",
                                        BEGAN,
                                        salt.ran(untold.last().orElseThrow(), Optional.empty()))));
        clock.pass(Duration.ofDays(1));
        assertEquals(clock.instant(), since("KEY", "one"), "without its salt it is another value");
        Instant then = clock.instant();
        clock.pass(Duration.ofDays(1));
        assertEquals(then, since("KEY", "one"));
    }

    /** Goal: servers that see a value first at once agree. Method: many of them, at once. */
    @Test
    void servers_that_start_at_once_note_it_once() throws Exception {
        List<Future<Instant>> all = new ArrayList<>();
        try (ExecutorService servers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                Random own = new Random(i);
                all.add(
                        servers.submit(
                                () ->
                                        new SightSecrets(store, clock, own)
                                                .since(Map.of("KEY", "one"))
                                                .getOrDefault("KEY", Instant.MIN)));
            }
        }
        for (Future<Instant> one : all) {
            assertEquals(BEGAN, one.get());
        }
        assertEquals(2, feed().size());
    }
}
