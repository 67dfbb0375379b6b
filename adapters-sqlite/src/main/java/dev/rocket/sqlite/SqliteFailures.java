package dev.rocket.sqlite;

import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.sql.SQLException;

/**
 * What the engine's result codes mean.
 *
 * <p>Source: sqlite.org/rescode.html; the low byte is the primary code.
 */
final class SqliteFailures {

    private static final int PRIMARY = 0xff;
    private static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int READONLY = 8;
    private static final int IOERR = 10;
    private static final int CORRUPT = 11;
    private static final int FULL = 13;
    private static final int CANTOPEN = 14;
    private static final int NOTADB = 26;

    private SqliteFailures() {}

    /** The failure of the store that an exception of the engine stands for. */
    static StoreException of(String doing, SQLException e) {
        return switch (e.getErrorCode() & PRIMARY) {
            case BUSY, LOCKED ->
                    failure(
                            Kind.LOCKED,
                            doing,
                            "another program holds the database; stop it and try again",
                            e);
            case READONLY ->
                    failure(
                            Kind.READ_ONLY,
                            doing,
                            "the database, or its folder, may not be written; give this user"
                                    + " the right to",
                            e);
            case FULL -> failure(Kind.FULL, doing, "the disk is full; free space and try again", e);
            case CORRUPT ->
                    failure(
                            Kind.CORRUPT,
                            doing,
                            "the database is damaged; restore the newest verified backup",
                            e);
            case NOTADB ->
                    failure(
                            Kind.FOREIGN,
                            doing,
                            "the file is not a SQLite database; choose another ROCKET_DB_PATH",
                            e);
            case CANTOPEN ->
                    failure(
                            Kind.UNAVAILABLE,
                            doing,
                            "the database, or a file beside it, cannot be opened; check that its"
                                    + " folder exists and may be written",
                            e);
            case IOERR ->
                    failure(
                            Kind.UNAVAILABLE,
                            doing,
                            "the disk answered with an error; look at the system's log",
                            e);
            default ->
                    failure(
                            Kind.UNAVAILABLE,
                            doing,
                            "SQLite answered with code " + e.getErrorCode(),
                            e);
        };
    }

    /** Whether the engine may have ended the whole transaction by itself. */
    static boolean endsTransaction(SQLException e) {
        int code = e.getErrorCode() & PRIMARY;
        return code == FULL || code == IOERR || code == CORRUPT || code == BUSY || code == 7;
    }

    private static StoreException failure(Kind kind, String doing, String what, SQLException e) {
        return new StoreException(kind, "While " + doing + ": " + what + ".", e);
    }
}
