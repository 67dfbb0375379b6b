package dev.rocket.postgres;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Image;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import dev.rocket.core.port.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Writes, each in a transaction of its own, many at a time.
 *
 * <p>Work that another transaction came between is run again, a bounded number of times. Who wrote
 * is answered when the feed is shown as far as that, which takes as long as the oldest transaction
 * that had a place before; but not longer than {@link #SHOWN}, since the write is durable and its
 * state is seen by every read already.
 */
final class PostgresWriter implements AutoCloseable {

    private static final String BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED";

    /** How often work is run at most. */
    static final int ATTEMPTS = 12;

    /** How long an answer waits for the feed to be shown as far. */
    static final Duration SHOWN = Duration.ofSeconds(10);

    private static final long LONGEST_PAUSE_NANOS = 100_000_000;
    private static final long FIRST_PAUSE_NANOS = 500_000;

    private final PostgresConnections connections;
    private final Gates gates;
    private final Head head;
    private final Meter meter;
    private final Runnable committed;
    private final Admission admission;
    private final Outcomes outcomes;

    /** Begins; {@code committed} is run after each commit and each rollback. */
    PostgresWriter(Parts parts, int queueCapacity, Meter meter, Runnable committed) {
        this.connections = parts.connections();
        this.gates = parts.gates();
        this.head = parts.head();
        this.meter = meter;
        this.committed = committed;
        this.admission = new Admission(queueCapacity);
        this.outcomes = new Outcomes(connections, gates);
    }

    /** What it shares with others. */
    record Parts(PostgresConnections connections, Gates gates, Head head) {}

    /** Writes, as often as it takes, and waits until it is durable and shown. */
    <T> T write(Function<? super Transaction, ? extends T> work) {
        admission.enter();
        try {
            Set<Image.Id<?>> wanted = new HashSet<>();
            for (int attempt = 1; ; attempt++) {
                try {
                    return once(work, wanted);
                } catch (Conflict e) {
                    if (attempt == ATTEMPTS) {
                        throw crowded(e);
                    }
                } catch (Statements.Failed e) {
                    boolean broken = PostgresFailures.isBroken(e.why());
                    if (broken) {
                        connections.renew();
                    }
                    boolean again =
                            PostgresFailures.isConflict(e.why())
                                    ? attempt < ATTEMPTS
                                    : attempt == 1 && broken;
                    if (!again) {
                        throw PostgresFailures.of("executing a command", e.why());
                    }
                } catch (SQLException e) {
                    throw PostgresFailures.of("giving a connection back", e);
                }
                pause(attempt);
            }
        } finally {
            admission.leave();
        }
    }

    /** What is told when others came between too often. */
    static StoreException crowded(Conflict e) {
        return new StoreException(
                Kind.OVERLOADED, "Others came between " + ATTEMPTS + " times; try again.", e);
    }

    private static void pause(int attempt) {
        long most = Math.min(LONGEST_PAUSE_NANOS, FIRST_PAUSE_NANOS << attempt);
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most) + 1);
    }

    private <T> T once(Function<? super Transaction, ? extends T> work, Set<Image.Id<?>> wanted)
            throws SQLException {
        long asked = System.nanoTime();
        Optional<Change> last;
        T result;
        try (Connection connection = connections.writer()) {
            long began = System.nanoTime();
            meter.queued(Duration.ofNanos(began - asked));
            Statements statements = new Statements(connection);
            statements.begin(connections.begin(BEGIN));
            PostgresTransaction transaction = new PostgresTransaction(statements, gates, wanted);
            result = run(work, statements, transaction);
            last = transaction.last();
            long worked = System.nanoTime();
            commit(statements, last);
            Duration commit = Duration.ofNanos(System.nanoTime() - worked);
            meter.group(1, Duration.ofNanos(worked - began), commit);
        }
        if (last.isPresent()) {
            committed.run();
            head.reach(last.get().seq().value(), SHOWN);
        }
        return result;
    }

    private <T> T run(
            Function<? super Transaction, ? extends T> work,
            Statements statements,
            PostgresTransaction transaction) {
        boolean done = false;
        try {
            T result = work.apply(transaction);
            statements.checkWhole();
            done = true;
            return result;
        } finally {
            if (!done) {
                boolean placed = transaction.last().isPresent();
                statements.rollback();
                if (placed) {
                    committed.run();
                }
            }
        }
    }

    /** Commits; when the connection breaks meanwhile, finds out what became of it. */
    private void commit(Statements statements, Optional<Change> last) {
        try {
            statements.commit();
        } catch (Statements.Failed e) {
            if (!PostgresFailures.isBroken(e.why())) {
                statements.rollback();
                throw e;
            }
            statements.rollback();
            outcomes.settle(last, e.why());
        }
    }

    /** Writes under way. */
    int inside() {
        return admission.inside();
    }

    /** How many may be. */
    int capacity() {
        return admission.capacity();
    }

    /** Waits for the writes under way. */
    @Override
    public void close() {
        admission.close();
    }
}
