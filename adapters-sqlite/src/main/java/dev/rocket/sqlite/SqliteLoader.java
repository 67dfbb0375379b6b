package dev.rocket.sqlite;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.ImageText;
import dev.rocket.core.model.Receipt;
import dev.rocket.core.model.Task;
import dev.rocket.core.port.Custody;
import dev.rocket.core.port.Loader;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * The way into a new file, in bulk.
 *
 * <p>All is written to a file beside the place, in one transaction that is never synced and cannot
 * be taken back; at the end it is synced once and takes the place. So a load that was interrupted
 * has left a file of another name and mark, which no server opens and the next load throws away.
 * Indexes are made at the end, when all rows are there.
 */
public final class SqliteLoader implements Loader {

    /** Of the connection that loads; the log and syncing would guard what nobody will open. */
    static final List<String> SETTINGS =
            List.of(
                    "PRAGMA auto_vacuum = INCREMENTAL",
                    "PRAGMA journal_mode = OFF",
                    "PRAGMA synchronous = OFF",
                    "PRAGMA locking_mode = EXCLUSIVE",
                    "PRAGMA temp_store = FILE",
                    "PRAGMA cache_size = -65536");

    /** Entities between two tellings, and two writings of the index of words. */
    private static final int STEP = 1_000;

    private static final WordIndex.Mark NO_WORDS = new WordIndex.Mark(0, 0);

    private final SqliteConnections connections;
    private final Statements sql;
    private final WordIndex words;
    private final List<String> indexes;
    private long last;
    private boolean closed;

    private SqliteLoader(SqliteConnections connections, int version) {
        this.connections = connections;
        this.sql = new Statements(connections.loading().open(version));
        this.words = new WordIndex(sql);
        String made = " FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL";
        this.indexes = sql.list(row -> row.getString(1), "SELECT sql" + made);
        sql.list(row -> row.getString(1), "SELECT name" + made)
                .forEach(name -> sql.run("DROP INDEX " + name));
    }

    /**
     * Opens a way into a file that is not there, or empty.
     *
     * @throws StoreException with FOREIGN when the file holds anything; LOCKED, READ_ONLY, FULL or
     *     UNAVAILABLE
     */
    public static SqliteLoader open(SqliteConfig config) {
        return open(config, SqliteSchema.version());
    }

    /**
     * The same for a store as an older program would have made it.
     *
     * @param version of the schema, 1 to the newest
     * @throws StoreException as {@link #open(SqliteConfig)} does
     */
    public static SqliteLoader open(SqliteConfig config, int version) {
        SqliteConnections connections = SqliteConnections.hold(config);
        if (connections.bytes("") > 0 || connections.bytes("-wal") > 0) {
            connections.close();
            throw new StoreException(
                    Kind.FOREIGN,
                    config.path() + " holds something already; name a file that does not exist.");
        }
        try {
            return new SqliteLoader(connections, version);
        } catch (Statements.Failed e) {
            drop(connections);
            throw SqliteFailures.ofLoad(connections.loading().path(), e.why());
        } catch (RuntimeException e) {
            drop(connections);
            throw e;
        }
    }

    /**
     * Throws away the copy that an unfinished move left; anything else is left as it is.
     *
     * @param source the store that it must be a copy of
     * @return whether there was one
     */
    public static boolean discard(SqliteConfig config, String source) {
        try (SqliteStore copy = SqliteStore.aside(config, Meter.NONE)) {
            Optional<Custody> custody = copy.read(Snapshot::custody);
            if (custody.isEmpty() || !custody.get().is(Custody.State.ARRIVING, source)) {
                return false;
            }
        }
        try (SqliteConnections connections = SqliteConnections.hold(config)) {
            connections.loading().discardPlace();
            return true;
        }
    }

    private static void drop(SqliteConnections connections) {
        try (connections) {
            connections.loading().drop();
        }
    }

    @Override
    public void changes(List<Change> changes) {
        loading(
                () -> {
                    for (Change change : changes) {
                        long seq = change.seq().value();
                        if (seq <= last) {
                            throw new IllegalArgumentException(
                                    "the place " + seq + " is not after " + last);
                        }
                        EntityRows.append(sql::run, change, ImageText.print(change.image()));
                        last = seq;
                    }
                });
    }

    @Override
    public void receipts(List<Receipt> receipts) {
        loading(() -> receipts.forEach(receipt -> EntityRows.remember(sql::run, receipt)));
    }

    @Override
    public void custody(Custody custody) {
        loading(() -> CustodyRow.write(sql::run, custody));
    }

    @Override
    public void finish(LongConsumer entities) {
        loading(
                () -> {
                    long[] made = {0};
                    sql.each(
                            row -> {
                                entity(row);
                                if (++made[0] % STEP == 0) {
                                    index();
                                    entities.accept(made[0]);
                                }
                            },
                            "SELECT seq, kind, image FROM change"
                                    + " WHERE seq NOT IN (SELECT prev FROM change) ORDER BY seq");
                    index();
                    indexes.forEach(index -> sql.run(index));
                    entities.accept(made[0]);
                    sql.run("COMMIT");
                    sql.execute("PRAGMA application_id = " + SqliteSchema.APPLICATION_ID);
                    sql.close();
                });
        connections.loading().putInPlace();
        closed = true;
        connections.close();
    }

    private void index() {
        words.write();
        words.rewind(NO_WORDS);
    }

    private void entity(ResultSet row) throws SQLException {
        long seq = row.getLong(1);
        String text = row.getString(3);
        switch (ImageText.parse(Image.Kind.parse(row.getString(2)), text)) {
            case Image.Gone gone -> EntityRows.end(sql::run, gone, seq);
            case Task task -> {
                // Any place of the task's own will do for its row, and this one ascends.
                String title = words.begins(seq, WordIndex.Part.TITLE, task.title());
                String notes = words.begins(seq, WordIndex.Part.NOTES, task.notes());
                TaskColumns.insert(sql::run, task, new TaskColumns.Texts(seq, title, notes, text));
                TaskLabels.change(sql::run, seq, Set.of(), task.links().labels());
            }
            case Image other -> EntityRows.put(sql::run, other, false, seq, text);
        }
    }

    private void loading(Runnable work) {
        if (closed) {
            throw new IllegalStateException("the load has ended");
        }
        try {
            work.run();
        } catch (Statements.Failed e) {
            throw SqliteFailures.ofLoad(connections.loading().path(), e.why());
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            sql.close();
        } catch (Statements.Failed e) {
            throw SqliteFailures.ofLoad(connections.loading().path(), e.why());
        } finally {
            drop(connections);
        }
    }
}
