package dev.rocket.sqlite;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.ImageText;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Receipt;
import dev.rocket.core.model.Refusal;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Revision;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.Words;
import dev.rocket.core.port.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The writer's transaction, in which every command of a group has a savepoint.
 *
 * <p>It knows the last place in the feed, since nobody else writes; a savepoint that is rolled back
 * gives its places back.
 */
final class SqliteTransaction extends SqliteSnapshot implements Transaction {

    private final Statements sql;
    private long last;
    private int depth;

    SqliteTransaction(Statements statements) {
        super(statements);
        sql = statements;
        last = super.seq().value();
    }

    @Override
    public Seq seq() {
        return new Seq(last);
    }

    /** Forgets what a rolled back transaction numbered. */
    void rewind(long seq) {
        last = seq;
        depth = 0;
    }

    /** Writes a row that stands for nothing, so that the commit must reach the disk. */
    void touch() {
        sql.run("INSERT OR REPLACE INTO gone (kind, id, revision, seq) VALUES ('', x'', 1, 0)");
    }

    /** What the store holds of an entity now. */
    private record Held(long row, long revision, long seq, String image) {

        static Held read(ResultSet row) throws SQLException {
            return new Held(row.getLong(1), row.getLong(2), row.getLong(3), row.getString(4));
        }
    }

    @Override
    public Change apply(Change change) {
        if (!change.isDraft() && change.seq().value() <= last) {
            throw new IllegalArgumentException(
                    "the place " + change.seq().value() + " is not after " + last);
        }
        Image image = change.image();
        Image.Id<?> id = image.id();
        byte[] bytes = Statements.bytes(id.value());
        Optional<Held> held = held(id, bytes);
        long prev = held.isPresent() ? fits(image, held.get()) : begins(image, bytes);
        checkKey(image, bytes);
        long seq = change.isDraft() ? last + 1 : change.seq().value();
        Change placed = change.placed(new Seq(seq), new Seq(prev));
        String text = ImageText.print(image);
        append(placed, text);
        switch (image) {
            case Image.Gone gone -> end(gone, held, seq, bytes);
            case Task task -> put(task, held, seq, text);
            case Image other -> put(other, held.isPresent(), seq, text);
        }
        last = seq;
        return placed;
    }

    private Optional<Held> held(Image.Id<?> id, byte[] bytes) {
        return id.kind() == Image.Kind.TASK
                ? sql.first(
                        Held::read,
                        "SELECT row, revision, seq, image FROM task WHERE id = ?",
                        bytes)
                : sql.first(
                        Held::read,
                        "SELECT 0, revision, seq, '' FROM entity WHERE kind = ? AND id = ?",
                        id.kind().wire(),
                        bytes);
    }

    private static long fits(Image image, Held held) {
        Revision current = new Revision(held.revision());
        if (!image.revision().equals(current.next())) {
            boolean birth =
                    image.revision().equals(Revision.FIRST) && !(image instanceof Image.Gone);
            Image.Id<?> id = image.id();
            throw new Refused(birth ? new Refusal.Exists(id) : new Refusal.Stale(id, current));
        }
        return held.seq();
    }

    private long begins(Image image, byte[] bytes) {
        String kind = image.id().kind().wire();
        Optional<Held> gone =
                sql.first(
                        Held::read,
                        "SELECT 0, revision, seq, '' FROM gone WHERE kind = ? AND id = ?",
                        kind,
                        bytes);
        long ended = gone.map(Held::revision).orElse(0L);
        if (image instanceof Image.Gone || image.revision().value() <= ended) {
            throw Refused.notFound(image.id());
        }
        if (gone.isPresent()) {
            sql.run("DELETE FROM gone WHERE kind = ? AND id = ?", kind, bytes);
        }
        return gone.map(Held::seq).orElse(0L);
    }

    private void checkKey(Image image, byte[] bytes) {
        Optional<String> key = image.uniqueKey();
        if (key.isPresent()) {
            boolean taken =
                    sql.number(
                                    "SELECT count(*) FROM entity"
                                            + " WHERE kind = ? AND unique_key = ? AND id <> ?",
                                    image.id().kind().wire(),
                                    key.get(),
                                    bytes)
                            > 0;
            if (taken) {
                throw Refused.taken(image);
            }
        }
    }

    private void append(Change change, String text) {
        sql.run(
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

    private void end(Image.Gone gone, Optional<Held> held, long seq, byte[] bytes) {
        String kind = gone.id().kind().wire();
        if (gone.id().kind() == Image.Kind.TASK) {
            Held task = held.orElseThrow();
            Task before = (Task) ImageText.parse(Image.Kind.TASK, task.image());
            for (Label.Id label : before.links().labels()) {
                unlabel(label, task.row());
            }
            sql.run("DELETE FROM task_words WHERE rowid = ?", task.row());
            sql.run("DELETE FROM task WHERE row = ?", task.row());
        } else {
            sql.run("DELETE FROM entity WHERE kind = ? AND id = ?", kind, bytes);
        }
        sql.run(
                "INSERT INTO gone (kind, id, revision, seq) VALUES (?,?,?,?)",
                kind,
                bytes,
                gone.revision().value(),
                seq);
    }

    private void put(Image image, boolean held, long seq, String text) {
        String statement =
                held
                        ? "UPDATE entity SET revision = ?3, seq = ?4, unique_key = ?5, owner = ?6,"
                                + " image = ?7 WHERE kind = ?1 AND id = ?2"
                        : "INSERT INTO entity (kind, id, revision, seq, unique_key, owner, image)"
                                + " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        sql.run(
                statement,
                image.id().kind().wire(),
                Statements.bytes(image.id().value()),
                image.revision().value(),
                seq,
                image.uniqueKey(),
                SqliteRows.id(image.owner()),
                text);
    }

    private void put(Task task, Optional<Held> held, long seq, String text) {
        String statement =
                held.isPresent()
                        ? "UPDATE task SET revision = ?2, seq = ?3, status = ?4, due = ?5,"
                                + " priority = ?6, position = ?7, updated = ?8, created = ?9,"
                                + " project = ?10, assignee = ?11, parent = ?12, image = ?13"
                                + " WHERE id = ?1"
                        : "INSERT INTO task (id, revision, seq, status, due, priority, position,"
                                + " updated, created, project, assignee, parent, image)"
                                + " VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13)";
        sql.run(
                statement,
                Statements.bytes(task.id().value()),
                task.revision().value(),
                seq,
                SqliteRows.status(task.status()),
                SqliteRows.due(task),
                task.priority().rank(),
                task.position().value(),
                task.stamp().updated().toEpochMilli(),
                task.stamp().created().toEpochMilli(),
                SqliteRows.id(task.links().project()),
                SqliteRows.id(task.links().assignee()),
                SqliteRows.id(task.links().parent()),
                text);
        index(task, held);
    }

    private void index(Task task, Optional<Held> held) {
        if (held.isEmpty()) {
            long row = sql.number("SELECT last_insert_rowid()");
            task.links().labels().forEach(label -> label(label, row));
            words(row, task);
            return;
        }
        long row = held.get().row();
        Task before = (Task) ImageText.parse(Image.Kind.TASK, held.get().image());
        for (Label.Id label : before.links().labels()) {
            if (!task.links().labels().contains(label)) {
                unlabel(label, row);
            }
        }
        for (Label.Id label : task.links().labels()) {
            if (!before.links().labels().contains(label)) {
                label(label, row);
            }
        }
        boolean same = before.title().equals(task.title()) && before.notes().equals(task.notes());
        if (!same && !Words.of(before).equals(Words.of(task))) {
            sql.run("DELETE FROM task_words WHERE rowid = ?", row);
            words(row, task);
        }
    }

    private void words(long row, Task task) {
        sql.run("INSERT INTO task_words (rowid, words) VALUES (?, ?)", row, Words.of(task));
    }

    private void label(Label.Id label, long row) {
        byte[] bytes = Statements.bytes(label.value());
        sql.run("INSERT INTO task_label (label, task) VALUES (?, ?)", bytes, row);
    }

    private void unlabel(Label.Id label, long row) {
        byte[] bytes = Statements.bytes(label.value());
        sql.run("DELETE FROM task_label WHERE label = ? AND task = ?", bytes, row);
    }

    @Override
    public void remember(Receipt receipt) {
        sql.run(
                "INSERT OR REPLACE INTO receipt (caller, word, fingerprint, at, changes)"
                        + " VALUES (?,?,?,?,?)",
                receipt.key().caller(),
                receipt.key().word(),
                receipt.fingerprint(),
                receipt.at().toEpochMilli(),
                SqliteRows.places(receipt));
    }

    @Override
    public int forgetReceipts(Instant before, int limit) {
        return sql.run(
                "DELETE FROM receipt WHERE (caller, word) IN"
                        + " (SELECT caller, word FROM receipt WHERE at < ? ORDER BY at LIMIT ?)",
                before.toEpochMilli(),
                limit);
    }

    @Override
    public <T> T attempt(Supplier<? extends T> work) {
        String name = "s" + depth;
        long lastBefore = last;
        sql.run("SAVEPOINT " + name);
        depth++;
        boolean kept = false;
        try {
            T result = work.get();
            kept = true;
            return result;
        } finally {
            depth--;
            if (!kept) {
                sql.run("ROLLBACK TO " + name);
                last = lastBefore;
            }
            sql.run("RELEASE " + name);
        }
    }
}
