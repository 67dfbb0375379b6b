package dev.rocket.sqlite;

import dev.rocket.core.port.Custody;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** The row that says which of two stores is in charge. */
final class CustodyRow {

    /** The schema that has its table. */
    private static final int SINCE = 2;

    private CustodyRow() {}

    /** What is written; empty when the store was never moved, or is older than such moves. */
    static Optional<Custody> read(Statements sql) {
        if (sql.number("PRAGMA user_version") < SINCE) {
            return Optional.empty();
        }
        return sql.first(
                row ->
                        new Custody(
                                Custody.State.valueOf(row.getString(1).toUpperCase(Locale.ROOT)),
                                row.getString(2),
                                Instant.ofEpochMilli(row.getLong(3))),
                "SELECT state, other, at FROM custody");
    }

    /** Writes it, over what was there. */
    static void write(TaskColumns.Run run, Custody custody) {
        run.write(
                "INSERT OR REPLACE INTO custody (one, state, other, at) VALUES (1, ?, ?, ?)",
                custody.state().name().toLowerCase(Locale.ROOT),
                custody.other(),
                custody.at().toEpochMilli());
    }
}
