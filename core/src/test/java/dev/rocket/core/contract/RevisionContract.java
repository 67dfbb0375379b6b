package dev.rocket.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rocket.core.model.Image;
import dev.rocket.core.model.Refusal;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Revision;
import dev.rocket.core.model.Task;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Revisions: each change is one more than the one before, for ever.
 *
 * <p>A deletion counts. What was deleted begins again above its deletion's revision; what never was
 * may begin at any.
 */
public abstract class RevisionContract extends Contract {

    @Test
    void a_stale_revision_is_refused_with_the_current_one() {
        Task task = task("one");
        Task second = retitled(task, "two");
        put(task, second);
        Refusal stale = new Refusal.Stale(task.id(), new Revision(2));
        assertEquals(stale, refusal(() -> put(at(task, 2))));
        assertEquals(stale, refusal(() -> put(at(task, 4))));
        assertEquals(stale, refusal(() -> put(new Image.Gone(task.id(), new Revision(2)))));
        assertEquals(stale, refusal(() -> put(new Image.Gone(task.id(), new Revision(4)))));
        assertEquals(Optional.of(second), read(s -> s.find(task.id())));
        assertEquals(2, feed().size());
    }

    @Test
    void a_first_revision_of_what_is_there_exists_already() {
        Task task = task("one");
        put(task);
        assertEquals(new Refusal.Exists(task.id()), refusal(() -> put(task)));
        put(retitled(task, "two"));
        assertEquals(new Refusal.Exists(task.id()), refusal(() -> put(task)));
    }

    @Test
    void a_first_deletion_revision_of_what_is_there_is_stale() {
        Task task = task("one");
        put(task);
        assertEquals(
                new Refusal.Stale(task.id(), Revision.FIRST),
                refusal(() -> put(new Image.Gone(task.id(), Revision.FIRST))));
    }

    @Test
    void a_deletion_of_what_never_was_is_not_found() {
        Task task = task("never");
        assertEquals(Refused.notFound(task.id()).refusal(), refusal(() -> put(gone(task))));
    }

    @Test
    void a_deletion_of_what_was_deleted_is_not_found() {
        Task task = task("once");
        put(task, gone(task));
        Image.Gone again = new Image.Gone(task.id(), new Revision(3));
        assertEquals(Refused.notFound(task.id()).refusal(), refusal(() -> put(again)));
    }

    @Test
    void a_deletion_counts_as_a_revision() {
        Task task = task("one");
        put(task);
        assertEquals(new Revision(2), put(gone(task)).get(0).image().revision());
    }

    @Test
    void what_was_deleted_begins_only_above_the_revision_of_its_deletion() {
        Task task = task("one");
        Task second = retitled(task, "two");
        put(task, second, gone(second));
        Refusal notFound = Refused.notFound(task.id()).refusal();
        for (long revision = 1; revision <= 3; revision++) {
            Task tooLow = at(task, revision);
            assertEquals(notFound, refusal(() -> put(tooLow)));
        }
        put(at(task, 9));
        assertEquals(
                new Refusal.Stale(task.id(), new Revision(9)), refusal(() -> put(at(task, 4))));
    }

    @Test
    void what_never_was_may_begin_at_any_revision() {
        Task task = at(task("migrated"), 41);
        put(task);
        assertEquals(Optional.of(task), read(s -> s.find(task.id())));
        put(retitled(task, "edited"));
    }
}
