package dev.rocket.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.Contract;
import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskEdit;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Probe;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.BusyHandler;

/**
 * A read that lasts while writes go on.
 *
 * <p>Goal: neither waits for the other, the read sees its own instant, and the log is merged once
 * nobody reads it. Method: one read stands at a gate; the engine says when its writer's connection
 * would have to wait for somebody.
 */
final class LongReaderTest extends Contract {

    private static final int WRITES = 20;

    @TempDir Path folder;
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final Gate gate = new Gate();

    @Override
    protected Store open() {
        return SqliteStore.open(SqliteConfig.at(folder.resolve("long.db")), Meter.NONE);
    }

    @AfterEach
    void letAllGo() {
        gate.open();
        callers.close();
    }

    /** Counts the tasks before and after the gate, in one read. */
    private Future<List<Integer>> hold() throws InterruptedException {
        Future<List<Integer>> held =
                callers.submit(
                        () ->
                                read(
                                        snapshot -> {
                                            int before = count(snapshot);
                                            gate.pass();
                                            return List.of(before, count(snapshot));
                                        }));
        gate.awaitEntered();
        return held;
    }

    private static int count(Snapshot snapshot) {
        return snapshot.page(new Listing.All<>(Task.class, Image.Kind.TASK, Cursor.START, 100))
                .items()
                .size();
    }

    private Probe.Reading reading() {
        return store().probe().reading();
    }

    @Test
    void writes_go_on_and_the_read_keeps_its_instant() throws Exception {
        put(task("before"));
        Future<List<Integer>> held = hold();
        for (int i = 0; i < WRITES; i++) {
            put(task("task " + i));
        }
        int now = read(LongReaderTest::count);
        assertEquals(1 + WRITES, now);
        gate.open();
        assertEquals(List.of(1, 1), held.get());
    }

    @Test
    void merging_the_log_waits_for_no_read_and_ends_once_it_is_over() throws Exception {
        Task large = task("large");
        TaskEdit notes = TaskEdit.of(new TaskEdit.Notes("long ".repeat(10_000)));
        long small = reading().dataBytes();
        AtomicInteger waits = countWaits();
        put(large.with(notes, large.revision(), large.stamp()));
        Future<List<Integer>> held = hold();
        put(task("after"));
        Gate.until("what the read allows is merged", () -> reading().dataBytes() > small);
        put(task("later"));
        assertTrue(reading().walBytes() > 0, "the read needs the rest of the log");
        assertEquals(0, waits.get(), "the writer waited for a read");
        gate.open();
        assertEquals(List.of(1, 1), held.get());
        Gate.until("the log is merged and emptied", () -> reading().walBytes() == 0);
        int all = read(LongReaderTest::count);
        assertEquals(3, all);
    }

    /** Counts how often the engine would make the writer wait for another connection. */
    private AtomicInteger countWaits() {
        AtomicInteger waits = new AtomicInteger();
        BusyHandler handler =
                new BusyHandler() {
                    @Override
                    protected int callback(int before) {
                        waits.incrementAndGet();
                        return 0;
                    }
                };
        return write(
                tx -> {
                    try {
                        BusyHandler.setHandler(connection((SqliteTransaction) tx), handler);
                    } catch (SQLException e) {
                        throw new AssertionError(e);
                    }
                    return waits;
                });
    }

    private static Connection connection(SqliteTransaction tx) {
        return tx.statements()
                .first(row -> row.getStatement().getConnection(), "SELECT 1")
                .orElseThrow();
    }
}
