package dev.rocket.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.port.Custody;
import dev.rocket.core.port.Loader;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of two stores is in charge, and that the other is not opened. */
final class CustodyTest {

    private static final Instant NOW = Instant.parse("2026-03-29T07:30:00Z");

    @TempDir Path folder;

    private SqliteConfig config() {
        return SqliteConfig.at(folder.resolve("store.db"));
    }

    @Test
    void a_store_that_was_moved_or_never_arrived_is_not_opened() {
        for (Custody.State state :
                new Custody.State[] {Custody.State.MOVED, Custody.State.ARRIVING}) {
            try (Store store = SqliteStore.aside(config(), Meter.NONE)) {
                mark(store, state);
            }
            StoreException refused =
                    assertThrows(
                            StoreException.class, () -> SqliteStore.open(config(), Meter.NONE));
            assertEquals(StoreException.Kind.FOREIGN, refused.kind());
            assertTrue(
                    String.valueOf(refused.getMessage()).contains("elsewhere"), refused::toString);
        }
    }

    @Test
    void only_a_copy_that_never_arrived_from_that_store_is_thrown_away() {
        try (Loader loader = SqliteLoader.open(config())) {
            loader.custody(new Custody(Custody.State.ARRIVING, "elsewhere", NOW));
            loader.finish(made -> {});
        }
        assertFalse(SqliteLoader.discard(config(), "somewhere"));
        assertTrue(SqliteLoader.discard(config(), "elsewhere"));
        try (Loader loader = SqliteLoader.open(config())) {
            loader.finish(made -> {});
        }
        try (Store store = SqliteStore.open(config(), Meter.NONE)) {
            assertEquals(Optional.empty(), store.read(s -> s.custody()));
            mark(store, Custody.State.HERE);
        }
        assertFalse(SqliteLoader.discard(config(), "elsewhere"));
    }

    private static void mark(Store store, Custody.State state) {
        store.write(
                tx -> {
                    tx.custody(new Custody(state, "elsewhere", NOW));
                    return true;
                });
    }
}
