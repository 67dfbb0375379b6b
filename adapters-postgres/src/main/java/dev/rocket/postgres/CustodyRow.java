package dev.rocket.postgres;

import dev.rocket.core.port.Custody;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * The row that says which of two stores is in charge, and the bar behind it.
 *
 * <p>Other servers do not look at the row before they write. So with the mark that the store was
 * moved comes a trigger on the feed, which lets replay in and nobody else.
 */
final class CustodyRow {

    /** The schema that has its table. */
    private static final int SINCE = 2;

    /** What the trigger raises. */
    static final String MOVED = "RK001";

    private static final String BAR =
            "CREATE OR REPLACE FUNCTION custody_bar() RETURNS trigger LANGUAGE plpgsql AS $bar$"
                    + " BEGIN"
                    + " IF coalesce(current_setting('rocket.replay', true), '') <> 'on' THEN"
                    + " RAISE EXCEPTION 'the store was moved' USING ERRCODE = '"
                    + MOVED
                    + "'; END IF; RETURN NULL; END $bar$";

    private CustodyRow() {}

    /** What is written; empty when the store was never moved, or is older than such moves. */
    static Optional<Custody> read(Statements sql) {
        if (sql.number("SELECT version FROM rocket") < SINCE) {
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

    /** Writes it, over what was there, once nobody else is about to commit a change. */
    static void write(Statements sql, Custody custody) {
        sql.run("LOCK TABLE change IN SHARE ROW EXCLUSIVE MODE");
        sql.run(
                "INSERT INTO custody (one, state, other, at) VALUES (1, ?, ?, ?)"
                        + " ON CONFLICT (one) DO UPDATE SET state = excluded.state,"
                        + " other = excluded.other, at = excluded.at",
                custody.state().name().toLowerCase(Locale.ROOT),
                custody.other(),
                custody.at().toEpochMilli());
        if (custody.state() == Custody.State.MOVED) {
            sql.run(BAR);
            sql.run(
                    "CREATE OR REPLACE TRIGGER custody_bar BEFORE INSERT ON change"
                            + " FOR EACH STATEMENT EXECUTE FUNCTION custody_bar()");
        } else if (isBarred(sql)) {
            sql.run("DROP TRIGGER custody_bar ON change");
        }
    }

    private static boolean isBarred(Statements sql) {
        return sql.number(
                        "SELECT count(*) FROM pg_trigger WHERE tgname = 'custody_bar'"
                                + " AND tgrelid = 'change'::regclass")
                > 0;
    }

    /** Has the rest of the transaction count as replay. */
    static void replay(Statements sql) {
        sql.run("SET LOCAL rocket.replay = 'on'");
    }
}
