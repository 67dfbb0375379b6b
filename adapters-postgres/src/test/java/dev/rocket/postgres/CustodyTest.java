package dev.rocket.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Custody;
import dev.rocket.core.port.Loader;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which of two stores is in charge, and who is kept out of the other. */
final class CustodyTest {

    private static final Instant NOW = Instant.parse("2026-03-29T07:30:00Z");

    private final PostgresConfig config = Server.fresh();

    @Test
    void another_server_on_a_store_that_was_moved_is_refused_every_write() {
        try (Store mover = PostgresStore.open(config, Meter.NONE);
                Store other = PostgresStore.open(config, Meter.NONE)) {
            put(other);
            mark(mover, Custody.State.MOVED);
            StoreException refused = assertThrows(StoreException.class, () -> put(other));
            assertEquals(StoreException.Kind.FOREIGN, refused.kind());
            assertTrue(
                    String.valueOf(refused.getMessage()).contains("moved to another place"),
                    refused::toString);
            assertEquals(1, other.read(s -> s.changes(Seq.START, 10)).size());
            mark(mover, Custody.State.HERE);
            put(other);
        }
    }

    @Test
    void a_store_that_was_moved_or_never_arrived_is_not_opened() {
        for (Custody.State state :
                new Custody.State[] {Custody.State.MOVED, Custody.State.ARRIVING}) {
            try (Store store =
                    PostgresStore.aside(config, Meter.NONE, () -> List.of(config.server()))) {
                mark(store, state);
            }
            StoreException refused =
                    assertThrows(
                            StoreException.class, () -> PostgresStore.open(config, Meter.NONE));
            assertTrue(
                    String.valueOf(refused.getMessage()).contains("elsewhere"), refused::toString);
        }
    }

    @Test
    void only_a_copy_that_never_arrived_from_that_store_is_thrown_away() {
        try (Loader loader = PostgresLoader.open(config)) {
            loader.custody(new Custody(Custody.State.ARRIVING, "elsewhere", NOW));
            loader.finish(made -> {});
        }
        assertFalse(PostgresLoader.discard(config, "somewhere"));
        assertTrue(PostgresLoader.discard(config, "elsewhere"));
        try (Store store = PostgresStore.open(config, Meter.NONE)) {
            assertEquals(Optional.empty(), store.read(s -> s.custody()));
            mark(store, Custody.State.HERE);
        }
        assertFalse(PostgresLoader.discard(config, "elsewhere"));
    }

    private static Change put(Store store) {
        Label label = Label.named(new Label.Id(UUID.randomUUID()), "a " + UUID.randomUUID(), NOW);
        return store.write(tx -> tx.apply(Change.draft(Actor.system("test"), "put", NOW, label)));
    }

    private static void mark(Store store, Custody.State state) {
        store.write(
                tx -> {
                    tx.custody(new Custody(state, "elsewhere", NOW));
                    return true;
                });
    }
}
