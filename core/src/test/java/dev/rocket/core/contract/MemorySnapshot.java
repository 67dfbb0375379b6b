package dev.rocket.core.contract;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Comment;
import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Page;
import dev.rocket.core.model.Receipt;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskOrder;
import dev.rocket.core.port.Custody;
import dev.rocket.core.port.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A memory store's state, looked at. */
class MemorySnapshot implements Snapshot {

    private MemoryState state;

    MemorySnapshot(MemoryState state) {
        this.state = state;
    }

    /** What is looked at. */
    final MemoryState state() {
        return state;
    }

    /** Looks at another state from now on. */
    final void become(MemoryState other) {
        state = other;
    }

    @Override
    public Seq seq() {
        return state.seq();
    }

    @Override
    public <I extends Image> Optional<I> find(Image.Id<I> id) {
        return state.image(id).map(id.type()::cast);
    }

    @Override
    public Optional<Image> keyed(Image.Kind kind, String uniqueKey) {
        return state.keys().find(new MemoryState.Holding(kind, uniqueKey)).flatMap(state::image);
    }

    @Override
    public <I extends Image> Page<I> page(Listing<I> listing) {
        @SuppressWarnings("unchecked") // each kind of listing says what it lists
        Page<I> page =
                (Page<I>)
                        switch (listing) {
                            case Listing.Tasks tasks -> tasks(tasks);
                            case Listing.All<?> all -> byId(all, of(all.kind()));
                            case Listing.Comments comments ->
                                    byId(comments, comments(comments.task()));
                        };
        return page;
    }

    private List<Image> of(Image.Kind kind) {
        return state.newest().values().stream()
                .map(Change::image)
                .filter(image -> image.id().kind() == kind && !(image instanceof Image.Gone))
                .toList();
    }

    private List<Image> comments(Task.Id task) {
        return of(Image.Kind.COMMENT).stream()
                .filter(image -> image instanceof Comment comment && comment.task().equals(task))
                .toList();
    }

    private Page<Image> byId(Listing<?> listing, List<Image> images) {
        Cursor after = listing.after();
        List<Image> rest =
                images.stream()
                        .filter(
                                image ->
                                        after.isStart()
                                                || Image.Id.ORDER.compare(
                                                                image.id().value(), after.id())
                                                        > 0)
                        .toList();
        return page(rest, listing.limit(), image -> Cursor.behind(image.id()));
    }

    private Page<Task> tasks(Listing.Tasks listing) {
        Cursor after = listing.after();
        TaskOrder order = listing.order();
        Comparator<Task> comparator = order.comparator();
        List<Task> rest =
                of(Image.Kind.TASK).stream()
                        .map(Task.class::cast)
                        .filter(listing.filter()::matches)
                        .filter(task -> after.isStart() || behind(task, after, order))
                        .sorted(comparator)
                        .toList();
        return page(rest, listing.limit(), task -> Cursor.behind(task, order));
    }

    private static boolean behind(Task task, Cursor after, TaskOrder order) {
        int side =
                order.numeric()
                        ? Long.compare(Long.parseLong(order.key(task)), Long.parseLong(after.key()))
                        : order.key(task).compareTo(after.key());
        int ascending = side != 0 ? side : Image.Id.ORDER.compare(task.id().value(), after.id());
        return order.descending() ? ascending < 0 : ascending > 0;
    }

    private static <T> Page<T> page(List<T> rest, int limit, Function<T, Cursor> behind) {
        if (rest.size() <= limit) {
            return new Page<>(rest, Optional.empty());
        }
        List<T> items = rest.subList(0, limit);
        return new Page<>(items, Optional.of(behind.apply(items.get(limit - 1))));
    }

    @Override
    public List<Change> changes(Seq after, int limit) {
        List<Change> changes = new ArrayList<>();
        state.feed()
                .above(
                        after,
                        change -> {
                            changes.add(change);
                            return changes.size() < limit;
                        });
        return List.copyOf(changes);
    }

    @Override
    public Seq lastChange(Image.Id<?> id) {
        return state.newest().find(id).map(Change::seq).orElse(Seq.START);
    }

    @Override
    public Optional<Receipt> receipt(Receipt.Key key) {
        return state.receipts().find(key);
    }

    @Override
    public List<Receipt> receipts(Instant since, Receipt.Key after, int limit) {
        Comparator<Receipt> order =
                Comparator.comparing(Receipt::at)
                        .thenComparing(receipt -> receipt.key().caller())
                        .thenComparing(receipt -> receipt.key().word());
        Receipt place = new Receipt(after, "", since, List.of());
        return state.receipts().values().stream()
                .filter(receipt -> order.compare(receipt, place) > 0)
                .sorted(order)
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Custody> custody() {
        return state.custody();
    }
}
