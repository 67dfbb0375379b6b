package dev.rocket.postgres;

import dev.rocket.core.model.Image;
import dev.rocket.core.model.ImageText;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Revision;
import dev.rocket.core.model.Task;
import dev.rocket.core.port.Probe.Flaw;
import dev.rocket.core.port.Probe.Flaw.Part;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with how a schema holds its rows.
 *
 * <p>Tables and indexes must be those that the schema's files make. Every image must be readable,
 * and whatever the indexes need beside it must say the same, the index of words too. It reads all
 * of it, a page at a time, in the transaction that it is lent. The engine's own files are the
 * engine's business.
 */
final class Flaws {

    /** Rows that are read at a time. */
    private static final int PAGE = 1_000;

    private static final UUID FIRST = new UUID(0, 0);

    /** What the change says that a row stands for: nothing when that is its very image. */
    private static final String PLACE =
            "(SELECT CASE WHEN c.image = e.image THEN '' ELSE c.image END"
                    + " FROM change c WHERE c.seq = e.seq AND c.kind = ";

    private static final String LONE_LABELS =
            "SELECT count(*) FROM task_label l"
                    + " WHERE NOT EXISTS (SELECT FROM task t WHERE t.id = l.task)";

    private static final String STRANGE_LABELS =
            "SELECT DISTINCT t.id FROM task_label l JOIN task t ON t.id = l.task"
                    + " WHERE position(l.label::text IN t.image) = 0 LIMIT ?";

    private static final String LONE_WORDS =
            "SELECT count(*) FROM task_words w"
                    + " WHERE NOT EXISTS (SELECT FROM task t WHERE t.id = w.task)";

    private final Statements sql;
    private final int most;
    private final LongConsumer progress;
    private final List<Flaw> found = new ArrayList<>();
    private long looked;
    private final List<UUID> labels = new ArrayList<>();
    private final List<UUID> labelled = new ArrayList<>();
    private long listed;
    private boolean isFeedRead;

    /** Looks for that many at most; tells how many rows it has looked at. */
    Flaws(Statements statements, int most, LongConsumer progress) {
        this.sql = statements;
        this.most = most;
        this.progress = progress;
    }

    /**
     * All of them.
     *
     * @param unlike how the schema differs from what its files make
     */
    List<Flaw> find(List<Shape.Unlike> unlike) {
        unlike.forEach(one -> tell(one.table() ? Part.ENTITY : Part.INDEX, one.what()));
        if (unlike.stream().noneMatch(Shape.Unlike::table)) {
            rows();
        }
        return List.copyOf(found);
    }

    private void rows() {
        walk(
                0L,
                this::change,
                "SELECT seq, kind, image FROM change WHERE seq > ? ORDER BY seq LIMIT " + PAGE);
        isFeedRead = found.stream().allMatch(flaw -> flaw.part() == Part.INDEX);
        for (Image.Kind kind : Image.Kind.values()) {
            walk(
                    FIRST,
                    row -> gone(kind, row),
                    "SELECT id, revision, (SELECT image FROM change c WHERE c.seq = e.seq)"
                            + " FROM gone e WHERE kind = '"
                            + kind.wire()
                            + "' AND id > ? ORDER BY id LIMIT "
                            + PAGE);
            entities(kind);
        }
        walk(
                FIRST,
                this::task,
                "SELECT id, image, revision, status, due, priority, position, updated, created,"
                        + " project, assignee, parent,"
                        + words(TaskWords.Part.TITLE)
                        + ","
                        + words(TaskWords.Part.NOTES)
                        + ","
                        + PLACE
                        + "'task') FROM task e WHERE id > ? ORDER BY id LIMIT "
                        + PAGE);
        strangeLabels();
        lone(LONE_LABELS, "labels");
        lone(LONE_WORDS, "words");
    }

    private void entities(Image.Kind kind) {
        walk(
                FIRST,
                row -> entity(kind, row),
                "SELECT id, image, revision, unique_key, owner, "
                        + PLACE
                        + "e.kind) FROM entity e WHERE kind = '"
                        + kind.wire()
                        + "' AND id > ? ORDER BY id LIMIT "
                        + PAGE);
    }

    private void lone(String query, String what) {
        long count = sql.number(query);
        if (count > 0) {
            tell(Part.INDEX, count + " rows of " + what + " belong to tasks that are not there");
        }
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
            labels();
            more = places.size() == PAGE;
            at = more ? places.getLast() : at;
        }
    }

    private void tell(Part part, String flaw) {
        if (found.size() < most) {
            found.add(new Flaw(part, flaw));
        }
    }

    private Optional<Image> read(Part part, String name, String kind, String text) {
        progress.accept(++looked);
        try {
            return Optional.of(ImageText.parse(Image.Kind.parse(kind), text));
        } catch (RuntimeException e) {
            tell(part, name + " cannot be read: " + e.getMessage());
            return Optional.empty();
        }
    }

    private long change(ResultSet row) throws SQLException {
        long seq = row.getLong(1);
        read(Part.FEED, "the change " + seq, row.getString(2), row.getString(3));
        return seq;
    }

    /** What is deleted must be what its change says. */
    private UUID gone(Image.Kind kind, ResultSet row) throws SQLException {
        progress.accept(++looked);
        UUID value = row.getObject(1, UUID.class);
        Image.Id<?> id = kind.id(value);
        String own = ImageText.print(new Image.Gone(id, new Revision(row.getLong(2))));
        String said = row.getString(3);
        same(kind.wire() + " " + id.text(), "deletion", said == null ? "" : said, own);
        return value;
    }

    private UUID entity(Image.Kind kind, ResultSet row) throws SQLException {
        UUID id = row.getObject(1, UUID.class);
        String name = kind.wire() + " " + id;
        Optional<Image> image = read(Part.ENTITY, name, kind.wire(), row.getString(2));
        if (image.isPresent()) {
            place(name, image.get(), row.getString(6));
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
        Optional<Image> image = read(Part.ENTITY, name, Image.Kind.TASK.wire(), row.getString(2));
        if (image.isPresent() && image.get() instanceof Task task) {
            place(name, task, row.getString(15));
            columns(name, row, task);
            links(name, row, task);
        }
        return id;
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
        same(name, "revision", row.getLong(3), task.revision().value());
        same(name, "status", row.getInt(4), PostgresRows.status(task.status()));
        same(name, "due date", row.getString(5), PostgresRows.due(task));
        same(name, "priority", row.getInt(6), task.priority().rank());
        same(name, "position", row.getString(7), task.position().value());
        same(name, "time of change", row.getLong(8), task.stamp().updated().toEpochMilli());
        same(name, "time of birth", row.getLong(9), task.stamp().created().toEpochMilli());
        same(name, "title", texts(row, 13), TaskWords.of(task.title()));
        same(name, "notes", texts(row, 14), TaskWords.of(task.notes()));
    }

    private void links(String name, ResultSet row, Task task) throws SQLException {
        same(name, "project", id(row, 10), PostgresRows.id(task.links().project()));
        same(name, "assignee", id(row, 11), PostgresRows.id(task.links().assignee()));
        same(name, "parent", id(row, 12), PostgresRows.id(task.links().parent()));
        for (Label.Id label : task.links().labels()) {
            labels.add(label.value());
            labelled.add(task.id().value());
        }
    }

    /** The index leads from labels to tasks, so each is looked up there, a page at a time. */
    private void labels() {
        if (labels.isEmpty()) {
            return;
        }
        UUID[] own = labels.toArray(UUID[]::new);
        UUID[] tasks = labelled.toArray(UUID[]::new);
        labels.clear();
        labelled.clear();
        listed += own.length;
        List<UUID> without =
                sql.list(
                        row -> row.getObject(1, UUID.class),
                        "SELECT DISTINCT p.task FROM unnest(?::uuid[], ?::uuid[])"
                                + " AS p (label, task)"
                                + " WHERE NOT EXISTS (SELECT FROM task_label l"
                                + " WHERE l.label = p.label AND l.task = p.task)",
                        own,
                        tasks);
        without.forEach(task -> same("task " + task, "labels", false, true));
    }

    /** What is too much in the index is found by counting, and then looked for. */
    private void strangeLabels() {
        boolean read = found.stream().allMatch(flaw -> flaw.part() == Part.INDEX);
        if (read && sql.number("SELECT count(*) FROM task_label") != listed) {
            sql.list(row -> row.getObject(1, UUID.class), STRANGE_LABELS, most)
                    .forEach(task -> same("task " + task, "labels", false, true));
        }
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
            tell(Part.INDEX, name + " is listed under another " + what + " than it has");
        }
    }
}
