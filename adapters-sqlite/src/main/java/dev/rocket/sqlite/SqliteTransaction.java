package dev.rocket.sqlite;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.ImageText;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Page;
import dev.rocket.core.model.Printed;
import dev.rocket.core.model.Receipt;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Task;
import dev.rocket.core.port.Custody;
import dev.rocket.core.port.Transaction;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The writer's transaction, in which every command of a group has a savepoint.
 *
 * <p>It knows the last place in the feed, since nobody else writes; a savepoint that is rolled back
 * gives its places back.
 */
final class SqliteTransaction extends SqliteSnapshot implements Transaction {

    private static final WordIndex.Mark NO_WORDS = new WordIndex.Mark(0, 0);

    private final Statements sql;
    private final WordIndex words;
    private final Map<Task.Id, Held> seen = new HashMap<>();
    private long last;
    private int depth;
    private int writes;
    private int rows;

    SqliteTransaction(Statements statements) {
        super(statements);
        sql = statements;
        words = new WordIndex(statements);
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
        words.rewind(NO_WORDS);
        begin();
    }

    /** Writes a row that stands for nothing, so that the commit must reach the disk. */
    void touch() {
        write("INSERT OR REPLACE INTO gone (kind, id, revision, seq) VALUES ('', x'', 1, 0)");
    }

    /** Forgets what the last command saw; called before each command. */
    void begin() {
        seen.clear();
        writes = 0;
    }

    /** Writes what is still to be written before a commit. */
    void settle() {
        words.write();
        words.rewind(NO_WORDS);
    }

    @Override
    public <I extends Image> Page<I> page(Listing<I> listing) {
        words.write();
        return super.page(listing);
    }

    @Override
    public Printed printed(Listing.Tasks listing) {
        words.write();
        return super.printed(listing);
    }

    /** Whether the command has written anything, taken back or not. */
    boolean hasWritten() {
        return writes > 0;
    }

    @Override
    public <I extends Image> Optional<I> find(Image.Id<I> id) {
        if (!(id instanceof Task.Id task)) {
            return super.find(id);
        }
        return task(task).flatMap(Held::task).map(id.type()::cast);
    }

    /** A task, read at most once by one command. */
    private Optional<Held> task(Task.Id id) {
        Held known = seen.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Held> held =
                sql.first(
                        Held::task,
                        "SELECT " + Held.TASK + " FROM task WHERE id = ?",
                        Statements.bytes(id.value()));
        held.ifPresent(some -> seen.put(id, some));
        return held;
    }

    private void label(long row, Set<Label.Id> before, Set<Label.Id> after) {
        TaskLabels.change(this::write, row, before, after);
    }

    /** How many rows were written since this was last asked. */
    int takeRows() {
        int taken = rows;
        rows = 0;
        return taken;
    }

    private int write(String statement, Object... values) {
        writes++;
        rows++;
        return sql.run(statement, values);
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
        Optional<Held> held = id instanceof Task.Id task ? task(task) : other(id, bytes);
        long prev = held.isPresent() ? held.get().before(image) : begins(image, bytes);
        checkKey(image, bytes);
        long seq = change.isDraft() ? last + 1 : change.seq().value();
        Change placed = change.placed(new Seq(seq), new Seq(prev));
        String text = ImageText.print(image);
        EntityRows.append(this::write, placed, text);
        switch (image) {
            case Image.Gone gone -> end(gone, held, seq, bytes);
            case Task task -> put(task, held, seq, text);
            case Image other -> EntityRows.put(this::write, other, held.isPresent(), seq, text);
        }
        last = seq;
        return placed;
    }

    private Optional<Held> other(Image.Id<?> id, byte[] bytes) {
        return sql.first(
                Held::other,
                "SELECT revision, seq FROM entity WHERE kind = ? AND id = ?",
                id.kind().wire(),
                bytes);
    }

    private long begins(Image image, byte[] bytes) {
        String kind = image.id().kind().wire();
        Optional<Held> gone =
                sql.first(
                        Held::other,
                        "SELECT revision, seq FROM gone WHERE kind = ? AND id = ?",
                        kind,
                        bytes);
        long ended = gone.map(some -> some.revision().value()).orElse(0L);
        if (image instanceof Image.Gone || image.revision().value() <= ended) {
            throw Refused.notFound(image.id());
        }
        if (gone.isPresent()) {
            write("DELETE FROM gone WHERE kind = ? AND id = ?", kind, bytes);
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

    private void end(Image.Gone gone, Optional<Held> held, long seq, byte[] bytes) {
        String kind = gone.id().kind().wire();
        if (gone.id() instanceof Task.Id id) {
            Held task = held.orElseThrow();
            Task was = task.task().orElseThrow();
            label(task.row(), was.links().labels(), Set.of());
            words.retitles(task, "");
            words.annotates(task, "");
            write("DELETE FROM task WHERE row = ?", task.row());
            seen.remove(id);
        } else {
            write("DELETE FROM entity WHERE kind = ? AND id = ?", kind, bytes);
        }
        EntityRows.end(this::write, gone, seq);
    }

    private void put(Task task, Optional<Held> held, long seq, String text) {
        if (held.isPresent()) {
            Held was = held.get();
            Task before = was.task().orElseThrow();
            TaskColumns columns = new TaskColumns(before, task);
            String titleWords = was.titleWords();
            if (!before.title().equals(task.title())) {
                titleWords = words.retitles(was, task.title());
                columns.words(WordIndex.Part.TITLE, titleWords);
            }
            if (!before.notes().equals(task.notes())) {
                columns.words(WordIndex.Part.NOTES, words.annotates(was, task.notes()));
            }
            columns.update(this::write, was.row(), seq, text);
            label(was.row(), before.links().labels(), task.links().labels());
            seen.put(task.id(), new Held(was.row(), task, seq, titleWords));
        } else {
            // Places ascend and are never given twice, so a task's first one is its row as well.
            String title = words.begins(seq, WordIndex.Part.TITLE, task.title());
            String notes = words.begins(seq, WordIndex.Part.NOTES, task.notes());
            TaskColumns.insert(this::write, task, new TaskColumns.Texts(seq, title, notes, text));
            label(seq, Set.of(), task.links().labels());
            seen.put(task.id(), new Held(seq, task, seq, title));
        }
    }

    @Override
    public void remember(Receipt receipt) {
        EntityRows.remember(this::write, receipt);
    }

    @Override
    public int forget(Old old) {
        return switch (old) {
            case Old.Receipts receipts -> forgetReceipts(receipts.before(), receipts.limit());
            case Old.Superseded some -> forgetSuperseded(some.after(), some.upTo());
        };
    }

    private int forgetReceipts(Instant before, int limit) {
        return write(
                "DELETE FROM receipt WHERE (caller, word) IN"
                        + " (SELECT caller, word FROM receipt WHERE at < ? ORDER BY at LIMIT ?)",
                before.toEpochMilli(),
                limit);
    }

    private int forgetSuperseded(Seq after, Seq upTo) {
        return write(
                "DELETE FROM change WHERE seq IN"
                        + " (SELECT prev FROM change WHERE seq > ? AND seq <= ? AND prev > 0)",
                after.value(),
                upTo.value());
    }

    @Override
    public void custody(Custody custody) {
        CustodyRow.write(this::write, custody);
    }

    @Override
    public <T> T attempt(Supplier<? extends T> work) {
        String name = "s" + depth;
        long lastBefore = last;
        WordIndex.Mark wordsBefore = words.mark();
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
                seen.clear();
                last = lastBefore;
                words.rewind(wordsBefore);
            }
            sql.run("RELEASE " + name);
        }
    }
}
