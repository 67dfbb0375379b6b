package dev.rocket.sqlite;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One connection with its prepared statements, for one thread.
 *
 * <p>Statements are kept, at most {@link #KEPT}, since preparing one costs more than running it.
 */
final class Statements implements AutoCloseable {

    private static final int KEPT = 256;

    private final Connection connection;
    private final Map<String, PreparedStatement> kept = new LinkedHashMap<>(KEPT, 0.75f, true);
    private boolean open;
    private @Nullable Failed ended;

    Statements(Connection connection) {
        this.connection = connection;
    }

    /** Reads one row into a value. */
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Every row of a query. */
    <T> List<T> list(Row<T> reader, String sql, Object... values) {
        try (ResultSet rows = prepared(sql, values).executeQuery()) {
            List<T> list = new ArrayList<>();
            while (rows.next()) {
                list.add(reader.read(rows));
            }
            return list;
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /** Looks at one row. */
    interface Look {
        void at(ResultSet row) throws SQLException;
    }

    /** Looks at every row of a query, and keeps none: all might not fit into memory. */
    void each(Look look, String sql) {
        try (ResultSet rows = prepared(sql).executeQuery()) {
            while (rows.next()) {
                look.at(rows);
            }
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /** The first row of a query. */
    <T> Optional<T> first(Row<T> reader, String sql, Object... values) {
        try (ResultSet rows = prepared(sql, values).executeQuery()) {
            return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /** The whole number that a query gives; 0 when it gives none. */
    long number(String sql, Object... values) {
        return first(row -> row.getLong(1), sql, values).orElse(0L);
    }

    /** Runs a statement; how many rows it changed. */
    int run(String sql, Object... values) {
        try {
            return prepared(sql, values).executeUpdate();
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /**
     * Begins a transaction. Once a failure may have ended it, every statement fails likewise until
     * it is rolled back, since what was run after its end would be committed on its own.
     */
    void begin(String sql) {
        run(sql);
        open = true;
    }

    /** Makes the transaction durable. */
    void commit() {
        run("COMMIT");
        open = false;
    }

    /** Takes the transaction back; fails when the engine has done so by itself. */
    void rollback() {
        open = false;
        ended = null;
        run("ROLLBACK");
    }

    /** Runs a statement that may answer with rows, such as a pragma; the answer is dropped. */
    void execute(String sql) {
        try {
            if (prepared(sql).execute()) {
                prepared(sql).getResultSet().close();
            }
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /** Runs statements to their very end, also a pragma that works on as long as it is asked. */
    void script(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    private Failed failed(String sql, SQLException e) {
        Failed failed = new Failed(e);
        if (open && SqliteFailures.endsTransaction(e)) {
            ended = failed;
        }
        // The driver closes a statement that failed, so the next call must prepare it anew.
        PreparedStatement broken = kept.remove(sql);
        if (broken != null) {
            try {
                broken.close();
            } catch (SQLException more) {
                e.addSuppressed(more);
            }
        }
        return failed;
    }

    private PreparedStatement prepared(String sql, Object... values) throws SQLException {
        if (ended != null) {
            throw ended;
        }
        PreparedStatement statement = kept.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            kept.put(sql, statement);
            if (kept.size() > KEPT) {
                var oldest = kept.entrySet().iterator();
                oldest.next().getValue().close();
                oldest.remove();
            }
        }
        for (int i = 0; i < values.length; i++) {
            switch (values[i]) {
                case Long number -> statement.setLong(i + 1, number);
                case Integer number -> statement.setInt(i + 1, number);
                case String text -> statement.setString(i + 1, text);
                case byte[] bytes -> statement.setBytes(i + 1, bytes);
                case Optional<?> none -> statement.setObject(i + 1, none.orElse(null));
                default -> throw new IllegalArgumentException("cannot bind " + values[i]);
            }
        }
        return statement;
    }

    /** The sixteen bytes of an id, most significant first. */
    static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    @Override
    public void close() {
        try {
            for (PreparedStatement statement : kept.values()) {
                statement.close();
            }
            connection.close();
        } catch (SQLException e) {
            throw new Failed(e);
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
