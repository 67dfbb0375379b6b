package dev.rocket.sqlite;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rocket.core.contract.Contract;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Task;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A store whose writer one command holds at a gate, so that it is known what waits. */
abstract class HeldWriter extends Contract {

    /** Commands that may wait. */
    static final int QUEUE = 16;

    @TempDir Path folder;

    /** The sizes of the groups, in order. */
    final List<Integer> groups = Collections.synchronizedList(new ArrayList<>());

    /** How many commands were said to have waited. */
    final AtomicInteger waits = new AtomicInteger();

    final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    final Gate gate = new Gate();

    @Override
    protected final Store open() {
        Meter meter =
                new Meter() {
                    @Override
                    public void group(int commands, Duration work, Duration commit) {
                        groups.add(commands);
                    }

                    @Override
                    public void queued(Duration wait) {
                        waits.incrementAndGet();
                    }
                };
        SqliteConfig config = SqliteConfig.at(folder.resolve("g.db")).withQueueCapacity(QUEUE);
        return SqliteStore.open(config, meter);
    }

    @AfterEach
    void letAllGo() {
        gate.open();
        callers.close();
    }

    final Future<Boolean> hold() throws InterruptedException {
        Future<Boolean> held =
                callers.submit(
                        () ->
                                write(
                                        tx -> {
                                            gate.pass();
                                            return true;
                                        }));
        gate.awaitEntered();
        return held;
    }

    final <T> Future<T> queue(Supplier<T> call) {
        int before = store().probe().reading().queued();
        Future<T> future = callers.submit(call::get);
        Gate.until("a command waits", () -> store().probe().reading().queued() > before);
        return future;
    }

    final Future<Change> queue(Task task) {
        return queue(() -> write(tx -> tx.apply(draft(task))));
    }

    static @Nullable Throwable failure(Future<?> future) {
        return assertThrows(ExecutionException.class, future::get).getCause();
    }
}
