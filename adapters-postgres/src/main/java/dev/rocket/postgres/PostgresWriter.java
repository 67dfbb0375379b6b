package dev.rocket.postgres;

import dev.rocket.core.model.Image;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import dev.rocket.core.port.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Writes, each in a transaction of its own, many at a time.
 *
 * <p>Work that another transaction came between is run again, a bounded number of times. Who wrote
 * is answered when the feed is shown as far as that, which takes as long as the oldest transaction
 * that had a place before; but not once the feed has been held up for {@link Tail#SHOWN}, since the
 * write is durable and its state is seen by every read already.
 */
final class PostgresWriter implements AutoCloseable {

    private static final String BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED";

    /** How often work is run at most. */
    static final int ATTEMPTS = 12;

    private static final long LONGEST_PAUSE_NANOS = 100_000_000;
    private static final long FIRST_PAUSE_NANOS = 500_000;

    private final PostgresConnections connections;
    private final Gates gates;
    private final Head head;
    private final Meter meter;
    private final Ended ended;
    private final Admission admission;
    private final Outcomes outcomes;

    /** Begins; {@code ended} is told of each commit and each rollback. */
    PostgresWriter(Parts parts, int queueCapacity, Meter meter, Ended ended) {
        this.connections = parts.connections();
        this.gates = parts.gates();
        this.head = parts.head();
        this.meter = meter;
        this.ended = ended;
        this.admission = new Admission(queueCapacity);
        this.outcomes = new Outcomes(connections, gates);
    }

    /** Hears what became of the places that one transaction took. */
    interface Ended {

        /** How long the answer may wait for the feed to be shown as far as the filled ones. */
        Duration ended(List<Long> filled, List<Long> givenUp);
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
        PostgresTransaction transaction;
        T result;
        try (Connection connection = connections.writer()) {
            long began = System.nanoTime();
            meter.queued(Duration.ofNanos(began - asked));
            Statements statements = new Statements(connection);
            statements.begin(connections.begin(BEGIN));
            transaction = new PostgresTransaction(statements, gates, wanted);
            result = run(work, statements, transaction);
            long worked = System.nanoTime();
            commit(statements, transaction);
            Duration commit = Duration.ofNanos(System.nanoTime() - worked);
            meter.group(1, Duration.ofNanos(worked - began), commit);
        }
        List<Long> places = transaction.places();
        if (!places.isEmpty() || !transaction.givenUp().isEmpty()) {
            Duration patience = ended.ended(places, transaction.givenUp());
            head.reach(places.isEmpty() ? 0 : places.getLast(), patience);
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
            transaction.finish();
            statements.checkWhole();
            done = true;
            return result;
        } finally {
            if (!done) {
                statements.rollback();
                giveUp(transaction);
            }
        }
    }

    private void giveUp(PostgresTransaction transaction) {
        List<Long> places = transaction.lost();
        if (!places.isEmpty()) {
            ended.ended(List.of(), places);
        }
    }

    /** Commits; when the connection breaks meanwhile, finds out what became of it. */
    private void commit(Statements statements, PostgresTransaction transaction) {
        try {
            statements.commit();
        } catch (Statements.Failed e) {
            if (!PostgresFailures.isBroken(e.why())) {
                statements.rollback();
                giveUp(transaction);
                throw e;
            }
            statements.rollback();
            outcomes.settle(transaction.last(), e.why());
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
