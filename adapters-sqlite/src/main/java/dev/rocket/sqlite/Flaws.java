package dev.rocket.sqlite;

import dev.rocket.core.model.Image;
import dev.rocket.core.model.ImageText;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.Words;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with how a file holds its rows.
 *
 * <p>The engine checks its own pages and indexes. Then every image must be readable, and whatever
 * the indexes need beside a task's image must say the same as that. It reads the whole file, in the
 * read transaction that it is lent.
 */
final class Flaws {

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
        // A search makes the engine look at the index of words anew; the check alone would compare
        // it with what this connection remembers, and call what others changed damaged.
        sql.number("SELECT count(*) FROM task_words WHERE task_words MATCH ?", "a");
        sql.list(row -> row.getString(1), "PRAGMA integrity_check(" + most + ")").stream()
                .filter(said -> !said.equals("ok"))
                .forEach(said -> tell("the file is damaged: " + said));
        if (found.isEmpty()) {
            sql.each(this::change, "SELECT seq, kind, image FROM change ORDER BY seq");
            sql.each(this::entity, "SELECT kind, id, image, revision, unique_key FROM entity");
            sql.each(
                    this::task,
                    "SELECT id, image, row, revision, status, due, priority, position, updated,"
                            + " created, project, assignee, parent, title_words, notes_words"
                            + " FROM task");
        }
        return List.copyOf(found);
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

    private void change(ResultSet row) throws SQLException {
        read("the change " + row.getLong(1), row.getString(2), row.getString(3));
    }

    private void entity(ResultSet row) throws SQLException {
        String kind = row.getString(1);
        String name = kind + " " + SqliteRows.uuid(row.getBytes(2));
        Optional<Image> image = read(name, kind, row.getString(3));
        if (image.isPresent()) {
            Optional<String> key = Optional.ofNullable(row.getString(5));
            same(name, "revision", row.getLong(4), image.get().revision().value());
            same(name, "unique key", key, image.get().uniqueKey());
        }
    }

    private void task(ResultSet row) throws SQLException {
        String name = "task " + SqliteRows.uuid(row.getBytes(1));
        Optional<Image> image = read(name, Image.Kind.TASK.wire(), row.getString(2));
        if (image.isPresent() && image.get() instanceof Task task) {
            columns(name, row, task);
            links(name, row, task);
        }
    }

    private void columns(String name, ResultSet row, Task task) throws SQLException {
        same(name, "revision", row.getLong(4), task.revision().value());
        same(name, "status", row.getInt(5), SqliteRows.status(task.status()));
        same(name, "due date", row.getString(6), SqliteRows.due(task));
        same(name, "priority", row.getInt(7), task.priority().rank());
        same(name, "position", row.getString(8), task.position().value());
        same(name, "time of change", row.getLong(9), task.stamp().updated().toEpochMilli());
        same(name, "time of birth", row.getLong(10), task.stamp().created().toEpochMilli());
        same(name, "title", row.getString(14), Words.in(task.title()));
        same(name, "notes", row.getString(15), Words.in(task.notes()));
    }

    private void links(String name, ResultSet row, Task task) throws SQLException {
        same(name, "project", text(row.getBytes(11)), text(SqliteRows.id(task.links().project())));
        same(
                name,
                "assignee",
                text(row.getBytes(12)),
                text(SqliteRows.id(task.links().assignee())));
        same(name, "parent", text(row.getBytes(13)), text(SqliteRows.id(task.links().parent())));
        TreeSet<String> listed = new TreeSet<>();
        listed.addAll(
                sql.list(
                        label -> text(label.getBytes(1)),
                        "SELECT label FROM task_label WHERE task = ?",
                        row.getLong(3)));
        TreeSet<String> own = new TreeSet<>();
        task.links().labels().forEach(id -> own.add(text(Statements.bytes(id.value()))));
        same(name, "labels", listed, own);
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : Arrays.toString(bytes);
    }

    private static String text(Optional<byte[]> bytes) {
        return bytes.map(Arrays::toString).orElse("");
    }

    private void same(String name, String what, Object indexed, Object own) {
        if (!indexed.equals(own)) {
            tell(name + " is listed under another " + what + " than it has");
        }
    }
}
