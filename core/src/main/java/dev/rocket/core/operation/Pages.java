package dev.rocket.core.operation;

import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Page;
import dev.rocket.core.port.Snapshot;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Every entity of a kind in a snapshot, ascending by id, a page at a time. */
final class Pages implements Iterator<Page<Image>> {

    private final Snapshot snapshot;
    private final Image.Kind kind;
    private Optional<Cursor> next;

    /** Begins with the first entity. */
    Pages(Snapshot snapshot, Image.Kind kind) {
        this(snapshot, kind, Cursor.START);
    }

    /** Begins behind a place. */
    Pages(Snapshot snapshot, Image.Kind kind, Cursor after) {
        this.snapshot = snapshot;
        this.kind = kind;
        this.next = Optional.of(after);
    }

    @Override
    public boolean hasNext() {
        return next.isPresent();
    }

    @Override
    public Page<Image> next() {
        Cursor after = next.orElseThrow(NoSuchElementException::new);
        Page<Image> page = snapshot.page(new Listing.All<>(Image.class, kind, after, Limits.PAGE));
        next = page.next();
        return page;
    }
}
