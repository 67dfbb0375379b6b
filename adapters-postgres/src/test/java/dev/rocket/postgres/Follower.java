package dev.rocket.postgres;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Task;
import dev.rocket.core.port.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A reader of one server's feed that goes on from the last place it was given. */
final class Follower {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Store store;
    private final List<Change> seen = new ArrayList<>();

    Follower(Store store) {
        this.store = store;
    }

    /** All that it was given so far. */
    List<Change> seen() {
        return List.copyOf(seen);
    }

    /** Reads until it was given that many changes in all. */
    List<Change> until(int count) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (seen.size() < count) {
            if (System.nanoTime() > end) {
                throw new AssertionError("only " + seen.size() + " of " + count + " came");
            }
            store.await(at(), Duration.ofMillis(500));
            look();
        }
        return seen();
    }

    /** Takes what is there. */
    List<Change> look() {
        Seq from = at();
        List<Change> more = store.read(s -> s.changes(from, 100));
        for (Change change : more) {
            if (!change.seq().isAfter(at())) {
                throw new AssertionError(change.seq() + " came behind " + at());
            }
            seen.add(change);
        }
        return seen();
    }

    /** What the task of a change is called. */
    static String title(Change change) {
        return ((Task) change.image()).title();
    }

    private Seq at() {
        return seen.isEmpty() ? Seq.START : seen.get(seen.size() - 1).seq();
    }
}
