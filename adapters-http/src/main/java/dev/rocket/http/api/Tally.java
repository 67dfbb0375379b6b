package dev.rocket.http.api;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Status;
import dev.rocket.core.model.Task;
import dev.rocket.core.usecase.Caller;
import dev.rocket.core.usecase.FollowChanges;
import java.util.function.Supplier;

/**
 * The count of tasks created and completed.
 *
 * <p>A request repeated under its idempotency key is answered with the change of the first time; it
 * lies before the feed's end as it was when the repetition began, and is not counted again.
 */
public final class Tally {

    private final FollowChanges feed;
    private final Runnable created;
    private final Runnable completed;

    /** Tells {@code created} and {@code completed} of each task. */
    public Tally(FollowChanges feed, Runnable created, Runnable completed) {
        this.feed = feed;
        this.created = created;
        this.completed = completed;
    }

    /** Carries a write out and counts what came of it. */
    Change count(Caller caller, Supplier<Change> write) {
        Seq before = before(caller);
        Change change = write.get();
        count(change, before);
        return change;
    }

    /** The end of the feed before a write, as far as it matters. */
    Seq before(Caller caller) {
        return caller.once().isEmpty() ? Seq.START : feed.head();
    }

    /** Counts a change, unless it was there before. */
    void count(Change change, Seq before) {
        if (!(change.image() instanceof Task task) || !change.seq().isAfter(before)) {
            return;
        }
        if (change.cause().equals("task.create")) {
            created.run();
        }
        boolean became =
                task.status() == Status.DONE
                        && task.completed().filter(task.stamp().updated()::equals).isPresent();
        if (became) {
            completed.run();
        }
    }
}
