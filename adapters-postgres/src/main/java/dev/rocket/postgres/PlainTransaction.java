package dev.rocket.postgres;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.ImageText;
import dev.rocket.core.model.Receipt;
import dev.rocket.core.model.Refusal;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Revision;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Task;
import dev.rocket.core.port.Custody;
import dev.rocket.core.port.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One transaction as anybody would write it, with the next place from a counter row.
 *
 * <p>It runs the statements that {@link PostgresTransaction} runs for the same change, each by
 * itself. The counter is taken as late as can be, since everybody else waits for it from then until
 * the commit.
 */
final class PlainTransaction extends PostgresSnapshot implements Transaction {

    /** Makes the counter. */
    static final String COUNTER =
            "CREATE TABLE IF NOT EXISTS counter AS SELECT coalesce(max(seq), 0) AS n FROM change";

    private final Statements sql;
    private final Map<Image.Id<?>, Optional<Held>> seen = new HashMap<>();
    private long place;
    private int depth;

    PlainTransaction(Statements statements) {
        super(statements, new Sight.Whole());
        this.sql = statements;
    }

    /** The place of the last change; 0 when it made none. */
    long place() {
        return place;
    }

    @Override
    public Seq seq() {
        return new Seq(sql.number("SELECT max(seq) FROM change"));
    }

    @Override
    public <I extends Image> Optional<I> find(Image.Id<I> id) {
        return held(id).flatMap(Held::image).map(id.type()::cast);
    }

    /** An entity, locked; read at most once. */
    private Optional<Held> held(Image.Id<?> id) {
        return seen.computeIfAbsent(id, this::read);
    }

    private Optional<Held> read(Image.Id<?> id) {
        Image.Kind kind = id.kind();
        return id instanceof Task.Id
                ? sql.first(
                        row -> Held.image(kind, row),
                        "SELECT seq, image FROM task WHERE id = ? FOR UPDATE",
                        id.value())
                : sql.first(
                        row -> Held.image(kind, row),
                        "SELECT seq, image FROM entity WHERE kind = ? AND id = ? FOR UPDATE",
                        kind.wire(),
                        id.value());
    }

    @Override
    public Change apply(Change change) {
        Image image = change.image();
        Optional<Held> held = held(image.id());
        Optional<Revision> current = held.map(Held::revision);
        if (!image.revision().equals(current.map(Revision::next).orElse(Revision.FIRST))) {
            throw new Refused(new Refusal.Stale(image.id(), current.orElse(Revision.FIRST)));
        }
        for (Appended.Part part : TaskIndex.parts(image, held)) {
            sql.run(part.sql(), part.values().toArray());
        }
        place = sql.number("UPDATE counter SET n = n + 1 RETURNING n");
        Change placed = change.placed(new Seq(place), new Seq(held.map(Held::seq).orElse(0L)));
        String text = ImageText.print(image);
        append(placed, text);
        Appended.Step step = EntityRows.step(image, held, false);
        List<Object> values = new ArrayList<>(List.of(place, text));
        values.addAll(step.values());
        sql.first(
                row -> row.getLong(1),
                "WITH c AS (SELECT ?::bigint AS seq, ?::text AS image) " + step.sql(),
                values.toArray());
        seen.put(image.id(), Optional.of(new Held(image.revision(), place, Optional.of(image))));
        return placed;
    }

    private void append(Change placed, String text) {
        sql.run(
                "INSERT INTO change (" + PostgresRows.CHANGE + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                place,
                placed.prev().value(),
                placed.at().toEpochMilli(),
                placed.actor().id(),
                placed.actor().name(),
                placed.cause(),
                placed.image().id().kind().wire(),
                text);
    }

    @Override
    public void remember(Receipt receipt) {
        Appended.Part put = PostgresRows.put(receipt, false);
        sql.run(put.sql(), put.values().toArray());
    }

    /** Forgets none: the schema does not last as long. */
    @Override
    public int forget(Old old) {
        return 0;
    }

    @Override
    public void custody(Custody custody) {
        CustodyRow.write(sql, custody);
    }

    @Override
    public <T> T attempt(Supplier<? extends T> work) {
        String name = "s" + depth++;
        try {
            return sql.attempt(name, work, seen::clear);
        } finally {
            depth--;
        }
    }
}
