package dev.rocket.postgres;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.ImageText;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Page;
import dev.rocket.core.model.Printed;
import dev.rocket.core.model.Receipt;
import dev.rocket.core.model.Refusal;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Revision;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Custody;
import dev.rocket.core.port.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One transaction at READ COMMITTED that could have been alone.
 *
 * <p>Whatever it reads it locks: an entity by its row, a list by what all its items mention or by
 * the gate of their kind, a unique key by its number. So of two transactions that meet, one waits
 * for the other, and takes its places in the feed later.
 */
final class PostgresTransaction extends PostgresSnapshot implements Transaction {

    private final Statements sql;
    private final Gates gates;
    private final RowLocks rows;
    private final Replay replay;
    private final Map<Image.Id<?>, Revision> listed = new HashMap<>();
    private final Set<Receipt.Key> unknown = new HashSet<>();
    private final List<Change> applied = new ArrayList<>();
    private final List<Long> givenUp = new ArrayList<>();
    private int depth;

    /**
     * Writes in the transaction of a connection.
     *
     * @param statements at READ COMMITTED, about to begin or begun
     * @param wanted what an attempt before found that it must lock alone; this one adds to it
     */
    PostgresTransaction(Statements statements, Gates gates, Set<Image.Id<?>> wanted) {
        super(statements, new Sight.Whole());
        this.sql = statements;
        this.gates = gates;
        this.rows = new RowLocks(statements, wanted);
        this.replay = new Replay(statements, gates);
    }

    /** The last change that it applied and did not take back. */
    Optional<Change> last() {
        return applied.isEmpty() ? Optional.empty() : Optional.of(applied.getLast());
    }

    /** The places that its commit fills, in order. */
    List<Long> places() {
        return applied.stream().map(change -> change.seq().value()).toList();
    }

    /** The places that it took and gave up; what replay keeps was not taken from anybody. */
    List<Long> givenUp() {
        return replay.isBegun() ? List.of() : givenUp;
    }

    /** The places that nobody fills when it is rolled back. */
    List<Long> lost() {
        List<Long> lost = new ArrayList<>(givenUp());
        if (!replay.isBegun()) {
            lost.addAll(places());
        }
        return lost;
    }

    @Override
    public Seq seq() {
        return last().map(Change::seq).orElseGet(() -> new Seq(end()));
    }

    private long end() {
        return sql.number("SELECT max(seq) FROM change");
    }

    @Override
    public <I extends Image> Optional<I> find(Image.Id<I> id) {
        return rows.tell(id).flatMap(Held::image).map(id.type()::cast);
    }

    @Override
    public Optional<Image> keyed(Image.Kind kind, String uniqueKey) {
        gates.key(sql, kind, uniqueKey);
        Optional<Image> holder = super.keyed(kind, uniqueKey);
        return holder.flatMap(image -> rows.tell(image.id()).flatMap(Held::image));
    }

    @Override
    public <I extends Image> Page<I> page(Listing<I> listing) {
        switch (listing) {
            case Listing.Tasks tasks -> {
                var links = tasks.filter().links();
                List<Image.Id<?>> common =
                        Stream.<Optional<? extends Image.Id<?>>>of(
                                        links.project(),
                                        links.label(),
                                        links.assignee(),
                                        links.parent())
                                .<Image.Id<?>>flatMap(Optional::stream)
                                .toList();
                common.forEach(rows::own);
                if (common.isEmpty()) {
                    gates.alone(sql, Image.Kind.TASK);
                }
            }
            case Listing.All<?> all -> gates.alone(sql, all.kind());
            case Listing.Comments comments -> rows.own(comments.task());
        }
        Page<I> page = super.page(listing);
        page.items().forEach(item -> listed.put(item.id(), item.revision()));
        return page;
    }

    @Override
    public Printed printed(Listing.Tasks listing) {
        return Printed.of(page(listing));
    }

    @Override
    public Seq lastChange(Image.Id<?> id) {
        return new Seq(rows.tell(id).or(() -> rows.trace(id)).map(Held::seq).orElse(0L));
    }

    @Override
    public Change apply(Change change) {
        if (change.isDraft()) {
            finish();
        } else {
            replay.begin();
            replay.keep(change.seq().value(), seq().value());
        }
        Image image = change.image();
        if (isBirth(image)) {
            Optional<Change> born = birth(change);
            if (born.isPresent()) {
                return born.get();
            }
        }
        Optional<Held> held = rows.find(image.id());
        long prev = held.isPresent() ? fits(image, held.get()) : begins(image);
        held.ifPresent(some -> rows.own(image.id()));
        checkKey(image, held);
        Change draft = change.placed(change.seq(), new Seq(prev));
        String text = ImageText.print(image);
        Appended.Step step =
                EntityRows.step(image, held, prev > 0).with(TaskIndex.parts(image, held));
        long gate = gates.of(image.id().kind());
        long seq =
                Appended.run(sql, gate, draft, text, step)
                        .orElseThrow(() -> new Conflict("a row was not as it was read"));
        Change placed = draft.placed(new Seq(seq), new Seq(prev));
        applied.add(placed);
        if (image instanceof Image.Gone) {
            rows.deleted(image.id());
        } else {
            rows.wrote(image.id(), new Held(image.revision(), seq, Optional.of(image)));
        }
        return placed;
    }

    /** Whether it is most likely new: nobody has asked for it, and it holds no key. */
    private boolean isBirth(Image image) {
        return image.revision().equals(Revision.FIRST)
                && !(image instanceof Image.Gone)
                && image.uniqueKey().isEmpty()
                && !rows.isKnown(image.id());
    }

    /** Writes what is new without looking first; empty, and nothing is written, when it is not. */
    private Optional<Change> birth(Change draft) {
        Image image = draft.image();
        Appended.Step step =
                EntityRows.step(image, Optional.empty(), false)
                        .with(TaskIndex.parts(image, Optional.empty()));
        long gate = gates.of(image.id().kind());
        Optional<Long> place = Appended.birth(sql, gate, draft, ImageText.print(image), step);
        return place.map(
                seq -> {
                    Change placed = draft.placed(new Seq(seq), Seq.START);
                    applied.add(placed);
                    rows.wrote(image.id(), new Held(image.revision(), seq, Optional.of(image)));
                    return placed;
                });
    }

    /** To be called before the commit. */
    void finish() {
        if (replay.isBegun()) {
            replay.catchUp(seq().value());
        }
    }

    private long fits(Image image, Held held) {
        Revision current = held.revision();
        if (!image.revision().equals(current.next())) {
            Image.Id<?> id = image.id();
            Revision was = listed.get(id);
            if (was != null && !was.equals(current)) {
                throw new Conflict("an item of a list has changed");
            }
            boolean birth =
                    image.revision().equals(Revision.FIRST) && !(image instanceof Image.Gone);
            throw new Refused(birth ? new Refusal.Exists(id) : new Refusal.Stale(id, current));
        }
        return held.seq();
    }

    private long begins(Image image) {
        if (listed.containsKey(image.id()) && image instanceof Image.Gone) {
            throw new Conflict("an item of a list has gone");
        }
        Optional<Held> gone = rows.trace(image.id());
        long ended = gone.map(some -> some.revision().value()).orElse(0L);
        if (image instanceof Image.Gone || image.revision().value() <= ended) {
            throw Refused.notFound(image.id());
        }
        return gone.map(Held::seq).orElse(0L);
    }

    /** Whoever frees a key holds it to the end, so that a later place takes it. */
    private void checkKey(Image image, Optional<Held> held) {
        Image.Kind kind = image.id().kind();
        Optional<String> key = image.uniqueKey();
        Optional<String> freed = held.flatMap(Held::image).flatMap(Image::uniqueKey);
        if (key.equals(freed)) {
            return;
        }
        freed.ifPresent(old -> gates.key(sql, kind, old));
        if (key.isPresent()) {
            gates.key(sql, kind, key.get());
            String taken =
                    "SELECT count(*) FROM entity WHERE kind = ? AND unique_key = ? AND id <> ?";
            if (sql.number(taken, kind.wire(), key.get(), image.id().value()) > 0) {
                throw Refused.taken(image);
            }
        }
    }

    @Override
    public Optional<Receipt> receipt(Receipt.Key key) {
        Optional<Receipt> known = super.receipt(key);
        if (known.isEmpty()) {
            unknown.add(key);
        }
        return known;
    }

    @Override
    public void remember(Receipt receipt) {
        // A key that was not known when it was asked for must not be there now, or work is done
        // twice; the server says so with a code, and the work is run again.
        boolean fresh = unknown.remove(receipt.key());
        Appended.Part put = PostgresRows.put(receipt, !fresh);
        // Mostly nothing follows but the commit, and one trip does for both.
        sql.runLast(put.sql(), put.values().toArray());
    }

    @Override
    public int forget(Old old) {
        return switch (old) {
            case Old.Receipts receipts -> forgetReceipts(receipts.before(), receipts.limit());
            case Old.Superseded some -> forgetSuperseded(some.after(), some.upTo());
        };
    }

    private int forgetReceipts(Instant before, int limit) {
        return sql.run(
                "DELETE FROM receipt WHERE (caller, word) IN (SELECT caller, word FROM receipt"
                        + " WHERE at < ? ORDER BY at LIMIT ? FOR UPDATE SKIP LOCKED)",
                before.toEpochMilli(),
                limit);
    }

    private int forgetSuperseded(Seq after, Seq upTo) {
        return sql.run(
                "DELETE FROM change WHERE seq IN"
                        + " (SELECT prev FROM change WHERE seq > ? AND seq <= ? AND prev > 0)",
                after.value(),
                upTo.value());
    }

    @Override
    public void custody(Custody custody) {
        CustodyRow.write(sql, custody);
    }

    @Override
    public <T> T attempt(Supplier<? extends T> work) {
        int before = applied.size();
        String name = "s" + depth++;
        try {
            return sql.attempt(name, work, () -> undo(before));
        } finally {
            depth--;
        }
    }

    private void undo(int before) {
        rows.clear();
        List<Change> undone = applied.subList(before, applied.size());
        undone.forEach(change -> givenUp.add(change.seq().value()));
        undone.clear();
    }
}
