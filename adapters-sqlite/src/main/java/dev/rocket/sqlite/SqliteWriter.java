package dev.rocket.sqlite;

import dev.rocket.core.port.Meter;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import dev.rocket.core.port.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The one writer: a thread, a connection, and the queue before them.
 *
 * <p>It takes every command that has arrived, runs all in one transaction, commits once, and only
 * then answers all of them. A command that is refused has nearly always written nothing yet, so
 * they first run without savepoints; when one fails that has written, the group is rolled back and
 * run again, each command in a savepoint, which takes back that one alone. When the engine fails,
 * the whole group is rolled back and every command in it is told; none was acknowledged. No delay
 * is added: a group is what arrived while the last commit was on its way.
 */
final class SqliteWriter implements AutoCloseable {

    /** The log is merged into the database after so many rows, each about a page of the log. */
    private static final int ROWS_BETWEEN_MERGES = 16_384;

    /** After this long without a command, in milliseconds, the log is merged and emptied. */
    private static final long IDLE_MILLIS = 1_000;

    private static final String FAULT = "The writer failed; its log tells more.";

    private final SqliteConnections connections;
    private final Meter meter;
    private final LongConsumer published;
    private final int groupMax;
    private final BlockingQueue<Job<Transaction, ?>> queue;
    private final Statements statements;
    private final SqliteTransaction transaction;
    private final Thread thread;
    private volatile boolean closed;
    private final LogMerger merger;
    private int rows;
    private boolean dirty;

    /** Starts writing; {@code published} hears the last place after each commit. */
    SqliteWriter(
            SqliteConfig config,
            SqliteConnections connections,
            Meter meter,
            LongConsumer published) {
        this.connections = connections;
        this.meter = meter;
        this.published = published;
        this.groupMax = config.groupMax();
        this.queue = new ArrayBlockingQueue<>(config.queueCapacity());
        this.statements = new Statements(connections.writer());
        this.merger = new LogMerger(connections);
        try {
            this.transaction = new SqliteTransaction(statements);
        } catch (Statements.Failed e) {
            statements.close();
            throw e;
        }
        published.accept(transaction.seq().value());
        this.thread = Thread.ofPlatform().name("rocket-sqlite-writer").start(this::run);
    }

    /** Queues work and waits until it is durable. */
    <T> @Nullable T write(Function<? super Transaction, ? extends T> work) {
        Job<Transaction, T> job = new Job<>(work);
        if (closed) {
            throw closed();
        }
        if (!queue.offer(job)) {
            throw new StoreException(
                    Kind.OVERLOADED,
                    "The writer's queue is full with " + queue.size() + " commands; try again.");
        }
        if (closed && queue.remove(job)) {
            throw closed();
        }
        return job.await();
    }

    /** Whether that thread is the one that writes. */
    boolean isOwn(Thread some) {
        return some == thread;
    }

    /** Commands that wait. */
    int queued() {
        return queue.size();
    }

    private static StoreException closed() {
        return new StoreException(Kind.CLOSED, "The store is closed.");
    }

    private void run() {
        List<Job<Transaction, ?>> group = new ArrayList<>(groupMax);
        while (true) {
            try {
                long patience = closed ? 0 : IDLE_MILLIS;
                Job<Transaction, ?> first = queue.poll(patience, TimeUnit.MILLISECONDS);
                if (first != null) {
                    group.add(first);
                    queue.drainTo(group, groupMax - 1);
                    commit(group);
                    group.clear();
                    look();
                } else if (closed) {
                    return;
                } else if (dirty) {
                    dirty = !checkpoint("TRUNCATE");
                }
            } catch (InterruptedException e) {
                // Only close() interrupts, to end the wait for a command that will not come.
                Thread.onSpinWait();
            }
        }
    }

    private void commit(List<Job<Transaction, ?>> group) {
        long start = System.nanoTime();
        long before = transaction.seq().value();
        try {
            connections.checkInPlace();
            statements.begin("BEGIN IMMEDIATE");
            for (Job<Transaction, ?> job : group) {
                meter.queued(Duration.ofNanos(start - job.queuedAt()));
            }
            if (!together(group)) {
                statements.rollback();
                transaction.rewind(before);
                statements.begin("BEGIN IMMEDIATE");
                group.forEach(this::apart);
            }
            transaction.settle();
            long worked = System.nanoTime();
            makeDurable();
            dirty = true;
            Duration commit = Duration.ofNanos(System.nanoTime() - worked);
            meter.group(group.size(), Duration.ofNanos(worked - start), commit);
            published.accept(transaction.seq().value());
        } catch (Statements.Failed e) {
            abandon(group, before, SqliteFailures.of("executing a group", e.why()));
        } catch (StoreException e) {
            abandon(group, before, e);
        } catch (RuntimeException | Error e) {
            // Without this thread every caller would wait for ever.
            abandon(group, before, new StoreException(Kind.UNKNOWN_OUTCOME, FAULT, e));
            transaction.rewind(new SqliteSnapshot(statements).seq().value());
            published.accept(transaction.seq().value());
        }
        group.forEach(Job::answer);
    }

    private void makeDurable() {
        try {
            statements.commit();
        } catch (Statements.Failed e) {
            throw SqliteFailures.ofCommit(e.why());
        }
    }

    /**
     * Runs all, without savepoints, which would cost more than the commands.
     *
     * @return false when one failed that had written; then what it wrote must go, and with it all
     */
    private boolean together(List<Job<Transaction, ?>> group) {
        for (Job<Transaction, ?> job : group) {
            transaction.begin();
            run(job);
            if (job.hasFailed() && transaction.hasWritten()) {
                return false;
            }
        }
        return true;
    }

    /** Runs one in a savepoint of its own. */
    private void apart(Job<Transaction, ?> job) {
        transaction.begin();
        try {
            transaction.attempt(
                    () -> {
                        run(job);
                        if (job.hasFailed()) {
                            throw new Undone();
                        }
                        return true;
                    });
        } catch (Undone e) {
            // The job knows why; its savepoint was taken back.
            transaction.begin();
        }
    }

    private void run(Job<Transaction, ?> job) {
        try {
            job.run(transaction);
        } catch (Statements.Failed e) {
            if (SqliteFailures.endsTransaction(e.why())) {
                throw e;
            }
            job.fail(SqliteFailures.of("executing a command", e.why()));
        } catch (RuntimeException | Error e) {
            job.fail(e);
        }
    }

    /** Takes a savepoint back. */
    private static final class Undone extends RuntimeException {

        private static final long serialVersionUID = 1;

        Undone() {
            super(null, null, false, false);
        }
    }

    private void abandon(List<Job<Transaction, ?>> group, long before, StoreException why) {
        try {
            statements.rollback();
        } catch (Statements.Failed e) {
            // The engine had rolled back by itself, which is what was wanted.
            why.addSuppressed(e.why());
        }
        transaction.rewind(before);
        // A refusal may rest on what others of the group wrote, and that is gone.
        group.stream().filter(job -> !job.hasBroken()).forEach(job -> job.fail(why));
    }

    /** Has the log merged when it is long, and takes care of the rest when that was done. */
    private void look() {
        if (merger.hasEnded()) {
            checkpoint("PASSIVE");
        }
        rows += transaction.takeRows();
        if (rows >= ROWS_BETWEEN_MERGES) {
            rows = 0;
            merger.begin();
        }
    }

    /** Merges the log, but waits for no reader; whether all of it was merged. */
    private boolean checkpoint(String how) {
        try {
            statements.execute("PRAGMA busy_timeout = 0");
            try {
                return statements.number("PRAGMA wal_checkpoint(" + how + ")") == 0;
            } finally {
                statements.execute("PRAGMA busy_timeout = " + SqliteConnections.BUSY_MILLIS);
            }
        } catch (Statements.Failed e) {
            LogMerger.warn(SqliteFailures.of("merging the log", e.why()));
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        Ended.await(thread);
        merger.awaitEnd();
        checkpoint("TRUNCATE");
        statements.close();
    }
}
