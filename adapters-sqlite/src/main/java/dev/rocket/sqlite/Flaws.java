package dev.rocket.sqlite;

import dev.rocket.core.model.Image;
import dev.rocket.core.model.ImageText;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Revision;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.Words;
import dev.rocket.core.port.Probe.Flaw;
import dev.rocket.core.port.Probe.Flaw.Part;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with how a file holds its rows.
 *
 * <p>The engine checks its own pages and indexes, and they must be those that the schema makes.
 * Then every image must be readable, and whatever the indexes need beside an image must say the
 * same as that, the index of words too. It reads the whole file, in the read transaction that it is
 * lent.
 */
final class Flaws {

    /** What the change says that a row stands for: nothing when that is its very image. */
    private static final String PLACE =
            "(SELECT CASE WHEN c.image = e.image THEN '' ELSE c.image END"
                    + " FROM change c WHERE c.seq = e.seq AND c.kind = ";

    private final Statements sql;
    private final int most;
    private final LongConsumer progress;
    private final List<Flaw> found = new ArrayList<>();
    private long looked;
    private boolean isFeedRead;
    private long labels;
    private long lone;

    /** Looks for that many at most; tells how many rows it has looked at. */
    Flaws(Statements statements, int most, LongConsumer progress) {
        this.sql = statements;
        this.most = most;
        this.progress = progress;
    }

    /** All of them. */
    List<Flaw> find() {
        // A search makes the engine look at the index of words anew; the check alone would compare
        // it with what this connection remembers, and call what others changed damaged.
        List<Shape.Unlike> unlike = Shape.unlike(sql);
        unlike.forEach(one -> tell(one.table() ? Part.ENTITY : Part.INDEX, one.what()));
        if (unlike.stream().noneMatch(Shape.Unlike::table)) {
            sql.number("SELECT count(*) FROM task_words WHERE task_words MATCH ?", "a");
            sql.list(row -> row.getString(1), "PRAGMA integrity_check(" + most + ")").stream()
                    .filter(said -> !said.equals("ok"))
                    .forEach(said -> tell(Part.FEED, "the file is damaged: " + said));
            if (isReadable()) {
                rows();
            }
        }
        return List.copyOf(found);
    }

    private void rows() {
        sql.each(this::change, "SELECT seq, kind, image FROM change ORDER BY seq");
        isFeedRead = isReadable();
        sql.each(
                this::entity,
                "SELECT kind, id, image, revision, unique_key, owner, "
                        + PLACE
                        + "e.kind) FROM entity e");
        sql.each(
                this::task,
                "SELECT id, image, row, revision, status, due, priority, position, updated,"
                        + " created, project, assignee, parent, title_words, notes_words, "
                        + PLACE
                        + "'task') FROM task e");
        sql.each(
                this::gone,
                "SELECT kind, id, revision, (SELECT image FROM change WHERE seq = gone.seq)"
                        + " FROM gone WHERE kind <> ''");
        if (isReadable()) {
            labels();
        }
        if (found.isEmpty()) {
            new HeldWords(sql, what -> tell(Part.INDEX, what), this::looked).check();
        }
    }

    private boolean isReadable() {
        return found.stream().allMatch(flaw -> flaw.part() == Part.INDEX);
    }

    private void looked() {
        progress.accept(++looked);
    }

    private void tell(Part part, String flaw) {
        if (found.size() < most) {
            found.add(new Flaw(part, flaw));
        }
    }

    private Optional<Image> read(Part part, String name, String kind, String text) {
        looked();
        try {
            return Optional.of(ImageText.parse(Image.Kind.parse(kind), text));
        } catch (RuntimeException e) {
            tell(part, name + " cannot be read: " + e.getMessage());
            return Optional.empty();
        }
    }

    private void change(ResultSet row) throws SQLException {
        read(Part.FEED, "the change " + row.getLong(1), row.getString(2), row.getString(3));
    }

    /** What is deleted must be what its change says. */
    private void gone(ResultSet row) throws SQLException {
        looked();
        Image.Id<?> id = Image.Kind.parse(row.getString(1)).id(SqliteRows.uuid(row.getBytes(2)));
        String own = ImageText.print(new Image.Gone(id, new Revision(row.getLong(3))));
        same(id.kind().wire() + " " + id.text(), "deletion", text(row.getString(4)), own);
    }

    private void entity(ResultSet row) throws SQLException {
        String kind = row.getString(1);
        String name = kind + " " + SqliteRows.uuid(row.getBytes(2));
        Optional<Image> image = read(Part.ENTITY, name, kind, row.getString(3));
        if (image.isPresent()) {
            place(name, image.get(), row.getString(7));
            Optional<String> key = Optional.ofNullable(row.getString(5));
            same(name, "revision", row.getLong(4), image.get().revision().value());
            same(name, "unique key", key, image.get().uniqueKey());
            same(name, "owner", text(row.getBytes(6)), text(SqliteRows.id(image.get().owner())));
        }
    }

    private void task(ResultSet row) throws SQLException {
        String name = "task " + SqliteRows.uuid(row.getBytes(1));
        Optional<Image> image = read(Part.ENTITY, name, Image.Kind.TASK.wire(), row.getString(2));
        if (image.isPresent() && image.get() instanceof Task task) {
            place(name, task, row.getString(16));
            columns(name, row, task);
            links(name, row, task);
        }
    }

    /** The change that a row stands for may hold another image, but not that of another change. */
    private void place(String name, Image image, @Nullable String told) {
        if (isFeedRead) {
            boolean own = told != null && (told.isEmpty() || isOf(image, told));
            same(name, "place in the feed", own, true);
        }
    }

    private static boolean isOf(Image image, String told) {
        Image there = ImageText.parse(image.id().kind(), told);
        return there.id().equals(image.id()) && there.revision().equals(image.revision());
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
        boolean listed = true;
        for (Label.Id label : task.links().labels()) {
            long found =
                    sql.number(
                            "SELECT count(*) FROM task_label l WHERE l.label = ? AND l.task = ?",
                            Statements.bytes(label.value()),
                            row.getLong(3));
            labels += found;
            listed &= found == 1;
        }
        same(name, "labels", listed, true);
    }

    /** The index leads from labels to tasks, so what is too much in it is found by counting. */
    private void labels() {
        if (sql.number("SELECT count(*) FROM task_label") != labels) {
            sql.each(
                    this::listed,
                    "SELECT l.label, t.id, t.image FROM task_label l"
                            + " LEFT JOIN task t ON t.row = l.task");
        }
        if (lone > 0) {
            tell(Part.INDEX, lone + " rows of labels belong to tasks that are not there");
        }
    }

    private void listed(ResultSet row) throws SQLException {
        looked();
        byte[] id = row.getBytes(2);
        if (id == null) {
            lone++;
            return;
        }
        Label.Id label = new Label.Id(SqliteRows.uuid(row.getBytes(1)));
        Image image = ImageText.parse(Image.Kind.TASK, row.getString(3));
        boolean own = image instanceof Task task && task.links().labels().contains(label);
        same("task " + SqliteRows.uuid(id), "labels", own, true);
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : Arrays.toString(bytes);
    }

    private static String text(Optional<byte[]> bytes) {
        return bytes.map(Arrays::toString).orElse("");
    }

    private void same(String name, String what, Object indexed, Object own) {
        if (!indexed.equals(own)) {
            tell(Part.INDEX, name + " is listed under another " + what + " than it has");
        }
    }
}
