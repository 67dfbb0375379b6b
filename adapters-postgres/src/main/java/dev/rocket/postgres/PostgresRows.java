package dev.rocket.postgres;

import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.ImageText;
import dev.rocket.core.model.Receipt;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskOrder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Rows as values, and values as rows. */
final class PostgresRows {

    /** The columns that {@link #change} reads, in order. */
    static final String CHANGE = "seq, prev, at, actor_id, actor_name, cause, kind, image";

    private static final String REPLACED =
            " ON CONFLICT (caller, word) DO UPDATE SET fingerprint = excluded.fingerprint,"
                    + " at = excluded.at, changes = excluded.changes";

    private PostgresRows() {}

    /** A change from the columns {@link #CHANGE}. */
    static Change change(ResultSet row) throws SQLException {
        Image.Kind kind = Image.Kind.parse(row.getString(7));
        return new Change(
                new Seq(row.getLong(1)),
                new Seq(row.getLong(2)),
                Instant.ofEpochMilli(row.getLong(3)),
                new Actor(row.getString(4), row.getString(5)),
                row.getString(6),
                ImageText.parse(kind, row.getString(8)));
    }

    /** A receipt from fingerprint, instant and places. */
    static Receipt receipt(Receipt.Key key, ResultSet row) throws SQLException {
        List<Seq> places =
                Arrays.stream(row.getString(3).split(",", -1))
                        .filter(place -> !place.isEmpty())
                        .map(place -> new Seq(Long.parseLong(place)))
                        .toList();
        return new Receipt(key, row.getString(1), Instant.ofEpochMilli(row.getLong(2)), places);
    }

    /** What writes a receipt; in place of another when there is one, and that may be replaced. */
    static Appended.Part put(Receipt receipt, boolean replaces) {
        return Appended.Part.of(
                "INSERT INTO receipt (caller, word, fingerprint, at, changes) VALUES (?,?,?,?,?)"
                        + (replaces ? REPLACED : ""),
                receipt.key().caller(),
                receipt.key().word(),
                receipt.fingerprint(),
                receipt.at().toEpochMilli(),
                places(receipt));
    }

    /** A receipt from fingerprint, instant, places, caller and word. */
    static Receipt receipt(ResultSet row) throws SQLException {
        return receipt(new Receipt.Key(row.getString(4), row.getString(5)), row);
    }

    /** The places of a receipt as text. */
    static String places(Receipt receipt) {
        return receipt.changes().stream()
                .map(seq -> Long.toString(seq.value()))
                .collect(Collectors.joining(","));
    }

    /** A due date's column. */
    static String due(Task task) {
        return TaskOrder.DUE.key(task);
    }

    /** A status's column; kept for ever. */
    static int status(dev.rocket.core.model.Status status) {
        return switch (status) {
            case OPEN -> 0;
            case IN_PROGRESS -> 1;
            case DONE -> 2;
            case CANCELLED -> 3;
        };
    }

    /** An id's column, when there is an id. */
    static Optional<UUID> id(Optional<? extends Image.Id<?>> id) {
        return id.map(Image.Id::value);
    }
}
