package dev.rocket.postgres;

import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Position;
import dev.rocket.core.model.Task;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.UUID;

/** A writer on another server that takes its places early and ends when it is told to. */
final class Straggler implements AutoCloseable {

    private static final Instant NOW = Instant.parse("2026-03-29T07:30:00Z");

    private final Connection connection;
    private final Statements statements;
    private final PostgresTransaction transaction;
    private final long backend;

    /** Begins a transaction on a store's schema. */
    Straggler(PostgresConfig config) throws SQLException {
        connection = Server.connect(config);
        statements = new Statements(connection);
        backend = statements.number("SELECT pg_backend_pid()");
        statements.begin("BEGIN");
        Gates gates = new Gates(config.schema());
        transaction = new PostgresTransaction(statements, gates, new HashSet<>());
    }

    /** A change that makes a new task. */
    static Change birth(String title) {
        Position position = Position.ofBirth(1);
        Image task = Task.titled(new Task.Id(UUID.randomUUID()), title, position, NOW);
        return Change.draft(Actor.system("straggler"), "task.create", NOW, task);
    }

    /** Takes a place and fills it; nobody sees it yet. */
    Change take(String title) {
        return apply(birth(title));
    }

    Change apply(Change draft) {
        return transaction.apply(draft);
    }

    /** How many wait for it. */
    long waiting() throws SQLException {
        return Server.waitingFor(backend);
    }

    void commit() {
        statements.commit();
    }

    void rollback() {
        statements.rollback();
    }

    /** Ends it from outside in mid-transaction. */
    void kill() throws SQLException {
        Server.kill(backend);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
