package dev.rocket.postgres;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Task;
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
    private static final String NEW =
            " AND NOT EXISTS (SELECT 1 FROM %1$s WHERE id = ?)"
                    + " AND NOT EXISTS (SELECT 1 FROM gone WHERE kind = ? AND id = ?)";
    private static final String BIRTH =
            String.format(FEED, "nextval('change_seq')", " AND " + Era.LASTS + NEW);
    private static final String NUMBERED_BIRTH = String.format(FEED, "?", NEW);

    /**
     * What follows in the same statement; it may name the new row of the feed as {@code c}.
     *
     * @param sql gives the place; nothing when a row had not the revision that was expected
     * @param values in the order of the question marks
     */
    record Step(String sql, List<Object> values) {

        /** The same, and all the parts with it. */
        Step with(List<Part> parts) {
            StringBuilder all = new StringBuilder();
            List<Object> bound = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++) {
                all.append(", p").append(i).append(" AS (").append(parts.get(i).sql()).append(") ");
                bound.addAll(parts.get(i).values());
            }
            bound.addAll(values);
            return new Step(all + sql, bound);
        }
    }

    /**
     * A statement that writes beside the step, and may be run twice.
     *
     * @param sql that could stand alone
     * @param values in the order of the question marks
     */
    record Part(String sql, List<Object> values) {

        /** Of a statement with these values. */
        static Part of(String sql, Object... values) {
            return new Part(sql, List.of(values));
        }
    }

    private Appended() {}

    /**
     * Appends a change, at its place when it has one.
     *
     * @param gate of its kind
     * @param text its image
     * @return its place; empty when the step found nothing to do
     * @throws Conflict when it is the first, and its entity was there meanwhile
     */
    static Optional<Long> run(
            Statements statements, long gate, Change change, String text, Step step) {
        List<Object> values = values(gate, change, text);
        values.addAll(step.values());
        String sql = (change.isDraft() ? NEXT : NUMBERED) + step.sql();
        Optional<Long> place = statements.first(row -> row.getLong(1), sql, values.toArray());
        if (place.isEmpty() && change.isDraft() && Era.isOver(statements)) {
            Era.begin(statements);
            place = statements.first(row -> row.getLong(1), sql, values.toArray());
        }
        if (place.isPresent() && change.isDraft() && change.prev().equals(Seq.START)) {
            checkNeverGone(statements, change.image().id());
        }
        return place;
    }

    /**
     * Appends the first change of an entity that is not there and never was, in one statement.
     *
     * <p>At its place when it has one; nobody else gives places then.
     *
     * @return its place; empty when it is or was there, or a new {@link Era} has begun
     * @throws Conflict when it was there meanwhile
     */
    static Optional<Long> birth(
            Statements statements, long gate, Change change, String text, Step step) {
        Image.Id<?> id = change.image().id();
        List<Object> values = values(gate, change, text);
        values.addAll(List.of(id.value(), id.kind().wire(), id.value()));
        values.addAll(step.values());
        String table = id instanceof Task.Id ? "task" : "entity";
        String birth = change.isDraft() ? BIRTH : NUMBERED_BIRTH;
        String sql = String.format(birth, table) + step.sql();
        Optional<Long> place = statements.first(row -> row.getLong(1), sql, values.toArray());
        if (place.isPresent() && change.isDraft()) {
            checkNeverGone(statements, id);
        }
        return place;
    }

    /**
     * Looks once more, after a birth, whether the entity was there before.
     *
     * <p>A birth waits for another one of the same id that is open. When that was committed, and
     * the entity deleted again before this one went on, its row no longer stands in the way, and
     * the statement's own look was before both. Nobody can delete it from here on.
     *
     * @throws Conflict when it was
     */
    private static void checkNeverGone(Statements statements, Image.Id<?> id) {
        String look = "SELECT count(*) FROM gone WHERE kind = ? AND id = ?";
        if (statements.number(look, id.kind().wire(), id.value()) > 0) {
            throw new Conflict("what is new was there already, and has gone");
        }
    }

    private static List<Object> values(long gate, Change change, String text) {
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
        return values;
    }
}
