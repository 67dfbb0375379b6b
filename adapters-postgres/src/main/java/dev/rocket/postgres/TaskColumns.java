package dev.rocket.postgres;

import dev.rocket.core.model.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The columns in which two images of one task differ.
 *
 * <p>Each statement goes on from one that appends to the feed, and takes place and image from
 * there; the revision is checked where it is written.
 */
final class TaskColumns {

    /** The columns of a whole row, in order. */
    static final String ROW =
            "id, revision, seq, status, due, priority, position, updated, created, project,"
                    + " assignee, parent, image";

    private final StringBuilder set = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    private TaskColumns(Task before, Task after) {
        is("revision", before.revision().value(), after.revision().value());
        is("status", PostgresRows.status(before.status()), PostgresRows.status(after.status()));
        is("due", PostgresRows.due(before), PostgresRows.due(after));
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
            values.add(PostgresRows.id(after));
        }
    }

    /** Writes what differs, if the row still has the revision of before. */
    static Appended.Step update(Task before, Task after) {
        TaskColumns columns = new TaskColumns(before, after);
        columns.values.add(after.id().value());
        columns.values.add(before.revision().value());
        return new Appended.Step(
                "UPDATE task SET seq = c.seq, image = c.image"
                        + columns.set
                        + " FROM c WHERE task.id = ? AND task.revision = ? RETURNING c.seq",
                columns.values);
    }

    /** Writes a new row. */
    static Appended.Step insert(Task task) {
        return new Appended.Step(
                "INSERT INTO task (seq, image, id, revision, status, due, priority, position,"
                        + " updated, created, project, assignee, parent)"
                        + " SELECT c.seq, c.image, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM c"
                        + " RETURNING seq",
                List.of(
                        task.id().value(),
                        task.revision().value(),
                        PostgresRows.status(task.status()),
                        PostgresRows.due(task),
                        task.priority().rank(),
                        task.position().value(),
                        updated(task),
                        created(task),
                        PostgresRows.id(task.links().project()),
                        PostgresRows.id(task.links().assignee()),
                        PostgresRows.id(task.links().parent())));
    }

    /** A whole row, of a task whose image is told at a place; the values of {@link #ROW}. */
    static List<Object> row(Task task, long seq, String image) {
        return List.of(
                task.id().value(),
                task.revision().value(),
                seq,
                PostgresRows.status(task.status()),
                PostgresRows.due(task),
                task.priority().rank(),
                task.position().value(),
                updated(task),
                created(task),
                PostgresRows.id(task.links().project()),
                PostgresRows.id(task.links().assignee()),
                PostgresRows.id(task.links().parent()),
                image);
    }

    private static long updated(Task task) {
        return task.stamp().updated().toEpochMilli();
    }

    private static long created(Task task) {
        return task.stamp().created().toEpochMilli();
    }
}
