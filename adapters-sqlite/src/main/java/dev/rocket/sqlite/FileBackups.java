package dev.rocket.sqlite;

import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Backups;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.LongConsumer;
import org.sqlite.SQLiteConnection;

/**
 * Copies of one SQLite file, made beside whoever writes to it.
 *
 * <p>The engine copies page by page what one read transaction sees, on a connection of its own that
 * may only read, in this process or another than the server's. The writer goes on; its log cannot
 * begin anew meanwhile. Pages are copied as they are, so a store that is damaged gives a copy that
 * its check finds damaged.
 */
public final class FileBackups implements Backups {

    private static final int STEP_PAGES = 128;
    private static final int TRIES = 100;

    private final Path path;

    private FileBackups(Path path) {
        this.path = path;
    }

    /** Copies of the store in that file. */
    public static Backups of(SqliteConfig config) {
        return new FileBackups(config.path().toAbsolutePath());
    }

    @Override
    public String engine() {
        return "sqlite";
    }

    @Override
    public long size() {
        return path.toFile().length();
    }

    @Override
    public Seq snapshot(Path file, LongConsumer progress) throws IOException {
        if (Files.exists(file)) {
            throw new StoreException(Kind.FOREIGN, file + " is there already; move it away.");
        }
        SqliteConnections.create(file);
        try {
            Seq seq = copy(file, progress);
            alone(file);
            return seq;
        } catch (SQLException e) {
            throw SqliteFailures.of("copying " + path, e);
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private Seq copy(Path file, LongConsumer progress) throws SQLException {
        try (Connection connection = BesideStore.connection(path);
                Statement sql = connection.createStatement()) {
            SqliteSchema.checkMarks(connection, path);
            sql.execute("BEGIN");
            long seq = number(sql, "SELECT max(seq) FROM change");
            long pageBytes = number(sql, "PRAGMA page_size");
            CopyPace pace = new CopyPace(file, pageBytes, progress);
            int code =
                    connection
                            .unwrap(SQLiteConnection.class)
                            .getDatabase()
                            .backup("main", file.toString(), pace, 1, TRIES, STEP_PAGES);
            if (code != 0) {
                throw new SQLException("the copy ended early", null, code);
            }
            sql.execute("ROLLBACK");
            return new Seq(seq);
        }
    }

    private static long number(Statement sql, String query) throws SQLException {
        try (ResultSet row = sql.executeQuery(query)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** Lets a copy need no log beside it, as the store does. */
    private static void alone(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement sql = connection.createStatement()) {
            sql.execute("PRAGMA journal_mode = DELETE");
        }
    }

    /** Copies a database as anybody could, by {@code VACUUM INTO}: what is compared with. */
    public static void plain(Path database, Path copy) {
        try (Connection connection = BesideStore.connection(database);
                PreparedStatement sql = connection.prepareStatement("VACUUM INTO ?")) {
            sql.setString(1, copy.toString());
            sql.execute();
        } catch (SQLException e) {
            throw SqliteFailures.of("copying " + database, e);
        }
    }

    /** Opens a copy; one of an older schema is advanced first, since the backup stays as it is. */
    @Override
    public Store open(Path file) {
        SqliteUpgrade.advance(file);
        return SqliteStore.open(SqliteConfig.at(file).withReaders(1), Meter.NONE);
    }
}
