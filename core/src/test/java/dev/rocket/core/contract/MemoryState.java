package dev.rocket.core.contract;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Receipt;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Custody;
import java.util.Comparator;
import java.util.Optional;

/**
 * All that a memory store holds at one instant.
 *
 * @param feed every change by its place
 * @param newest each entity's last change, deletions included
 * @param keys who holds each unique key
 * @param receipts the remembered answers
 * @param custody which store is in charge, once this one was moved
 */
record MemoryState(
        Tree<Seq, Change> feed,
        Tree<Image.Id<?>, Change> newest,
        Tree<Holding, Image.Id<?>> keys,
        Tree<Receipt.Key, Receipt> receipts,
        Optional<Custody> custody) {

    /** A unique key within a kind. */
    record Holding(Image.Kind kind, String key) {}

    private static final Comparator<Image.Id<?>> BY_KIND_AND_ID =
            Comparator.<Image.Id<?>, Image.Kind>comparing(Image.Id::kind)
                    .thenComparing(Image.Id::value, Image.Id.ORDER);

    /** What a store is born with. */
    static final MemoryState EMPTY =
            new MemoryState(
                    Tree.by(Comparator.<Seq>naturalOrder()),
                    Tree.by(BY_KIND_AND_ID),
                    Tree.by(Comparator.comparing(Holding::kind).thenComparing(Holding::key)),
                    Tree.by(
                            Comparator.comparing(Receipt.Key::caller)
                                    .thenComparing(Receipt.Key::word)),
                    Optional.empty());

    /** The place of the last change. */
    Seq seq() {
        return feed.last().orElse(Seq.START);
    }

    /** The entity of that id, unless it is gone. */
    Optional<Image> image(Image.Id<?> id) {
        return newest.find(id).map(Change::image).filter(image -> !(image instanceof Image.Gone));
    }

    /** The same after a change that was found fit. */
    MemoryState with(Change change) {
        Image image = change.image();
        Image.Id<?> id = image.id();
        Tree<Holding, Image.Id<?>> held = keys;
        Optional<String> freed = image(id).flatMap(Image::uniqueKey);
        if (freed.isPresent()) {
            held = held.without(new Holding(id.kind(), freed.get()));
        }
        if (image.uniqueKey().isPresent()) {
            held = held.with(new Holding(id.kind(), image.uniqueKey().get()), id);
        }
        return new MemoryState(
                feed.with(change.seq(), change), newest.with(id, change), held, receipts, custody);
    }

    /** The same with other receipts. */
    MemoryState with(Tree<Receipt.Key, Receipt> others) {
        return new MemoryState(feed, newest, keys, others, custody);
    }

    /** The same without a change that another one follows. */
    MemoryState without(Seq superseded) {
        return new MemoryState(feed.without(superseded), newest, keys, receipts, custody);
    }

    /** The same with another word on which store is in charge. */
    MemoryState with(Custody written) {
        return new MemoryState(feed, newest, keys, receipts, Optional.of(written));
    }
}
