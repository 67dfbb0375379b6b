package dev.rocket.sqlite;

import dev.rocket.core.port.Probe.Remark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * The copies of a store's file that another program made beside it.
 *
 * <p>While a server runs, the newest commits stand in the log beside the file, and a copy of the
 * file alone lacks them, though the engine finds nothing wrong with it. A copy is told to lack
 * commits when the store's feed has a change that the copy has not, and that is older than the
 * copy's last modification by {@link #LEEWAY_MILLIS}: it was durable when the copy was made. So a
 * copy of a file at rest is never called incomplete; one whose time of modification was copied too
 * may be missed. Files that need no log, as SQLite's own copies are, are left alone.
 */
public final class PlainCopies {

    /** How much older a change must be than a copy that lacks it, in milliseconds. */
    static final long LEEWAY_MILLIS = 2_000;

    /** Copies that are looked at, the first by name. */
    static final int LOOKED_AT = 50;

    private PlainCopies() {}

    /** The files in the folder of a store's file that are stores too; itself is left out. */
    public static List<Path> beside(Path database) {
        Path own = database.toAbsolutePath().normalize();
        Path folder = own.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.equals(own) && isStore(file))
                    .sorted()
                    .limit(LOOKED_AT)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be listed: " + e.getMessage(), e);
        }
    }

    private static boolean isStore(Path file) {
        try {
            return Files.isRegularFile(file)
                    && StoreHeader.read(file).filter(StoreHeader::isStore).isPresent();
        } catch (IOException e) {
            // What this user may not read, no cron job of this user has made.
            return false;
        }
    }

    /**
     * Compares the copies beside a file with the feed in it; a server may have it open.
     *
     * @return a remark for each copy that lacks commits or cannot be read
     */
    public static List<Remark> look(Path database) {
        List<Remark> remarks = new ArrayList<>();
        for (Path copy : beside(database)) {
            try {
                if (needsLog(copy)) {
                    lacking(database, copy).ifPresent(remarks::add);
                }
            } catch (SQLException | Statements.Failed e) {
                String what = copy.getFileName() + " is a copy of a store that cannot be read";
                remarks.add(new Remark(Remark.Weight.DANGER, what, "rm '" + copy + "'"));
            } catch (IOException e) {
                throw new UncheckedIOException(copy + " cannot be read: " + e.getMessage(), e);
            }
        }
        return List.copyOf(remarks);
    }

    /** Whether its newest commits would stand in a log beside it, which is not there. */
    private static boolean needsLog(Path copy) throws IOException {
        return !Files.exists(copy.resolveSibling(copy.getFileName() + "-wal"))
                && StoreHeader.read(copy).filter(StoreHeader::isLogged).isPresent();
    }

    private static Optional<Remark> lacking(Path database, Path copy)
            throws SQLException, IOException {
        long last;
        try (Statements sql = new Statements(open(copy, "mode=ro&immutable=1"))) {
            last = sql.number("SELECT max(seq) FROM change");
        }
        long copied = Files.getLastModifiedTime(copy).toMillis();
        long lost;
        try (Statements sql = new Statements(open(database, "mode=ro"))) {
            lost =
                    sql.number(
                            "SELECT count(*) FROM change WHERE seq > ? AND at < ?",
                            last,
                            copied - LEEWAY_MILLIS);
        }
        if (lost == 0) {
            return Optional.empty();
        }
        return Optional.of(
                new Remark(
                        Remark.Weight.DANGER,
                        copy.getFileName()
                                + " lacks "
                                + lost
                                + " changes that were durable when it was copied, at "
                                + Instant.ofEpochMilli(copied)
                                + ": it is the file without its log",
                        "stop copying the file while a server has it open"));
    }

    private static Connection open(Path file, String how) throws SQLException {
        SQLiteConfig settings = new SQLiteConfig();
        settings.setReadOnly(true);
        settings.setOpenMode(SQLiteOpenMode.OPEN_URI);
        settings.setBusyTimeout(SqliteConnections.BUSY_MILLIS);
        String path = file.toAbsolutePath().toUri().getRawPath();
        return settings.createConnection("jdbc:sqlite:file:" + path + "?" + how);
    }
}
