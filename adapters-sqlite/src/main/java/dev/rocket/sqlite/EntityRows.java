package dev.rocket.sqlite;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Receipt;

/** Rows of the feed, of entities and of receipts; tasks have columns of their own. */
final class EntityRows {

    private EntityRows() {}

    /** Appends a change, with its image in print. */
    static void append(TaskColumns.Run run, Change change, String text) {
        run.write(
                "INSERT INTO change (" + SqliteRows.CHANGE + ") VALUES (?,?,?,?,?,?,?,?)",
                change.seq().value(),
                change.prev().value(),
                change.at().toEpochMilli(),
                change.actor().id(),
                change.actor().name(),
                change.cause(),
                change.image().id().kind().wire(),
                text);
    }

    /** Puts an entity that is no task, over its row when it is held. */
    static void put(TaskColumns.Run run, Image image, boolean held, long seq, String text) {
        String statement =
                held
                        ? "UPDATE entity SET revision = ?3, seq = ?4, unique_key = ?5, owner = ?6,"
                                + " image = ?7 WHERE kind = ?1 AND id = ?2"
                        : "INSERT INTO entity (kind, id, revision, seq, unique_key, owner, image)"
                                + " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        run.write(
                statement,
                image.id().kind().wire(),
                Statements.bytes(image.id().value()),
                image.revision().value(),
                seq,
                image.uniqueKey(),
                SqliteRows.id(image.owner()),
                text);
    }

    /** Keeps that an entity was deleted. */
    static void end(TaskColumns.Run run, Image.Gone gone, long seq) {
        run.write(
                "INSERT INTO gone (kind, id, revision, seq) VALUES (?,?,?,?)",
                gone.id().kind().wire(),
                Statements.bytes(gone.id().value()),
                gone.revision().value(),
                seq);
    }

    /** Keeps a receipt, in place of another under the same key. */
    static void remember(TaskColumns.Run run, Receipt receipt) {
        run.write(
                "INSERT OR REPLACE INTO receipt (caller, word, fingerprint, at, changes)"
                        + " VALUES (?,?,?,?,?)",
                receipt.key().caller(),
                receipt.key().word(),
                receipt.fingerprint(),
                receipt.at().toEpochMilli(),
                SqliteRows.places(receipt));
    }
}
