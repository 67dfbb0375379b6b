package dev.rocket.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskEdit;
import dev.rocket.core.operation.VerifyStore;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.usecase.Caller;
import dev.rocket.core.usecase.UseCases;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A fault in the writer's own thread costs one group and nothing else.
 *
 * <p>Goal: nobody waits for ever, and places are given once, although the fault came behind the
 * commit. Method: a meter that fails at the second group, which is told of when it is committed.
 */
final class WriterFaultTest {

    @Test
    void a_fault_behind_a_commit_is_told_and_the_writer_goes_on(@TempDir Path folder) {
        AtomicInteger groups = new AtomicInteger();
        Meter faulty =
                new Meter() {
                    @Override
                    public void group(int commands, Duration work, Duration commit) {
                        if (groups.incrementAndGet() == 2) {
                            throw new IllegalStateException("planted");
                        }
                    }
                };
        SqliteConfig config = SqliteConfig.at(folder.resolve("rocket.db"));
        try (Store store = SqliteStore.open(config, faulty)) {
            UseCases rocket =
                    UseCases.over(store, InstantSource.system(), new Random(1), Meter.NONE);
            assertEquals("one", create(rocket, "one").title());
            StoreException told = assertThrows(StoreException.class, () -> create(rocket, "two"));
            assertEquals(StoreException.Kind.UNKNOWN_OUTCOME, told.kind());
            assertEquals(2, store.head().value());
            assertEquals("three", create(rocket, "three").title());
            assertEquals(3, store.head().value());
            assertTrue(new VerifyStore(store).run(looked -> {}).agrees());
        }
    }

    private static Task create(UseCases rocket, String title) {
        TaskEdit fields = TaskEdit.of(new TaskEdit.Title(title));
        return (Task) rocket.tasks().create(Caller.system("test"), fields).image();
    }
}
