package dev.rocket.postgres;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.ImageText;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Receipt;
import dev.rocket.core.model.Task;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The rows of a store that is loaded, each on its way into its table. */
final class LoadedRows {

    private final CopyRows changes;
    private final CopyRows receipts;
    private final CopyRows tasks;
    private final CopyRows labels;
    private final CopyRows words;
    private final CopyRows entities;
    private final CopyRows gone;

    LoadedRows(Connection connection) {
        changes = new CopyRows(connection, "change", PostgresRows.CHANGE);
        receipts = new CopyRows(connection, "receipt", "caller, word, fingerprint, at, changes");
        tasks = new CopyRows(connection, "task", TaskColumns.ROW);
        labels = new CopyRows(connection, "task_label", "label, task");
        words = new CopyRows(connection, "task_words", "task, part, words");
        entities =
                new CopyRows(
                        connection, "entity", "kind, id, revision, seq, unique_key, owner, image");
        gone = new CopyRows(connection, "gone", "kind, id, revision, seq");
    }

    /** An entry of the feed. */
    void change(Change change) throws SQLException {
        changes.add(
                List.of(
                        change.seq().value(),
                        change.prev().value(),
                        change.at().toEpochMilli(),
                        change.actor().id(),
                        change.actor().name(),
                        change.cause(),
                        change.image().id().kind().wire(),
                        ImageText.print(change.image())));
    }

    /** A remembered answer. */
    void receipt(Receipt receipt) throws SQLException {
        receipts.add(
                List.of(
                        receipt.key().caller(),
                        receipt.key().word(),
                        receipt.fingerprint(),
                        receipt.at().toEpochMilli(),
                        PostgresRows.places(receipt)));
    }

    /** An entity as its newest change, at a place, has it. */
    void entity(long seq, Image image, String text) throws SQLException {
        switch (image) {
            case Image.Gone end ->
                    gone.add(
                            List.of(
                                    end.id().kind().wire(),
                                    end.id().value(),
                                    end.revision().value(),
                                    seq));
            case Task task -> task(seq, task, text);
            case Image other ->
                    entities.add(
                            List.of(
                                    other.id().kind().wire(),
                                    other.id().value(),
                                    other.revision().value(),
                                    seq,
                                    other.uniqueKey(),
                                    PostgresRows.id(other.owner()),
                                    text));
        }
    }

    private void task(long seq, Task task, String text) throws SQLException {
        tasks.add(TaskColumns.row(task, seq, text));
        for (Label.Id label : task.links().labels()) {
            labels.add(List.of(label.value(), task.id().value()));
        }
        for (TaskWords.Part part : TaskWords.Part.values()) {
            List<Object> row = TaskWords.row(task.id().value(), part, part.of(task));
            if (!row.isEmpty()) {
                words.add(row);
            }
        }
    }

    /** Sends what is gathered for any table. */
    void send() throws SQLException {
        for (CopyRows table : List.of(changes, receipts, tasks, labels, words, entities, gone)) {
            table.send();
        }
    }
}
