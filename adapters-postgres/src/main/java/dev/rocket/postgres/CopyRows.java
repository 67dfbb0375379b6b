package dev.rocket.postgres;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows on their way into one table, by {@code COPY} in its text format.
 *
 * <p>They are gathered, {@link #CHARS} at most beside the last row, and sent together. Source:
 * postgresql.org/docs/current/sql-copy.html, "Text Format".
 */
final class CopyRows {

    /** Characters that are gathered before they are sent. */
    private static final int CHARS = 1 << 18;

    private final Connection connection;
    private final String sql;
    private final StringBuilder text = new StringBuilder();

    CopyRows(Connection connection, String table, String columns) {
        this.connection = connection;
        this.sql = "COPY " + table + " (" + columns + ") FROM STDIN";
    }

    /** Adds a row; an empty {@code Optional} is null. */
    void add(List<Object> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                text.append('\t');
            }
            add(values.get(i));
        }
        text.append('\n');
        if (text.length() >= CHARS) {
            send();
        }
    }

    private void add(Object value) {
        if (value instanceof Optional<?> some) {
            if (some.isPresent()) {
                add(some.get());
            } else {
                text.append("\\N");
            }
            return;
        }
        String plain = value.toString();
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                default -> text.append(c);
            }
        }
    }

    /** Sends what is gathered. */
    void send() throws SQLException {
        if (text.isEmpty()) {
            return;
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        text.setLength(0);
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        try {
            copy.writeToCopy(bytes, 0, bytes.length);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }
}
