package dev.rocket.core.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * Something to be done.
 *
 * <p>It is born open and without dates, and changes by edits alone. A task with a parent is a
 * subtask; it is deleted with its parent. Completing a task leaves its subtasks as they are.
 *
 * @param id for ever
 * @param revision its changes so far
 * @param title one line, 1 to {@link Limits#TITLE_CHARS} characters
 * @param notes Markdown text, may be empty, up to {@link Limits#NOTES_CHARS} characters
 * @param status where it stands
 * @param priority how much it presses
 * @param schedule when it may begin and should be done
 * @param links what it refers to
 * @param position its place in the hand-made order
 * @param stamp made and last changed
 * @param completed when it became done; empty while it is not
 */
public record Task(
        Id id,
        Revision revision,
        String title,
        String notes,
        Status status,
        Priority priority,
        Schedule schedule,
        Links links,
        Position position,
        Stamp stamp,
        Optional<Instant> completed)
        implements Image {

    /** The id of a task. */
    public record Id(UUID value) implements Image.Id<Task> {
        @Override
        public Kind kind() {
            return Kind.TASK;
        }

        @Override
        public Class<Task> type() {
            return Task.class;
        }
    }

    /** A new open task, at its first revision. */
    public static Task titled(Id id, String title, Position position, Instant now) {
        return new Task(
                id,
                Revision.FIRST,
                title,
                "",
                Status.OPEN,
                Priority.NONE,
                Schedule.NONE,
                Links.NONE,
                position,
                Stamp.born(now),
                Optional.empty());
    }

    /** This task after an edit, one revision on. */
    public Task edit(TaskEdit edit, Instant now) {
        return with(edit, revision.next(), stamp.touched(now));
    }

    /** This task with the parts set, at a given revision. */
    public Task with(TaskEdit edit, Revision at, Stamp stamped) {
        String newTitle = title;
        String newNotes = notes;
        Status newStatus = status;
        Priority newPriority = priority;
        Schedule newSchedule = schedule;
        Links newLinks = links;
        Position newPosition = position;
        for (TaskEdit.Part part : edit.parts()) {
            switch (part) {
                case TaskEdit.Title p -> newTitle = p.title();
                case TaskEdit.Notes p -> newNotes = p.notes();
                case TaskEdit.State p -> newStatus = p.status();
                case TaskEdit.Urgency p -> newPriority = p.priority();
                case TaskEdit.StartOn p -> newSchedule = newSchedule.withStart(p.start());
                case TaskEdit.DueOn p -> newSchedule = newSchedule.withDue(p.due());
                case TaskEdit.Labels p -> newLinks = newLinks.withLabels(p.labels());
                case TaskEdit.InProject p -> newLinks = newLinks.withProject(p.project());
                case TaskEdit.Under p -> newLinks = newLinks.withParent(p.parent());
                case TaskEdit.GivenTo p -> newLinks = newLinks.withAssignee(p.assignee());
                case TaskEdit.At p -> newPosition = p.position();
            }
        }
        return new Task(
                id,
                at,
                newTitle,
                newNotes,
                newStatus,
                newPriority,
                newSchedule,
                newLinks,
                newPosition,
                stamped,
                completion(newStatus, stamped.updated()));
    }

    private Optional<Instant> completion(Status next, Instant now) {
        if (next != Status.DONE) {
            return Optional.empty();
        }
        return completed.isPresent() ? completed : Optional.of(now);
    }

    /** The same task without any mention of a project, label or member, one revision on. */
    public Task without(Image.Id<?> gone, Instant now) {
        return new Task(
                id,
                revision.next(),
                title,
                notes,
                status,
                priority,
                schedule,
                links.without(gone),
                position,
                stamp.touched(now),
                completed);
    }

    /** The same task completed at another instant, or never; for what other programs wrote. */
    public Task completedAt(Optional<Instant> instant) {
        return new Task(
                id,
                revision,
                title,
                notes,
                status,
                priority,
                schedule,
                links,
                position,
                stamp,
                instant.map(i -> i.truncatedTo(ChronoUnit.MILLIS)));
    }
}
