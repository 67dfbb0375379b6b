package dev.rocket.core.usecase;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Token;
import dev.rocket.core.port.Store;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reading the feed and waiting for it to grow. */
public final class FollowChanges {

    private final Store store;

    /** Follows the feed of a store. */
    public FollowChanges(Store store) {
        this.store = store;
    }

    /**
     * A stretch of the feed.
     *
     * @param changes what followers may see of it, ascending
     * @param upTo where to go on: everything up to here was looked at
     * @param more whether the feed goes on behind it already
     */
    public record Stretch(List<Change> changes, Seq upTo, boolean more) {

        /** Copies the list. */
        public Stretch {
            changes = List.copyOf(changes);
        }
    }

    /**
     * The changes behind a place. Those of tokens are left out.
     *
     * @param limit changes to look at, 1 to {@link Limits#CHANGES_PAGE}
     * @throws Refused with Forbidden (no READ) or Invalid (a place behind the end of the feed; a
     *     limit out of range)
     */
    public Stretch after(Caller caller, Seq after, int limit) {
        caller.require(Token.Scope.READ);
        if (limit < 1 || limit > Limits.CHANGES_PAGE) {
            throw Refused.invalid("limit", "must be 1 to " + Limits.CHANGES_PAGE);
        }
        return store.read(
                snapshot -> {
                    if (after.isAfter(snapshot.seq())) {
                        throw Refused.invalid("after", "lies behind the end of the feed");
                    }
                    List<Change> all = snapshot.changes(after, limit);
                    boolean full = all.size() == limit;
                    Seq upTo = full ? all.get(limit - 1).seq() : snapshot.seq();
                    boolean more = snapshot.seq().isAfter(upTo);
                    return new Stretch(
                            all.stream().filter(FollowChanges::visible).toList(), upTo, more);
                });
    }

    /** The change before one in its entity's history; empty for the first. */
    public Optional<Change> before(Change change) {
        Seq prev = change.prev();
        return prev.equals(Seq.START)
                ? Optional.empty()
                : store.read(s -> s.changes(new Seq(prev.value() - 1), 1)).stream().findFirst();
    }

    /** The end of the feed; never blocks. */
    public Seq head() {
        return store.head();
    }

    /**
     * Waits for the feed to grow beyond a place.
     *
     * @return whether it did
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public boolean await(Seq after, Duration atMost) throws InterruptedException {
        return store.await(after, atMost);
    }

    private static boolean visible(Change change) {
        return change.image().id().kind() != Image.Kind.TOKEN;
    }
}
