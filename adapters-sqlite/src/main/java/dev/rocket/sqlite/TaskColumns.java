package dev.rocket.sqlite;

import dev.rocket.core.model.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The columns in which two images of one task differ.
 *
 * <p>An index is rewritten whenever a statement names one of its columns, changed or not; so an
 * update names those alone that change.
 */
final class TaskColumns {

    /** Runs a statement that writes. */
    interface Run {
        int write(String sql, Object... values);
    }

    /** What a new row holds beside the task's own values. */
    record Texts(long seq, String title, String notes, String image) {}

    private final StringBuilder set = new StringBuilder("UPDATE task SET seq = ?, image = ?");
    private final List<Object> values = new ArrayList<>();

    TaskColumns(Task before, Task after) {
        is("revision", before.revision().value(), after.revision().value());
        is("status", SqliteRows.status(before.status()), SqliteRows.status(after.status()));
        is("due", SqliteRows.due(before), SqliteRows.due(after));
        is("priority", before.priority().rank(), after.priority().rank());
        is("position", before.position().value(), after.position().value());
        is("updated", updated(before), updated(after));
        is("created", created(before), created(after));
        id("project", before.links().project(), after.links().project());
        id("assignee", before.links().assignee(), after.links().assignee());
        id("parent", before.links().parent(), after.links().parent());
    }

    private void is(String column, Object before, Object after) {
        if (!before.equals(after)) {
            set.append(", ").append(column).append(" = ?");
            values.add(after);
        }
    }

    private <I extends dev.rocket.core.model.Image.Id<?>> void id(
            String column, Optional<I> before, Optional<I> after) {
        if (!before.equals(after)) {
            set.append(", ").append(column).append(" = ?");
            values.add(SqliteRows.id(after));
        }
    }

    /** Keeps the words of a text that differs, as they are indexed. */
    void words(WordIndex.Part part, String words) {
        set.append(", ").append(part.column()).append(" = ?");
        values.add(words);
    }

    /** Writes what differs to a row. */
    void update(Run run, long row, long seq, String image) {
        values.add(0, seq);
        values.add(1, image);
        values.add(row);
        run.write(set.append(" WHERE row = ?").toString(), values.toArray());
    }

    /** Writes a new row, numbered by the task's first place in the feed, with its words. */
    static void insert(Run run, Task task, Texts texts) {
        run.write(
                "INSERT INTO task (row, id, revision, seq, status, due, priority, position,"
                        + " updated, created, project, assignee, parent, title_words, notes_words,"
                        + " image)"
                        + " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                texts.seq(),
                Statements.bytes(task.id().value()),
                task.revision().value(),
                texts.seq(),
                SqliteRows.status(task.status()),
                SqliteRows.due(task),
                task.priority().rank(),
                task.position().value(),
                updated(task),
                created(task),
                SqliteRows.id(task.links().project()),
                SqliteRows.id(task.links().assignee()),
                SqliteRows.id(task.links().parent()),
                texts.title(),
                texts.notes(),
                texts.image());
    }

    private static long updated(Task task) {
        return task.stamp().updated().toEpochMilli();
    }

    private static long created(Task task) {
        return task.stamp().created().toEpochMilli();
    }
}
