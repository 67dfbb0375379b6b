package dev.rocket.sqlite;

import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;

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
    private static final int CONSTRAINT = 19;
    private static final int NOTADB = 26;

    private static final Meaning HELD =
            new Meaning(Kind.LOCKED, "another program holds the database; stop it and try again");

    private static final Map<Integer, Meaning> MEANINGS =
            Map.of(
                    BUSY,
                    HELD,
                    LOCKED,
                    HELD,
                    READONLY,
                    new Meaning(
                            Kind.READ_ONLY,
                            "the database, or its folder, may not be written; give this user"
                                    + " the right to"),
                    FULL,
                    new Meaning(Kind.FULL, "the disk is full; free space and try again"),
                    CORRUPT,
                    new Meaning(
                            Kind.CORRUPT,
                            "the database is damaged; restore the newest verified backup"),
                    NOTADB,
                    new Meaning(
                            Kind.FOREIGN,
                            "the file is not a SQLite database; choose another ROCKET_DB_PATH"),
                    CANTOPEN,
                    new Meaning(
                            Kind.UNAVAILABLE,
                            "the database, or a file beside it, cannot be opened; check that its"
                                    + " folder exists and may be written"),
                    IOERR,
                    new Meaning(
                            Kind.UNAVAILABLE,
                            "the disk answered with an error; look at the system's log"));

    /**
     * What a code means.
     *
     * @param kind the store's word for it
     * @param what happened, and what to do about it
     */
    private record Meaning(Kind kind, String what) {}

    private SqliteFailures() {}

    /** The failure of the store that an exception of the engine stands for. */
    static StoreException of(String doing, SQLException e) {
        Meaning known = MEANINGS.get(e.getErrorCode() & PRIMARY);
        Meaning meaning = known == null ? unknown(e) : known;
        return new StoreException(
                meaning.kind(), "While " + doing + ": " + meaning.what() + ".", e);
    }

    /**
     * The failure of a commit. An error of the disk leaves open how much of it arrived: the next
     * start finds all of it or nothing.
     */
    static StoreException ofCommit(SQLException e) {
        if ((e.getErrorCode() & PRIMARY) != IOERR) {
            return of("committing", e);
        }
        return new StoreException(
                Kind.UNKNOWN_OUTCOME,
                "The disk answered a commit with an error, so it is not known whether the write"
                        + " will be there after the next start; look at the system's log.",
                e);
    }

    /** The failure of a load; a row that may stand once alone and came twice is damage. */
    static StoreException ofLoad(Path file, SQLException e) {
        if ((e.getErrorCode() & PRIMARY) != CONSTRAINT) {
            return of("loading " + file, e);
        }
        return new StoreException(
                Kind.CORRUPT,
                "What is loaded contradicts itself: two changes claim to be an entity's newest, or"
                        + " two entities share what may be there once; run `rocket verify` on the"
                        + " store that it comes from.",
                e);
    }

    private static Meaning unknown(SQLException e) {
        return new Meaning(Kind.UNAVAILABLE, "SQLite answered with code " + e.getErrorCode());
    }

    /** Whether the engine may have ended the whole transaction by itself. */
    static boolean endsTransaction(SQLException e) {
        int code = e.getErrorCode() & PRIMARY;
        return code == FULL || code == IOERR || code == CORRUPT || code == BUSY || code == 7;
    }
}
