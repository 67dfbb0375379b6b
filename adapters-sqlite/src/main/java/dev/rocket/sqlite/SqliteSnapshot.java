package dev.rocket.sqlite;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.ImageText;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Page;
import dev.rocket.core.model.Printed;
import dev.rocket.core.model.Receipt;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Task;
import dev.rocket.core.port.Custody;
import dev.rocket.core.port.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A read inside one SQLite transaction. */
class SqliteSnapshot implements Snapshot {

    private final Statements statements;

    SqliteSnapshot(Statements statements) {
        this.statements = statements;
    }

    /** The connection that it reads through. */
    final Statements statements() {
        return statements;
    }

    @Override
    public Seq seq() {
        return new Seq(statements.number("SELECT max(seq) FROM change"));
    }

    @Override
    public <I extends Image> Optional<I> find(Image.Id<I> id) {
        return image(id).map(text -> id.type().cast(ImageText.parse(id.kind(), text)));
    }

    private Optional<String> image(Image.Id<?> id) {
        byte[] bytes = Statements.bytes(id.value());
        return id.kind() == Image.Kind.TASK
                ? statements.first(
                        row -> row.getString(1), "SELECT image FROM task WHERE id = ?", bytes)
                : statements.first(
                        row -> row.getString(1),
                        "SELECT image FROM entity WHERE kind = ? AND id = ?",
                        id.kind().wire(),
                        bytes);
    }

    @Override
    public Optional<Image> keyed(Image.Kind kind, String uniqueKey) {
        return statements.first(
                row -> ImageText.parse(kind, row.getString(1)),
                "SELECT image FROM entity WHERE kind = ? AND unique_key = ?",
                kind.wire(),
                uniqueKey);
    }

    @Override
    public <I extends Image> Page<I> page(Listing<I> listing) {
        @SuppressWarnings("unchecked") // each kind of listing says what it lists
        Page<I> page =
                (Page<I>)
                        switch (listing) {
                            case Listing.Tasks tasks -> printed(tasks).parse();
                            case Listing.All<?> all -> all(all);
                            case Listing.Comments comments -> comments(comments);
                        };
        return page;
    }

    @Override
    public Printed printed(Listing.Tasks listing) {
        SqliteFilter.Query query = new SqliteFilter(statements, listing).query();
        Optional<Joined> joined =
                statements.first(
                        row -> new Joined(row.getInt(1), row.getString(2)),
                        query.sql(),
                        query.values().toArray());
        return joined.filter(some -> some.count() > 0)
                .map(some -> some.printed(listing))
                .orElse(new Printed("", Optional.empty()));
    }

    /** Images joined by one call, since a call a row costs more than what it fetches. */
    private record Joined(int count, String images) {

        Printed printed(Listing.Tasks listing) {
            if (count <= listing.limit()) {
                return new Printed(images, Optional.empty());
            }
            int end = images.lastIndexOf(Printed.BETWEEN);
            int between = images.lastIndexOf(Printed.BETWEEN, end - 1);
            int begin = between < 0 ? 0 : between + Printed.BETWEEN.length();
            Task last = Printed.task(images.substring(begin, end));
            return new Printed(
                    images.substring(0, end), Optional.of(Cursor.behind(last, listing.order())));
        }
    }

    private Page<Image> all(Listing.All<?> listing) {
        Image.Kind kind = listing.kind();
        byte[] after = Statements.bytes(listing.after().id());
        boolean start = listing.after().isStart();
        int limit = listing.limit() + 1;
        String bound = start ? " id >= ?" : " id > ?";
        List<Image> images =
                kind == Image.Kind.TASK
                        ? statements.list(
                                row -> ImageText.parse(kind, row.getString(1)),
                                "SELECT image FROM task WHERE" + bound + " ORDER BY id LIMIT ?",
                                after,
                                limit)
                        : statements.list(
                                row -> ImageText.parse(kind, row.getString(1)),
                                "SELECT image FROM entity WHERE kind = ? AND"
                                        + bound
                                        + " ORDER BY id LIMIT ?",
                                kind.wire(),
                                after,
                                limit);
        return page(images, listing.limit(), image -> Cursor.behind(image.id()));
    }

    private Page<Image> comments(Listing.Comments listing) {
        boolean start = listing.after().isStart();
        List<Image> images =
                statements.list(
                        row -> ImageText.parse(Image.Kind.COMMENT, row.getString(1)),
                        "SELECT image FROM entity WHERE owner = ? AND id "
                                + (start ? ">=" : ">")
                                + " ? ORDER BY id LIMIT ?",
                        Statements.bytes(listing.task().value()),
                        Statements.bytes(listing.after().id()),
                        listing.limit() + 1);
        return page(images, listing.limit(), image -> Cursor.behind(image.id()));
    }

    private static <T> Page<T> page(List<T> found, int limit, Function<T, Cursor> behind) {
        if (found.size() <= limit) {
            return new Page<>(found, Optional.empty());
        }
        List<T> items = found.subList(0, limit);
        return new Page<>(items, Optional.of(behind.apply(items.get(limit - 1))));
    }

    @Override
    public List<Change> changes(Seq after, int limit) {
        return statements.list(
                SqliteRows::change,
                "SELECT " + SqliteRows.CHANGE + " FROM change WHERE seq > ? ORDER BY seq LIMIT ?",
                after.value(),
                limit);
    }

    @Override
    public Seq lastChange(Image.Id<?> id) {
        byte[] bytes = Statements.bytes(id.value());
        String kind = id.kind().wire();
        long held =
                id.kind() == Image.Kind.TASK
                        ? statements.number("SELECT seq FROM task WHERE id = ?", bytes)
                        : statements.number(
                                "SELECT seq FROM entity WHERE kind = ? AND id = ?", kind, bytes);
        return new Seq(
                held > 0
                        ? held
                        : statements.number(
                                "SELECT seq FROM gone WHERE kind = ? AND id = ?", kind, bytes));
    }

    @Override
    public Optional<Receipt> receipt(Receipt.Key key) {
        return statements.first(
                row -> SqliteRows.receipt(key, row),
                "SELECT fingerprint, at, changes FROM receipt WHERE caller = ? AND word = ?",
                key.caller(),
                key.word());
    }

    @Override
    public List<Receipt> receipts(Instant since, Receipt.Key after, int limit) {
        return statements.list(
                SqliteRows::receipt,
                "SELECT fingerprint, at, changes, caller, word FROM receipt"
                        + " WHERE (at, caller, word) > (?, ?, ?)"
                        + " ORDER BY at, caller, word LIMIT ?",
                since.toEpochMilli(),
                after.caller(),
                after.word(),
                limit);
    }

    @Override
    public Optional<Custody> custody() {
        return CustodyRow.read(statements);
    }
}
