package dev.rocket.postgres;

import dev.rocket.core.model.Change;
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
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A read that needs no transaction: one look at the state, or one at the feed.
 *
 * <p>One statement sees one instant by itself, and what lies below the mark of the feed never
 * changes. So there is no trip to begin a transaction, and none to end it. Whoever looks a second
 * time, or at both, needs {@link More}.
 */
final class OneLook implements Snapshot {

    private final PostgresConnections connections;
    private final GroupedFinds finds;
    private final Sight sight;
    private boolean looked;
    private boolean told;
    private boolean asksForMore;

    /** Looks at the feed up to a place below which none is open. */
    OneLook(PostgresConnections connections, GroupedFinds finds, long mark) {
        this.connections = connections;
        this.finds = finds;
        this.sight = new Sight.Marked(mark);
    }

    /** The work needs a transaction, and is begun anew in one; never shown to anybody. */
    static final class More extends RuntimeException {

        private static final long serialVersionUID = 1;

        More() {
            super("one look is not enough", null, false, false);
        }
    }

    /** Whether the work looked further, even if it went on as though nothing had been thrown. */
    boolean asksForMore() {
        return asksForMore;
    }

    private More more() {
        asksForMore = true;
        return new More();
    }

    /** The state is at its own instant, and the feed ends at another. */
    private void state() {
        if (told) {
            throw more();
        }
        once();
    }

    private void once() {
        if (looked) {
            throw more();
        }
        looked = true;
    }

    private <T> T look(Function<? super Snapshot, ? extends T> work) {
        try (Connection connection = connections.reader()) {
            Statements statements = Statements.one(connection);
            return work.apply(new PostgresSnapshot(statements, sight));
        } catch (More e) {
            asksForMore = true;
            throw e;
        } catch (SQLException e) {
            throw PostgresFailures.of("giving a connection back", e);
        }
    }

    @Override
    public Seq seq() {
        if (looked && !told) {
            throw more();
        }
        told = true;
        return new Seq(sight.feed());
    }

    @Override
    public <I extends Image> Optional<I> find(Image.Id<I> id) {
        state();
        if (!(id instanceof Task.Id)) {
            return look(s -> s.find(id));
        }
        return finds.find(id.value())
                .map(text -> id.type().cast(ImageText.parse(Image.Kind.TASK, text)));
    }

    @Override
    public Optional<Image> keyed(Image.Kind kind, String uniqueKey) {
        state();
        return look(s -> s.keyed(kind, uniqueKey));
    }

    @Override
    public <I extends Image> Page<I> page(Listing<I> listing) {
        if (listing instanceof Listing.Tasks tasks && !PostgresFilter.isWalk(tasks)) {
            throw more();
        }
        state();
        return look(s -> s.page(listing));
    }

    @Override
    public Printed printed(Listing.Tasks listing) {
        if (!PostgresFilter.isWalk(listing)) {
            throw more();
        }
        state();
        return look(s -> s.printed(listing));
    }

    @Override
    public List<Change> changes(Seq after, int limit) {
        once();
        told = true;
        return look(s -> s.changes(after, limit));
    }

    @Override
    public Seq lastChange(Image.Id<?> id) {
        state();
        return look(s -> s.lastChange(id));
    }

    @Override
    public Optional<Receipt> receipt(Receipt.Key key) {
        state();
        return look(s -> s.receipt(key));
    }

    @Override
    public List<Receipt> receipts(Instant since, Receipt.Key after, int limit) {
        state();
        return look(s -> s.receipts(since, after, limit));
    }

    @Override
    public Optional<Custody> custody() {
        state();
        return look(Snapshot::custody);
    }
}
