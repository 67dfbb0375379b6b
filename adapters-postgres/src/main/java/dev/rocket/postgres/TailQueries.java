package dev.rocket.postgres;

/**
 * What the follower of the feed asks, outside transactions.
 *
 * <p>It names the schema, since a pooler may lend it another session for each question.
 *
 * @param first who runs, and the last place that is filled
 * @param look who runs, and the filled places behind one
 * @param owners the ids of transactions that hold the lock which every append takes before its
 *     place; 32 bits of them are all that the server tells
 */
record TailQueries(String first, String look, String owners) {

    /** For a schema, looking at so many places at a time. */
    TailQueries(String schema, int many) {
        this(
                "SELECT pg_current_snapshot()::text, ARRAY(SELECT max(seq) FROM "
                        + schema
                        + ".change WHERE seq > ?)",
                "SELECT pg_current_snapshot()::text, ARRAY(SELECT seq FROM "
                        + schema
                        + ".change WHERE seq > ? ORDER BY seq LIMIT "
                        + many
                        + ")",
                "SELECT t.transactionid::text FROM pg_locks f JOIN pg_locks t"
                        + " ON t.virtualtransaction = f.virtualtransaction"
                        + " WHERE f.locktype = 'relation' AND f.relation = '"
                        + schema
                        + ".change'::regclass"
                        + " AND f.database = (SELECT oid FROM pg_database"
                        + " WHERE datname = current_database())"
                        + " AND f.mode = 'RowExclusiveLock' AND f.granted"
                        + " AND t.locktype = 'transactionid' AND t.mode = 'ExclusiveLock'"
                        + " AND t.granted");
    }
}
