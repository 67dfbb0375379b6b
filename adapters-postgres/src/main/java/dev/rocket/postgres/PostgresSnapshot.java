package dev.rocket.postgres;

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
import java.util.UUID;
import java.util.function.Function;

/** A read inside one Postgres transaction. */
class PostgresSnapshot implements Snapshot {

    private final Statements statements;
    private final Sight sight;

    PostgresSnapshot(Statements statements, Sight sight) {
        this.statements = statements;
        this.sight = sight;
    }

    @Override
    public Seq seq() {
        return new Seq(sight.feed());
    }

    @Override
    public <I extends Image> Optional<I> find(Image.Id<I> id) {
        sight.state();
        return image(id).map(text -> id.type().cast(ImageText.parse(id.kind(), text)));
    }

    private Optional<String> image(Image.Id<?> id) {
        return id.kind() == Image.Kind.TASK
                ? statements.first(
                        row -> row.getString(1), "SELECT image FROM task WHERE id = ?", id.value())
                : statements.first(
                        row -> row.getString(1),
                        "SELECT image FROM entity WHERE kind = ? AND id = ?",
                        id.kind().wire(),
                        id.value());
    }

    @Override
    public Optional<Image> keyed(Image.Kind kind, String uniqueKey) {
        sight.state();
        return statements.first(
                row -> ImageText.parse(kind, row.getString(1)),
                "SELECT image FROM entity WHERE kind = ? AND unique_key = ?",
                kind.wire(),
                uniqueKey);
    }

    @Override
    public <I extends Image> Page<I> page(Listing<I> listing) {
        sight.state();
        @SuppressWarnings("unchecked") // each kind of listing says what it lists
        Page<I> page =
                (Page<I>)
                        switch (listing) {
                            case Listing.Tasks tasks -> print(tasks).parse();
                            case Listing.All<?> all -> all(all);
                            case Listing.Comments comments -> comments(comments);
                        };
        return page;
    }

    @Override
    public Printed printed(Listing.Tasks listing) {
        sight.state();
        return print(listing);
    }

    private Printed print(Listing.Tasks listing) {
        PostgresFilter.Query query = new PostgresFilter(statements, listing).query();
        Optional<Joined> joined =
                statements.first(
                        row -> new Joined(row.getInt(1), row.getString(2)),
                        query.sql(),
                        query.values().toArray());
        return joined.filter(some -> some.count() > 0)
                .map(some -> some.printed(listing))
                .orElse(new Printed("", Optional.empty()));
    }

    /** Images joined by the server, which prints them as they are passed on. */
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
        UUID after = listing.after().id();
        int limit = listing.limit() + 1;
        String bound = (listing.after().isStart() ? " id >= ?" : " id > ?") + " ORDER BY id";
        List<Image> images =
                kind == Image.Kind.TASK
                        ? statements.list(
                                row -> ImageText.parse(kind, row.getString(1)),
                                "SELECT image FROM task WHERE" + bound + " LIMIT ?",
                                after,
                                limit)
                        : statements.list(
                                row -> ImageText.parse(kind, row.getString(1)),
                                "SELECT image FROM entity WHERE kind = ? AND" + bound + " LIMIT ?",
                                kind.wire(),
                                after,
                                limit);
        return page(images, listing.limit(), image -> Cursor.behind(image.id()));
    }

    private Page<Image> comments(Listing.Comments listing) {
        List<Image> images =
                statements.list(
                        row -> ImageText.parse(Image.Kind.COMMENT, row.getString(1)),
                        "SELECT image FROM entity WHERE owner = ? AND id "
                                + (listing.after().isStart() ? ">=" : ">")
                                + " ? ORDER BY id LIMIT ?",
                        listing.task().value(),
                        listing.after().id(),
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
                PostgresRows::change,
                "SELECT "
                        + PostgresRows.CHANGE
                        + " FROM change WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?",
                after.value(),
                sight.feed(),
                limit);
    }

    @Override
    public Seq lastChange(Image.Id<?> id) {
        sight.state();
        String kind = id.kind().wire();
        long held =
                id.kind() == Image.Kind.TASK
                        ? statements.number("SELECT seq FROM task WHERE id = ?", id.value())
                        : statements.number(
                                "SELECT seq FROM entity WHERE kind = ? AND id = ?",
                                kind,
                                id.value());
        return new Seq(
                held > 0
                        ? held
                        : statements.number(
                                "SELECT seq FROM gone WHERE kind = ? AND id = ?",
                                kind,
                                id.value()));
    }

    @Override
    public Optional<Receipt> receipt(Receipt.Key key) {
        sight.state();
        return statements.first(
                row -> PostgresRows.receipt(key, row),
                "SELECT fingerprint, at, changes FROM receipt WHERE caller = ? AND word = ?",
                key.caller(),
                key.word());
    }

    @Override
    public List<Receipt> receipts(Instant since, Receipt.Key after, int limit) {
        sight.state();
        return statements.list(
                PostgresRows::receipt,
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
        sight.state();
        return CustodyRow.read(statements);
    }
}
