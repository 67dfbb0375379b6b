package dev.rocket.postgres;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Image;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What became of a commit whose answer was lost.
 *
 * <p>Never guessed: the lost transaction shares the gate of its last change's kind, so once that
 * gate was held alone it has ended, and its change is in the feed, word for word, or will never be.
 */
final class Outcomes {

    /** How long it is asked for: a restart of the database, or a failover, takes seconds. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(15);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final PostgresConnections connections;
    private final Gates gates;

    Outcomes(PostgresConnections connections, Gates gates) {
        this.connections = connections;
        this.gates = gates;
    }

    /**
     * Returns when the commit was made.
     *
     * @param last the last change of the transaction, when it had one
     * @throws StoreException with UNAVAILABLE when it was not made, and with UNKNOWN_OUTCOME when
     *     nobody can tell
     */
    void settle(Optional<Change> last, SQLException why) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (last.isPresent() && System.nanoTime() < end) {
            Optional<Boolean> kept = ask(last.get(), why);
            if (kept.isPresent() && kept.get()) {
                return;
            }
            if (kept.isPresent()) {
                throw new StoreException(
                        Kind.UNAVAILABLE,
                        "The database went away before it had committed; nothing was done.",
                        why);
            }
        }
        throw new StoreException(
                Kind.UNKNOWN_OUTCOME,
                "The database went away in mid-commit; repeat the request with its idempotency"
                        + " key.",
                why);
    }

    /** Whether it was made; empty when the database did not say. */
    private Optional<Boolean> ask(Change change, SQLException why) {
        try {
            return Optional.of(isKept(change));
        } catch (Statements.Failed e) {
            why.addSuppressed(e.why());
        } catch (SQLException | StoreException e) {
            why.addSuppressed(e);
        }
        LockSupport.parkNanos(PAUSE_NANOS);
        return Optional.empty();
    }

    private boolean isKept(Change change) throws SQLException {
        try (Connection connection = connections.writer()) {
            Statements statements = new Statements(connection);
            statements.begin(connections.begin("BEGIN; SET LOCAL lock_timeout = '5s'"));
            try {
                if (statements.number("SELECT pg_is_in_recovery()::int") == 1) {
                    throw new StoreException(Kind.READ_ONLY, "A standby may not know it yet.");
                }
                Image.Kind kind = change.image().id().kind();
                gates.alone(statements, kind);
                List<Change> found =
                        statements.list(
                                PostgresRows::change,
                                "SELECT " + PostgresRows.CHANGE + " FROM change WHERE seq = ?",
                                change.seq().value());
                return found.equals(List.of(change));
            } finally {
                statements.rollback();
            }
        }
    }
}
