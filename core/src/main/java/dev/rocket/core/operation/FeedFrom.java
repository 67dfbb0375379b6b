package dev.rocket.core.operation;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Store;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A store's feed behind a place, looked at place by place. */
final class FeedFrom {

    private final Store store;
    private final ArrayDeque<Change> page = new ArrayDeque<>();
    private Seq at;
    private boolean ended;

    FeedFrom(Store store, Seq after) {
        this.store = store;
        this.at = after;
    }

    /** Takes all changes that lie before a place. */
    List<Change> before(Seq seq) {
        List<Change> before = new ArrayList<>();
        while (peek().filter(change -> seq.isAfter(change.seq())).isPresent()
                && before.size() < Limits.CHANGES_PAGE) {
            before.add(page.remove());
        }
        return before;
    }

    /** Takes the change at a place; empty when there is none. */
    Optional<Change> at(Seq seq) {
        Optional<Change> found = peek().filter(change -> change.seq().equals(seq));
        found.ifPresent(change -> page.remove());
        return found;
    }

    private Optional<Change> peek() {
        if (page.isEmpty() && !ended) {
            page.addAll(store.read(snapshot -> snapshot.changes(at, Limits.CHANGES_PAGE)));
            ended = page.isEmpty();
            at = ended ? at : page.getLast().seq();
        }
        return Optional.ofNullable(page.peek());
    }
}
