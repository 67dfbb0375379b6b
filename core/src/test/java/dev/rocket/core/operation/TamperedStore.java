package dev.rocket.core.operation;

import dev.rocket.core.contract.ForwardingStore;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Page;
import dev.rocket.core.model.Receipt;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Custody;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/** A store that lists other entities than its feed says, as one damaged beside the door would. */
final class TamperedStore extends ForwardingStore {

    private static final Comparator<UUID> BY_ID = Image.Id.ORDER;

    private final Store real;
    private final Map<Image.Id<?>, Optional<Image>> instead = new HashMap<>();

    TamperedStore(Store real) {
        this.real = real;
    }

    /** Lists another image of an entity, or none. */
    void list(Image.Id<?> id, Optional<Image> image) {
        instead.put(id, image);
    }

    @Override
    protected Store real() {
        return real;
    }

    @Override
    public <T> T read(Function<? super Snapshot, ? extends T> work) {
        return real.read(snapshot -> work.apply(new Tampered(snapshot)));
    }

    private final class Tampered implements Snapshot {

        private final Snapshot snapshot;

        Tampered(Snapshot snapshot) {
            this.snapshot = snapshot;
        }

        @Override
        public <I extends Image> Page<I> page(Listing<I> listing) {
            Listing.All<I> all = (Listing.All<I>) listing;
            List<I> items = new ArrayList<>();
            for (Image image : listed(all.kind())) {
                boolean behind =
                        all.after().isStart()
                                || BY_ID.compare(image.id().value(), all.after().id()) > 0;
                if (behind) {
                    items.add(all.type().cast(image));
                }
            }
            if (items.size() <= all.limit()) {
                return new Page<>(items, Optional.empty());
            }
            List<I> some = items.subList(0, all.limit());
            return new Page<>(some, Optional.of(Cursor.behind(some.get(some.size() - 1).id())));
        }

        private Collection<Image> listed(Image.Kind kind) {
            TreeMap<UUID, Image> listed = new TreeMap<>(BY_ID);
            for (Pages pages = new Pages(snapshot, kind); pages.hasNext(); ) {
                pages.next().items().forEach(image -> listed.put(image.id().value(), image));
            }
            instead.forEach(
                    (id, image) -> {
                        if (id.kind() == kind) {
                            listed.remove(id.value());
                            image.ifPresent(other -> listed.put(id.value(), other));
                        }
                    });
            return listed.values();
        }

        @Override
        public Seq seq() {
            return snapshot.seq();
        }

        @Override
        public <I extends Image> Optional<I> find(Image.Id<I> id) {
            return snapshot.find(id);
        }

        @Override
        public Optional<Image> keyed(Image.Kind kind, String uniqueKey) {
            return snapshot.keyed(kind, uniqueKey);
        }

        @Override
        public List<Change> changes(Seq after, int limit) {
            return snapshot.changes(after, limit);
        }

        @Override
        public Seq lastChange(Image.Id<?> id) {
            return snapshot.lastChange(id);
        }

        @Override
        public Optional<Receipt> receipt(Receipt.Key key) {
            return snapshot.receipt(key);
        }

        @Override
        public List<Receipt> receipts(Instant since, Receipt.Key after, int limit) {
            return snapshot.receipts(since, after, limit);
        }

        @Override
        public Optional<Custody> custody() {
            return snapshot.custody();
        }
    }
}
