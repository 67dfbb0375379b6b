package dev.rocket.postgres;

import dev.rocket.core.model.Image;
import dev.rocket.core.model.ImageText;
import dev.rocket.core.model.Task;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What is wrong with how a schema holds its rows.
 *
 * <p>Every image must be readable, and whatever the indexes need beside it must say the same. It
 * reads all of it, a page at a time, in the transaction that it is lent. The engine's own files are
 * the engine's business.
 */
final class Flaws {

    /** Rows that are read at a time. */
    private static final int PAGE = 1_000;

    private static final UUID FIRST = new UUID(0, 0);

    private final Statements sql;
    private final int most;
    private final List<String> found = new ArrayList<>();

    /** Looks for that many at most. */
    Flaws(Statements statements, int most) {
        this.sql = statements;
        this.most = most;
    }

    /** Each in a sentence that names it. */
    List<String> find() {
        walk(
                0L,
                this::change,
                "SELECT seq, kind, image FROM change WHERE seq > ? ORDER BY seq LIMIT " + PAGE);
        for (Image.Kind kind : Image.Kind.values()) {
            walk(
                    FIRST,
                    row -> entity(kind, row),
                    "SELECT id, image, revision, unique_key, owner FROM entity WHERE kind = '"
                            + kind.wire()
                            + "' AND id > ? ORDER BY id LIMIT "
                            + PAGE);
        }
        walk(
                FIRST,
                this::task,
                "SELECT id, image, revision, status, due, priority, position, updated, created,"
                        + " project, assignee, parent,"
                        + " ARRAY(SELECT label::text FROM task_label WHERE task = id),"
                        + words(TaskWords.Part.TITLE)
                        + ","
                        + words(TaskWords.Part.NOTES)
                        + " FROM task WHERE id > ? ORDER BY id LIMIT "
                        + PAGE);
        return List.copyOf(found);
    }

    private static String words(TaskWords.Part part) {
        return " ARRAY(SELECT unnest(tsvector_to_array(words)) FROM task_words"
                + " WHERE task = id AND part = "
                + part.number()
                + ")";
    }

    /** Reads a row and gives the place behind which the next page begins. */
    private interface Reader<P> {
        P read(ResultSet row) throws SQLException;
    }

    private <P> void walk(P from, Reader<P> reader, String query) {
        P at = from;
        boolean more = true;
        while (more && found.size() < most) {
            List<P> places = sql.list(reader::read, query, at);
            more = places.size() == PAGE;
            at = more ? places.getLast() : at;
        }
    }

    private void tell(String flaw) {
        if (found.size() < most) {
            found.add(flaw);
        }
    }

    private Optional<Image> read(String name, String kind, String text) {
        try {
            return Optional.of(ImageText.parse(Image.Kind.parse(kind), text));
        } catch (RuntimeException e) {
            tell(name + " cannot be read: " + e.getMessage());
            return Optional.empty();
        }
    }

    private long change(ResultSet row) throws SQLException {
        long seq = row.getLong(1);
        read("the change " + seq, row.getString(2), row.getString(3));
        return seq;
    }

    private UUID entity(Image.Kind kind, ResultSet row) throws SQLException {
        UUID id = row.getObject(1, UUID.class);
        String name = kind.wire() + " " + id;
        Optional<Image> image = read(name, kind.wire(), row.getString(2));
        if (image.isPresent()) {
            Optional<String> key = Optional.ofNullable(row.getString(4));
            same(name, "revision", row.getLong(3), image.get().revision().value());
            same(name, "unique key", key, image.get().uniqueKey());
            same(name, "owner", id(row, 5), PostgresRows.id(image.get().owner()));
        }
        return id;
    }

    private UUID task(ResultSet row) throws SQLException {
        UUID id = row.getObject(1, UUID.class);
        String name = "task " + id;
        Optional<Image> image = read(name, Image.Kind.TASK.wire(), row.getString(2));
        if (image.isPresent() && image.get() instanceof Task task) {
            columns(name, row, task);
            links(name, row, task);
        }
        return id;
    }

    private void columns(String name, ResultSet row, Task task) throws SQLException {
        same(name, "revision", row.getLong(3), task.revision().value());
        same(name, "status", row.getInt(4), PostgresRows.status(task.status()));
        same(name, "due date", row.getString(5), PostgresRows.due(task));
        same(name, "priority", row.getInt(6), task.priority().rank());
        same(name, "position", row.getString(7), task.position().value());
        same(name, "time of change", row.getLong(8), task.stamp().updated().toEpochMilli());
        same(name, "time of birth", row.getLong(9), task.stamp().created().toEpochMilli());
        same(name, "title", texts(row, 14), TaskWords.of(task.title()));
        same(name, "notes", texts(row, 15), TaskWords.of(task.notes()));
    }

    private void links(String name, ResultSet row, Task task) throws SQLException {
        same(name, "project", id(row, 10), PostgresRows.id(task.links().project()));
        same(name, "assignee", id(row, 11), PostgresRows.id(task.links().assignee()));
        same(name, "parent", id(row, 12), PostgresRows.id(task.links().parent()));
        Set<String> labels = new HashSet<>();
        task.links().labels().forEach(label -> labels.add(label.value().toString()));
        same(name, "labels", texts(row, 13), labels);
    }

    private static Optional<UUID> id(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, UUID.class));
    }

    private static Set<String> texts(ResultSet row, int column) throws SQLException {
        Set<String> texts = new HashSet<>();
        for (Object text : (Object[]) row.getArray(column).getArray()) {
            texts.add(String.valueOf(text));
        }
        return texts;
    }

    private void same(String name, String what, Object indexed, Object own) {
        if (!indexed.equals(own)) {
            tell(name + " is listed under another " + what + " than it has");
        }
    }
}
