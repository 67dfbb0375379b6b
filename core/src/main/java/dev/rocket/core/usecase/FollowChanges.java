package dev.rocket.core.usecase;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Comment;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Job;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Member;
import dev.rocket.core.model.Project;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.Token;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reading the feed and waiting for it to grow. */
public final class FollowChanges {

    /** Changes that are read at a time. */
    private static final int STEP = 50;

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
     * The changes behind a place. Those of tokens and jobs are left out.
     *
     * @param limit changes to look at, 1 to {@link Limits#CHANGES_PAGE}; fewer are when their texts
     *     are longer than {@link Limits#PAGE_CHARS} together
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
                    List<Change> all = stretch(snapshot, after, limit);
                    Seq upTo = all.isEmpty() ? snapshot.seq() : all.getLast().seq();
                    boolean more = snapshot.seq().isAfter(upTo);
                    return new Stretch(
                            all.stream().filter(FollowChanges::visible).toList(), upTo, more);
                });
    }

    /** Reads in small steps, so that long changes are never held in numbers. */
    private static List<Change> stretch(Snapshot snapshot, Seq after, int limit) {
        List<Change> all = new ArrayList<>();
        Seq at = after;
        int chars = 0;
        while (all.size() < limit) {
            int step = Math.min(STEP, limit - all.size());
            List<Change> some = snapshot.changes(at, step);
            for (Change change : some) {
                chars += chars(change.image());
                if (chars > Limits.PAGE_CHARS && !all.isEmpty()) {
                    return all;
                }
                all.add(change);
                at = change.seq();
            }
            if (some.size() < step) {
                return all;
            }
        }
        return all;
    }

    private static int chars(Image image) {
        return switch (image) {
            case Task task -> task.title().length() + task.notes().length();
            case Comment comment -> comment.text().length();
            case Project project -> project.name().length();
            case Label label -> label.name().length();
            case Member member -> member.name().length();
            case Token token -> token.name().length();
            case Job job -> Job.Run.DETAIL_CHARS;
            case Image.Gone gone -> 0;
        };
    }

    /** The change before one in its entity's history; empty for the first that is kept. */
    public Optional<Change> before(Change change) {
        Seq prev = change.prev();
        return prev.equals(Seq.START)
                ? Optional.empty()
                : store.read(s -> s.changes(new Seq(prev.value() - 1), 1)).stream()
                        .filter(earlier -> earlier.seq().equals(prev))
                        .findFirst();
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
        return !change.image().id().kind().isInternal();
    }
}
