package dev.rocket.sqlite;

import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The readers: a few platform threads, each with a connection, before one bounded queue.
 *
 * <p>A call into SQLite holds the thread it runs on, so it must not be one that carries virtual
 * threads. Each piece of work is in one read transaction, which others share that were queued
 * before it began: they see all that was durable when they were asked for.
 */
final class SqliteReaders implements AutoCloseable {

    private static final int QUEUE = 8_192;
    private static final long LOOK_MILLIS = 500;
    private static final System.Logger LOG = System.getLogger("dev.rocket.sqlite");

    private final BlockingQueue<Job<Snapshot, ?>> queue = new ArrayBlockingQueue<>(QUEUE);
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    SqliteReaders(SqliteConfig config, Supplier<Connection> connections) {
        List<Statements> opened = new ArrayList<>();
        try {
            for (int i = 0; i < config.readers(); i++) {
                opened.add(new Statements(connections.get()));
            }
        } catch (RuntimeException e) {
            opened.forEach(Statements::close);
            throw e;
        }
        for (Statements statements : opened) {
            String name = "rocket-sqlite-reader-" + threads.size();
            threads.add(Thread.ofPlatform().name(name).start(() -> run(statements)));
        }
    }

    /** Queues work and waits for its result. */
    <T> @Nullable T read(Function<? super Snapshot, ? extends T> work) {
        Job<Snapshot, T> job = new Job<>(work);
        if (closed) {
            throw closed();
        }
        if (!queue.offer(job)) {
            throw new StoreException(
                    Kind.OVERLOADED, "More than " + QUEUE + " reads wait; try again.");
        }
        if (closed && queue.remove(job)) {
            throw closed();
        }
        return job.await();
    }

    /** Whether that thread is one of those that read. */
    boolean isOwn(Thread some) {
        return threads.contains(some);
    }

    private static StoreException closed() {
        return new StoreException(Kind.CLOSED, "The store is closed.");
    }

    private void run(Statements statements) {
        Snapshot snapshot = new SqliteSnapshot(statements);
        while (!closed || !queue.isEmpty()) {
            try {
                long patience = closed ? 0 : LOOK_MILLIS;
                Job<Snapshot, ?> job = queue.poll(patience, TimeUnit.MILLISECONDS);
                while (job != null) {
                    job = execute(statements, snapshot, job);
                }
            } catch (InterruptedException e) {
                // Only close() interrupts, to end the wait for work that will not come.
                Thread.onSpinWait();
            }
        }
        statements.close();
    }

    /** Runs one and those that may share its transaction; gives the first that may not. */
    private @Nullable Job<Snapshot, ?> execute(
            Statements statements, Snapshot snapshot, Job<Snapshot, ?> first) {
        long began = System.nanoTime();
        try {
            statements.begin("BEGIN");
        } catch (Statements.Failed e) {
            first.fail(SqliteFailures.of("reading", e.why()));
            first.answer();
            return null;
        }
        Job<Snapshot, ?> job = first;
        while (job != null && (job == first || job.queuedAt() - began < 0)) {
            run(snapshot, job);
            boolean broken = job.hasBroken();
            job.answer();
            job = broken ? null : queue.poll();
        }
        try {
            statements.rollback();
        } catch (Statements.Failed e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    SqliteFailures.of("ending a read", e.why()).toString());
        }
        return job;
    }

    private static void run(Snapshot snapshot, Job<Snapshot, ?> job) {
        try {
            job.run(snapshot);
        } catch (Statements.Failed e) {
            job.fail(SqliteFailures.of("reading", e.why()));
        } catch (RuntimeException | Error e) {
            job.fail(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            thread.interrupt();
            Ended.await(thread);
        }
    }
}
