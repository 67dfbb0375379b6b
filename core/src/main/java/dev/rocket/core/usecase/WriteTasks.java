package dev.rocket.core.usecase;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Comment;
import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Refusal;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Revision;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskEdit;
import dev.rocket.core.model.TaskFilter;
import dev.rocket.core.model.TaskOrder;
import dev.rocket.core.model.Token;
import dev.rocket.core.port.Snapshot;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Creating, editing and deleting tasks. */
public final class WriteTasks {

    private final Once once;
    private final InstantSource clock;
    private final Births births;

    /** Writes through {@code once}. */
    public WriteTasks(Once once, InstantSource clock, Births births) {
        this.once = once;
        this.clock = clock;
        this.births = births;
    }

    /**
     * Creates a task; durable on return.
     *
     * @return the change that holds it
     * @throws Refused with Forbidden (no WRITE), Invalid (no title; a link that leads nowhere; a
     *     path deeper than {@link Limits#DEPTH}) or KeyReused
     */
    public Change create(Caller caller, TaskEdit fields) {
        return once.change(caller, creation(caller, fields));
    }

    /**
     * Edits a task; durable on return.
     *
     * @param expected the revision it must have; empty to edit whatever is current
     * @return the change that holds it
     * @throws Refused with Forbidden (no WRITE), NotFound, Stale, Invalid (a link that leads
     *     nowhere or in a circle; a path deeper than {@link Limits#DEPTH}) or KeyReused
     */
    public Change edit(Caller caller, Task.Id id, Optional<Revision> expected, TaskEdit edit) {
        return once.change(caller, edition(caller, id, expected, edit));
    }

    /**
     * Deletes a task with its subtasks and all their comments; durable on return.
     *
     * @param expected the revision it must have; empty to delete whatever is current
     * @return the change that ends it
     * @throws Refused with Forbidden (no WRITE), NotFound, Stale, TooWide or KeyReused
     */
    public Change delete(Caller caller, Task.Id id, Optional<Revision> expected) {
        return once.change(caller, deletion(caller, id, expected));
    }

    /** The plan of {@link #create}. */
    public Plan creation(Caller caller, TaskEdit fields) {
        caller.require(Token.Scope.WRITE);
        String title = fields.title().orElseThrow(() -> Refused.invalid("title", "must be given"));
        Instant now = clock.instant();
        long birth = births.next();
        Task.Id id = new Task.Id(births.id(birth));
        Task blank = Task.titled(id, title, Births.position(birth), now);
        Task task = blank.with(fields, Revision.FIRST, blank.stamp());
        return new Plan(
                "task.create",
                snapshot -> {
                    TaskTree.check(snapshot, task, Optional.empty());
                    return List.of(task);
                });
    }

    /** The plan of {@link #edit}. */
    public Plan edition(Caller caller, Task.Id id, Optional<Revision> expected, TaskEdit edit) {
        caller.require(Token.Scope.WRITE);
        Instant now = clock.instant();
        return new Plan(
                "task.edit",
                snapshot -> {
                    Task before = Expected.find(snapshot, id, expected);
                    Task after = before.edit(edit, now);
                    TaskTree.check(snapshot, after, Optional.of(before));
                    return List.of(after);
                });
    }

    /** The plan of {@link #delete}. */
    public Plan deletion(Caller caller, Task.Id id, Optional<Revision> expected) {
        caller.require(Token.Scope.WRITE);
        return new Plan(
                "task.delete",
                snapshot -> {
                    List<Image> gone = new ArrayList<>();
                    delete(snapshot, Expected.find(snapshot, id, expected), gone);
                    return gone;
                });
    }

    private static void delete(Snapshot snapshot, Task task, List<Image> gone) {
        gone.add(new Image.Gone(task.id(), task.revision().next()));
        Listing<Comment> comments = new Listing.Comments(task.id(), Cursor.START, Limits.PAGE);
        for (Comment comment : Expected.every(snapshot, comments)) {
            gone.add(new Image.Gone(comment.id(), comment.revision().next()));
        }
        if (gone.size() - 1 > Limits.CASCADE) {
            throw new Refused(new Refusal.TooWide(task.id(), Limits.CASCADE));
        }
        for (Task child : Expected.every(snapshot, children(task.id()))) {
            delete(snapshot, child, gone);
        }
    }

    private static Listing<Task> children(Task.Id id) {
        TaskFilter filter = TaskFilter.mentioning(id);
        return new Listing.Tasks(filter, TaskOrder.POSITION, Cursor.START, Limits.PAGE);
    }
}
