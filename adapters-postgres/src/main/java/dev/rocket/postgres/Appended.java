package dev.rocket.postgres;

import dev.rocket.core.model.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A statement that appends to the feed, and in the same breath does one step more.
 *
 * <p>The order inside it is what the feed's readers stand on: first the transaction gets its id and
 * shares the gate of the change's kind, then the place is taken, then the rows are written. So
 * whoever holds a place has had a transaction id from before it was taken, and a gate that somebody
 * else holds alone keeps all places of its kind from being taken. No place is given before the
 * {@link Era} is known to last.
 */
final class Appended {

    private static final String FEED =
            "WITH x AS MATERIALIZED (SELECT pg_current_xact_id() AS id,"
                    + " pg_advisory_xact_lock_shared(?) AS gate),"
                    + " c AS (INSERT INTO change ("
                    + PostgresRows.CHANGE
                    + ") SELECT %s, ?, ?, ?, ?, ?, ?, ? FROM x WHERE x.id IS NOT NULL%s"
                    + " RETURNING seq, image) ";

    private static final String NEXT =
            String.format(FEED, "nextval('change_seq')", " AND " + Era.LASTS);
    private static final String NUMBERED = String.format(FEED, "?", "");

    /**
     * What follows in the same statement; it may name the new row of the feed as {@code c}.
     *
     * @param sql gives the place; nothing when a row had not the revision that was expected
     * @param values in the order of the question marks
     */
    record Step(String sql, List<Object> values) {}

    private Appended() {}

    /**
     * Appends a change, at its place when it has one.
     *
     * @param gate of its kind
     * @param text its image
     * @return its place; empty when the step found nothing to do
     */
    static Optional<Long> run(
            Statements statements, long gate, Change change, String text, Step step) {
        List<Object> values = new ArrayList<>();
        values.add(gate);
        if (!change.isDraft()) {
            values.add(change.seq().value());
        }
        values.addAll(
                List.of(
                        change.prev().value(),
                        change.at().toEpochMilli(),
                        change.actor().id(),
                        change.actor().name(),
                        change.cause(),
                        change.image().id().kind().wire(),
                        text));
        values.addAll(step.values());
        String sql = (change.isDraft() ? NEXT : NUMBERED) + step.sql();
        Optional<Long> place = statements.first(row -> row.getLong(1), sql, values.toArray());
        if (place.isEmpty() && change.isDraft() && Era.isOver(statements)) {
            Era.begin(statements);
            place = statements.first(row -> row.getLong(1), sql, values.toArray());
        }
        return place;
    }
}
