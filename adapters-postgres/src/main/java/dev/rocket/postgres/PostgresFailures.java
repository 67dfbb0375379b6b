package dev.rocket.postgres;

import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the server's SQLSTATE codes mean.
 *
 * <p>Source: postgresql.org/docs/current/errcodes-appendix.html; the first two characters are the
 * class.
 */
final class PostgresFailures {

    private static final Meaning LOST =
            new Meaning(
                    Kind.UNAVAILABLE,
                    "the database cannot be reached; check that it runs and that the address is"
                            + " right");

    private static final Meaning STRANGER =
            new Meaning(
                    Kind.UNAVAILABLE,
                    "the database does not let this user in; check user and password in"
                            + " ROCKET_DATABASE_URL");

    private static final Meaning REFUSED =
            new Meaning(
                    Kind.UNAVAILABLE,
                    "the database refuses the connection; check user and password in"
                            + " ROCKET_DATABASE_URL, and whether it asks for TLS");

    private static final Meaning POOLER =
            new Meaning(
                    Kind.UNAVAILABLE,
                    "the pooler before the database keeps Rocket out; check that it reaches the"
                            + " database, set pool_mode = transaction in pgbouncer.ini, and take"
                            + " parameters that it does not know out of ROCKET_DATABASE_URL");

    private static final Meaning FULL =
            new Meaning(Kind.FULL, "the database's disk is full; free space and try again");

    private static final Meaning CROWDED =
            new Meaning(
                    Kind.OVERLOADED,
                    "the database takes no more connections; lower ROCKET_POOL or"
                            + " raise its max_connections");

    private static final Meaning DAMAGED =
            new Meaning(
                    Kind.CORRUPT, "the database is damaged; restore the newest verified backup");

    private static final Meaning READ_ONLY =
            new Meaning(
                    Kind.READ_ONLY,
                    "the database takes no writes; name the primary, not a standby, in"
                            + " ROCKET_DATABASE_URL, and see whether its"
                            + " default_transaction_read_only is on");

    private static final Meaning FORBIDDEN =
            new Meaning(
                    Kind.READ_ONLY,
                    "the database's user lacks a right; grant it, or let the owner apply what"
                            + " `rocket schema` prints");

    private static final Meaning BUSY =
            new Meaning(
                    Kind.OVERLOADED,
                    "other transactions held what was needed for too long; try again");

    private static final Meaning MOVED =
            new Meaning(
                    Kind.FOREIGN,
                    "the store was moved to another place while this server ran; start the server"
                            + " on that, as `rocket migrate` printed, or look into the table"
                            + " custody");

    private static final Meaning FOREIGN =
            new Meaning(
                    Kind.FOREIGN,
                    "the schema holds no store of this program and version; see `rocket schema`");

    private static final Map<String, Meaning> MEANINGS =
            Map.ofEntries(
                    Map.entry("53100", FULL),
                    Map.entry("53300", CROWDED),
                    Map.entry("25006", READ_ONLY),
                    Map.entry("40001", BUSY),
                    Map.entry("40P01", BUSY),
                    Map.entry("55P03", BUSY),
                    Map.entry("23505", BUSY),
                    Map.entry("42501", FORBIDDEN),
                    Map.entry(CustodyRow.MOVED, MOVED),
                    Map.entry("3D000", new Meaning(Kind.FOREIGN, "there is no such database")),
                    Map.entry("3F000", FOREIGN),
                    Map.entry("42P01", FOREIGN),
                    Map.entry("42P07", FOREIGN),
                    Map.entry("42703", FOREIGN),
                    Map.entry("57P01", LOST),
                    Map.entry("57P02", LOST),
                    Map.entry("57P03", LOST),
                    Map.entry("08004", REFUSED),
                    Map.entry("08P01", POOLER),
                    Map.entry("08", LOST),
                    Map.entry("28", STRANGER),
                    Map.entry("XX001", DAMAGED),
                    Map.entry("XX002", DAMAGED));

    /** Serialization failure, deadlock, lock not available, and a key that another has just put. */
    private static final Set<String> CONFLICTS = Set.of("40001", "40P01", "55P03", "23505");

    /**
     * What a code means.
     *
     * @param kind the store's word for it
     * @param what happened, and what to do about it
     */
    private record Meaning(Kind kind, String what) {}

    private PostgresFailures() {}

    /** The failure of the store that an exception of the engine stands for. */
    static StoreException of(String doing, SQLException e) {
        Meaning meaning = meaning(state(e));
        return new StoreException(
                meaning.kind(), "While " + doing + ": " + meaning.what() + ".", e);
    }

    /** The failure of a load; a row that may stand once alone and came twice is damage. */
    static StoreException ofLoad(SQLException e) {
        if (!state(e).equals("23505")) {
            return of("loading", e);
        }
        return new StoreException(
                Kind.CORRUPT,
                "What is loaded contradicts itself: two changes claim to be an entity's newest, or"
                        + " two entities share what may be there once; run `rocket verify` on the"
                        + " store that it comes from.",
                e);
    }

    private static Meaning meaning(String state) {
        Meaning exact = MEANINGS.get(state);
        if (exact != null) {
            return exact;
        }
        String family = state.length() < 2 ? "08" : state.substring(0, 2);
        return Optional.ofNullable(MEANINGS.get(family))
                .orElseGet(
                        () ->
                                new Meaning(
                                        Kind.UNAVAILABLE,
                                        "Postgres answered with SQLSTATE "
                                                + state
                                                + "; its log says why"));
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    /** Whether another transaction was in the way, so that the same work may succeed at once. */
    static boolean isConflict(SQLException e) {
        return CONFLICTS.contains(state(e));
    }

    /** Whether the database, or the driver before it, let this login not in. */
    static boolean isRefusal(SQLException e) {
        return state(e).startsWith("28") || state(e).equals("08004");
    }

    /** Whether the connection is of no more use, so that nobody knows what the server still did. */
    static boolean isBroken(SQLException e) {
        String state = state(e);
        return state.startsWith("08") || state.startsWith("57P") || state.isEmpty();
    }
}
