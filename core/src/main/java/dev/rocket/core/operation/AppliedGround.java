package dev.rocket.core.operation;

import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Page;
import dev.rocket.core.model.Revision;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskFilter;
import dev.rocket.core.model.TaskOrder;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Transaction;
import java.time.Instant;
import java.util.Optional;

/** The store, changed through the write door. */
record AppliedGround(Transaction tx, String cause, Instant now) implements Ground {

    private static final Actor ACTOR = Actor.system("import");

    @Override
    public boolean holds(Image.Id<?> id) {
        return tx.find(id).isPresent();
    }

    @Override
    public Optional<Task.Id> parent(Task.Id id) {
        return tx.find(id).flatMap(task -> task.links().parent());
    }

    @Override
    public int height(Task.Id id, int enough) {
        return height(tx, id, enough);
    }

    @Override
    public Optional<Image.Id<?>> named(Image wanted) {
        return named(tx, wanted);
    }

    @Override
    public Standing standing(ImportItem wanted) {
        return standing(tx, wanted);
    }

    @Override
    public String differences(ImportItem wanted) {
        return differences(tx, wanted);
    }

    @Override
    public void put(ImportItem wanted) {
        Image image = wanted.image();
        Optional<? extends Image> current = tx.find(image.id());
        if (current.isPresent()) {
            Image there = current.get();
            image = Likeness.at(Likeness.merged(wanted, there), there.revision().next());
        } else {
            Seq last = tx.lastChange(image.id());
            if (!last.equals(Seq.START)) {
                Revision gone = change(tx, last).image().revision();
                boolean above = image.revision().compareTo(gone) > 0;
                image = above ? image : Likeness.at(image, gone.next());
            }
        }
        tx.apply(Change.draft(ACTOR, cause, now, image));
    }

    static Optional<Image.Id<?>> named(Snapshot snapshot, Image wanted) {
        return wanted.uniqueKey()
                .flatMap(key -> snapshot.keyed(wanted.id().kind(), key))
                .map(Image::id);
    }

    static Standing standing(Snapshot snapshot, ImportItem wanted) {
        Image.Id<?> id = wanted.image().id();
        Optional<? extends Image> current = snapshot.find(id);
        if (current.isPresent()) {
            return Likeness.same(wanted, current.get()) ? Standing.SAME : Standing.OTHER;
        }
        return snapshot.lastChange(id).equals(Seq.START) ? Standing.ABSENT : Standing.GONE;
    }

    static String differences(Snapshot snapshot, ImportItem wanted) {
        Optional<? extends Image> current = snapshot.find(wanted.image().id());
        return current.map(there -> Likeness.differences(wanted, there)).orElse("");
    }

    static int height(Snapshot snapshot, Task.Id id, int enough) {
        if (enough <= 1) {
            return 1;
        }
        int below = 0;
        Listing<Task> listing =
                new Listing.Tasks(
                        TaskFilter.mentioning(id), TaskOrder.POSITION, Cursor.START, Limits.PAGE);
        Optional<Cursor> next = Optional.of(Cursor.START);
        while (next.isPresent()) {
            Page<Task> page = snapshot.page(listing.from(next.get()));
            for (Task child : page.items()) {
                below = Math.max(below, height(snapshot, child.id(), enough - 1));
            }
            next = page.next();
        }
        return below + 1;
    }

    private static Change change(Snapshot snapshot, Seq at) {
        return snapshot.changes(new Seq(at.value() - 1), 1).get(0);
    }
}
