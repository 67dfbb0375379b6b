package dev.rocket.core.operation;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** A feed between two places, read a page at a time. */
final class Feed implements Iterator<Change> {

    private final Function<Seq, List<Change>> pages;
    private final Seq end;
    private Seq at;
    private Iterator<Change> page = Collections.emptyIterator();

    private Feed(Function<Seq, List<Change>> pages, Seq after, Seq end) {
        this.pages = pages;
        this.at = after;
        this.end = end;
    }

    /** All that a snapshot sees. */
    static Feed of(Snapshot snapshot) {
        Function<Seq, List<Change>> pages = at -> snapshot.changes(at, Limits.CHANGES_PAGE);
        return new Feed(pages, Seq.START, new Seq(Long.MAX_VALUE));
    }

    /** A store's, up to a place that a reader was given: each page is a read of its own. */
    static Feed of(Store store, Seq end) {
        return between(store, Seq.START, end);
    }

    /** The same, behind another place. */
    static Feed between(Store store, Seq after, Seq end) {
        return new Feed(at -> store.read(s -> s.changes(at, Limits.CHANGES_PAGE)), after, end);
    }

    @Override
    public boolean hasNext() {
        if (!page.hasNext() && end.isAfter(at)) {
            page = pages.apply(at).stream().filter(change -> !change.seq().isAfter(end)).iterator();
        }
        return page.hasNext();
    }

    @Override
    public Change next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Change change = page.next();
        at = change.seq();
        return change;
    }
}
