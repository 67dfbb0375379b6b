package dev.rocket.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Refusal;
import dev.rocket.core.model.Refused;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A birth that waits for another one of the same id, which is deleted before it is seen.
 *
 * <p>Its row stands in nobody's way then, and only a later look finds the trace of the deletion.
 */
final class LateBirthTest {

    private static final int PATIENCE_SECONDS = 60;

    private final PostgresConfig config = Server.fresh();
    private final Store store = PostgresStore.open(config, Meter.NONE);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
        store.close();
    }

    private Change birth(Change draft, boolean looks) {
        return store.write(
                tx -> {
                    if (looks) {
                        assertEquals(Optional.empty(), tx.find(draft.image().id()));
                    }
                    return tx.apply(draft);
                });
    }

    private Future<Change> waits(Straggler straggler, Change draft, boolean looks)
            throws Exception {
        Future<Change> late = threads.submit(() -> birth(draft, looks));
        while (straggler.waiting() == 0) {
            store.await(store.head(), Duration.ofMillis(5));
        }
        return late;
    }

    private static Change end(Change birth) {
        Image image = birth.image();
        Image gone = new Image.Gone(image.id(), image.revision().next());
        return Change.draft(birth.actor(), "task.delete", birth.at(), gone);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void is_refused_as_one_that_begins_after_the_deletion(boolean looks) throws Exception {
        Change draft = Straggler.birth("twice");
        try (Straggler straggler = new Straggler(config)) {
            straggler.apply(draft);
            straggler.apply(end(draft));
            Future<Change> late = waits(straggler, draft, looks);
            straggler.commit();
            ExecutionException refused =
                    assertThrows(
                            ExecutionException.class,
                            () -> late.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            Refused why = assertInstanceOf(Refused.class, refused.getCause());
            assertInstanceOf(Refusal.NotFound.class, why.refusal());
        }
        assertEquals(Optional.empty(), store.read(s -> s.find(draft.image().id())));
    }

    @Test
    void goes_on_when_the_other_one_is_given_up() throws Exception {
        Change draft = Straggler.birth("once");
        try (Straggler straggler = new Straggler(config)) {
            straggler.apply(draft);
            Future<Change> late = waits(straggler, draft, true);
            straggler.rollback();
            assertEquals(draft.image(), late.get(PATIENCE_SECONDS, TimeUnit.SECONDS).image());
        }
    }
}
