package dev.rocket.postgres;

/**
 * Changes that keep the places they have, in one transaction.
 *
 * <p>It is alone: nobody else may take a place while places are given. The sequence is brought
 * behind them once, at the end, and not again for each.
 */
final class Replay {

    private final Statements sql;
    private final Gates gates;
    private boolean begun;
    private boolean ahead;

    Replay(Statements statements, Gates gates) {
        this.sql = statements;
        this.gates = gates;
    }

    /** Whether a change kept its place. */
    boolean isBegun() {
        return begun;
    }

    /** Begins, once nobody else writes. */
    void begin() {
        if (!begun) {
            gates.closeAll(sql);
            CustodyRow.replay(sql);
            begun = true;
        }
    }

    /**
     * A change is to keep its place.
     *
     * @param end the last place of the feed
     * @throws IllegalArgumentException when the place is not after the end
     */
    void keep(long seq, long end) {
        if (seq <= end) {
            throw new IllegalArgumentException("the place " + seq + " is not after " + end);
        }
        ahead = true;
    }

    /** Has the sequence give places behind the last that was kept, before it is asked for one. */
    void catchUp(long end) {
        if (ahead) {
            ahead = false;
            sql.first(
                    row -> row.getLong(1),
                    "SELECT setval('change_seq', ?) FROM change_seq WHERE last_value < ?",
                    end,
                    end);
        }
    }
}
