package dev.rocket.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection, lent to one piece of work, and its transaction.
 *
 * <p>The driver keeps the prepared statements. Whatever begins a transaction or a savepoint waits
 * for the first statement and travels with it, since a trip to the server costs more than what is
 * done there. Once a statement has failed, all fail likewise until the transaction, or the
 * savepoint before it, is rolled back.
 */
final class Statements {

    private final Connection connection;
    private final boolean single;
    private boolean used;
    private String pending = "";
    private boolean open;
    private @Nullable Last last;
    private @Nullable Failed ended;

    /** A statement that waits for the commit. */
    private record Last(String sql, List<Object> values) {}

    Statements(Connection connection) {
        this(connection, false);
    }

    private Statements(Connection connection, boolean single) {
        this.connection = connection;
        this.single = single;
    }

    /** For one statement outside transactions; a second one is answered with {@code More}. */
    static Statements one(Connection connection) {
        return new Statements(connection, true);
    }

    /** Reads one row into a value. */
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Every row of a query. */
    <T> List<T> list(Row<T> reader, String sql, Object... values) {
        try (PreparedStatement statement = prepared(sql, values);
                ResultSet rows = rows(statement)) {
            List<T> list = new ArrayList<>();
            while (rows.next()) {
                list.add(reader.read(rows));
            }
            return list;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** The first row of a query. */
    <T> Optional<T> first(Row<T> reader, String sql, Object... values) {
        try (PreparedStatement statement = prepared(sql, values);
                ResultSet rows = rows(statement)) {
            return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** The whole number that a query gives; 0 when it gives none. */
    long number(String sql, Object... values) {
        return first(row -> row.getLong(1), sql, values).orElse(0L);
    }

    /** Runs a statement that answers with no rows; how many rows it changed. */
    int run(String sql, Object... values) {
        try (PreparedStatement statement = prepared(sql, values)) {
            statement.execute();
            int count = statement.getUpdateCount();
            while (statement.getMoreResults() || statement.getUpdateCount() != -1) {
                count = Math.max(count, statement.getUpdateCount());
            }
            return count;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /**
     * Runs a statement together with the commit, when nothing else is run before; it may fail
     * there.
     */
    void runLast(String sql, Object... values) {
        flush();
        if (ended != null) {
            throw ended;
        }
        last = new Last(sql, List.of(values));
    }

    private void flush() {
        Last waiting = last;
        if (waiting != null) {
            last = null;
            run(waiting.sql(), waiting.values().toArray());
        }
    }

    /** The rows of the last of the statements that travelled together. */
    private static ResultSet rows(PreparedStatement statement) throws SQLException {
        boolean rows = statement.execute();
        while (!rows) {
            rows = statement.getMoreResults();
        }
        return statement.getResultSet();
    }

    /** Begins a transaction with the next statement. */
    void begin(String how) {
        pending = how + "; ";
    }

    /** Sets a savepoint with the next statement. */
    private void savepoint(String name) {
        flush();
        pending += "SAVEPOINT " + name + "; ";
    }

    /** Forgets a savepoint and keeps what was done since. */
    private void release(String name) {
        String waiting = "SAVEPOINT " + name + "; ";
        if (pending.endsWith(waiting)) {
            pending = pending.substring(0, pending.length() - waiting.length());
        } else if (ended == null) {
            pending += "RELEASE " + name + "; ";
        }
    }

    /** Takes back what was done since a savepoint, and forgets it. */
    void rollbackTo(String name) {
        last = null;
        String waiting = "SAVEPOINT " + name + "; ";
        if (pending.endsWith(waiting)) {
            pending = pending.substring(0, pending.length() - waiting.length());
            return;
        }
        if (ended != null && PostgresFailures.isBroken(ended.why())) {
            return;
        }
        ended = null;
        pending = "";
        run("ROLLBACK TO " + name + "; RELEASE " + name);
    }

    /**
     * Runs work in a savepoint of that name; when it throws, what it did is taken back, and {@code
     * undone} is run.
     */
    <T> T attempt(String name, Supplier<? extends T> work, Runnable undone) {
        savepoint(name);
        boolean kept = false;
        try {
            T result = work.get();
            kept = true;
            return result;
        } finally {
            if (kept) {
                release(name);
            } else {
                rollbackTo(name);
                undone.run();
            }
        }
    }

    /** Whether anything of the transaction has reached the server. */
    boolean isOpen() {
        return open;
    }

    /** Fails when a statement has failed, even if the work went on as though none had. */
    void checkWhole() {
        if (ended != null) {
            throw ended;
        }
    }

    /** Makes the transaction durable. */
    void commit() {
        Last waiting = last;
        if (waiting != null) {
            last = null;
            run(waiting.sql() + "; COMMIT", waiting.values().toArray());
            open = false;
            return;
        }
        pending = "";
        if (open) {
            run("COMMIT");
            open = false;
        }
    }

    /** Takes the transaction back; a connection that cannot is closed, which does the same. */
    void rollback() {
        last = null;
        pending = "";
        ended = null;
        if (!open) {
            return;
        }
        open = false;
        try {
            run("ROLLBACK");
        } catch (Failed e) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException more) {
                e.addSuppressed(more);
            }
        }
    }

    private Failed failed(SQLException e) {
        ended = new Failed(e);
        return ended;
    }

    private PreparedStatement prepared(String sql, Object... values) throws SQLException {
        flush();
        if (ended != null) {
            throw ended;
        }
        if (single && used) {
            throw new OneLook.More();
        }
        used = true;
        PreparedStatement statement = connection.prepareStatement(pending + sql);
        if (!pending.isEmpty()) {
            pending = "";
            open = true;
        }
        for (int i = 0; i < values.length; i++) {
            bind(statement, i + 1, values[i]);
        }
        return statement;
    }

    private void bind(PreparedStatement statement, int place, Object value) throws SQLException {
        switch (value) {
            case Long number -> statement.setLong(place, number);
            case Integer number -> statement.setInt(place, number);
            case String text -> statement.setString(place, text);
            case UUID id -> statement.setObject(place, id);
            case String[] texts ->
                    statement.setArray(place, connection.createArrayOf("text", texts));
            case UUID[] ids -> statement.setArray(place, connection.createArrayOf("uuid", ids));
            case Optional<?> some when some.isPresent() -> bind(statement, place, some.get());
            case Optional<?> none -> statement.setNull(place, Types.NULL);
            default -> throw new IllegalArgumentException("cannot bind " + value);
        }
    }

    /** Carries the engine's exception through code that lends itself to callbacks. */
    static final class Failed extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final SQLException why;

        Failed(SQLException why) {
            super(why);
            this.why = why;
        }

        SQLException why() {
            return why;
        }
    }
}
