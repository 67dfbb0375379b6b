package dev.rocket.postgres;

import dev.rocket.core.port.Snapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads, each of which sees one instant: by one statement, or in one transaction.
 *
 * <p>Nearly all reads look once, so all begin as {@link OneLook}; work that needs more is begun
 * anew in a transaction.
 *
 * <p>Who looks at the feed and the state in one read, while writers are under way, may find the
 * state ahead. Then the read is begun anew, a little later; when that does not help, writers are
 * held at the gates for as long as it takes to begin a snapshot in which nothing is under way.
 */
final class PostgresReaders implements AutoCloseable {

    /** Begins a transaction that sees one instant. */
    static final String BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

    /** Attempts before writers are held. */
    private static final int ATTEMPTS = 3;

    /** How long an attempt waits for the feed to catch up. */
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final PostgresConnections connections;
    private final Gates gates;
    private final Head head;
    private final GroupedFinds finds;
    private final Admission admission;

    PostgresReaders(
            PostgresConfig config, PostgresConnections connections, Gates gates, Head head) {
        this.connections = connections;
        this.gates = gates;
        this.head = head;
        this.finds = new GroupedFinds(connections, config.patience());
        this.admission = new Admission(config.queueCapacity());
    }

    /** Reads, as often as it takes. */
    <T> T read(Function<? super Snapshot, ? extends T> work) {
        admission.enter();
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                try {
                    Optional<T> seen = attempt == 0 ? glance(work) : Optional.empty();
                    return seen.isPresent() ? seen.get() : bounded(work);
                } catch (Sight.Ahead e) {
                    head.reach(head.place() + 1, PAUSE);
                } catch (Statements.Failed e) {
                    if (attempt > 0 || !PostgresFailures.isBroken(e.why())) {
                        throw PostgresFailures.of("reading", e.why());
                    }
                    connections.renew();
                }
            }
            return quiet(work);
        } catch (Statements.Failed e) {
            throw PostgresFailures.of("reading", e.why());
        } catch (SQLException e) {
            throw PostgresFailures.of("giving a connection back", e);
        } finally {
            admission.leave();
        }
    }

    /** By one statement; empty when the work needs more. */
    private <T> Optional<T> glance(Function<? super Snapshot, ? extends T> work) {
        if (connections.isPooled()) {
            return Optional.empty();
        }
        OneLook look = new OneLook(connections, finds, head.place());
        try {
            T result = work.apply(look);
            return look.asksForMore() ? Optional.empty() : Optional.of(result);
        } catch (OneLook.More e) {
            return Optional.empty();
        }
    }

    private <T> T bounded(Function<? super Snapshot, ? extends T> work) throws SQLException {
        try (Connection connection = connections.reader()) {
            Statements statements = new Statements(connection);
            // The mark is read before the snapshot is taken, so nothing below it is open in it.
            Sight sight = new Sight.Bounded(statements, head.place());
            statements.begin(connections.begin(BEGIN));
            return run(statements, sight, work);
        }
    }

    private <T> T quiet(Function<? super Snapshot, ? extends T> work) throws SQLException {
        try (Connection connection = connections.reader()) {
            Statements statements = new Statements(connection);
            Sight sight = new Sight.Quiet(statements);
            try (Connection keeper = connections.writer()) {
                Statements hold = new Statements(keeper);
                hold.begin(connections.begin("BEGIN; SET LOCAL lock_timeout = '10s'"));
                try {
                    gates.closeAll(hold);
                    statements.begin(connections.begin(BEGIN));
                    sight.feed();
                } finally {
                    hold.rollback();
                }
            }
            return run(statements, sight, work);
        }
    }

    private static <T> T run(
            Statements statements, Sight sight, Function<? super Snapshot, ? extends T> work) {
        try {
            return work.apply(new PostgresSnapshot(statements, sight));
        } finally {
            statements.rollback();
        }
    }

    /** Waits for the reads under way. */
    @Override
    public void close() {
        admission.close();
    }
}
