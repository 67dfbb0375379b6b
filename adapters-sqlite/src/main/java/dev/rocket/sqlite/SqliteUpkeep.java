package dev.rocket.sqlite;

import dev.rocket.core.port.Transaction;
import dev.rocket.core.port.Upkeep;

/**
 * The housekeeping of a SQLite file.
 *
 * <p>Whatever writes goes through the writer, as a command among others, so it waits for its turn
 * and shares a commit. Source: sqlite.org/pragma.html, {@code incremental_vacuum} and {@code
 * optimize}.
 */
final class SqliteUpkeep implements Upkeep {

    /** Pages that one step moves at most: a megabyte, as much as a large group writes. */
    static final int STEP_PAGES = 256;

    /** One unused page of so many is kept, since the file would soon grow by it again. */
    private static final int KEPT = 20;

    /** Rows of an index that are looked at for its statistics at most. */
    private static final int LOOKED_AT = 1_000;

    private final SqliteConnections connections;
    private final SqliteWriter writer;
    private final SqliteReaders readers;

    SqliteUpkeep(SqliteConnections connections, SqliteWriter writer, SqliteReaders readers) {
        this.connections = connections;
        this.writer = writer;
        this.readers = readers;
    }

    @Override
    @SuppressWarnings("NullAway") // the work gives the sizes
    public Sizes sizes() {
        return readers.read(
                snapshot -> {
                    Statements sql = ((SqliteSnapshot) snapshot).statements();
                    long pageBytes = sql.number("PRAGMA page_size");
                    return new Sizes(
                            pageBytes * sql.number("PRAGMA page_count"),
                            pageBytes * sql.number("PRAGMA freelist_count"),
                            connections.bytes("-wal"));
                });
    }

    @Override
    @SuppressWarnings("NullAway") // the work tells
    public boolean giveBack(int step) {
        return writer.write(SqliteUpkeep::giveBack);
    }

    private static boolean giveBack(Transaction transaction) {
        Statements sql = ((SqliteSnapshot) transaction).statements();
        long kept = sql.number("PRAGMA page_count") / KEPT;
        long over = sql.number("PRAGMA freelist_count") - kept;
        if (over > 0) {
            sql.script("PRAGMA incremental_vacuum(" + Math.min(over, STEP_PAGES) + ")");
        }
        return over > STEP_PAGES;
    }

    @Override
    public void refresh() {
        writer.write(SqliteUpkeep::refresh);
    }

    /** Looks at every table, also those that the writer did not query. */
    private static boolean refresh(Transaction transaction) {
        ((SqliteSnapshot) transaction)
                .statements()
                .script("PRAGMA analysis_limit = " + LOOKED_AT + "; PRAGMA optimize(0x10002)");
        return true;
    }

    @Override
    public void merge() {
        try (Statements sql = new Statements(connections.merger())) {
            sql.execute("PRAGMA wal_checkpoint(PASSIVE)");
        } catch (Statements.Failed e) {
            throw SqliteFailures.of("merging the log", e.why());
        }
    }
}
