package dev.rocket.core.operation;

import dev.rocket.core.model.CatalogEdit;
import dev.rocket.core.model.Comment;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Member;
import dev.rocket.core.model.Project;
import dev.rocket.core.model.Revision;
import dev.rocket.core.model.Stamp;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The comparison of what an import wants with what is there. */
final class Likeness {

    private static final CatalogEdit NOTHING = new CatalogEdit(List.of());

    private Likeness() {}

    /** Whether what is there says all that is wanted. */
    static boolean same(ImportItem wanted, Image current) {
        return merged(wanted, current).equals(current);
    }

    /** What is wanted, with the parts that do not count taken from what is there. */
    static Image merged(ImportItem wanted, Image current) {
        if (wanted.exactness() == ImportItem.Exactness.EXACT) {
            return wanted.image();
        }
        boolean dated = wanted.exactness() == ImportItem.Exactness.CONTENT;
        if (wanted.image() instanceof Task task && current instanceof Task there) {
            TaskEdit edit = TaskEdit.of(new TaskEdit.At(there.position()));
            Task placed = task.with(edit, there.revision(), dated ? task.stamp() : there.stamp());
            boolean assumed = !dated && task.completed().isPresent();
            return assumed && there.completed().isPresent()
                    ? placed.completedAt(there.completed())
                    : placed;
        }
        if (wanted.image() instanceof Comment comment && current instanceof Comment there) {
            Stamp stamp = dated ? comment.stamp() : there.stamp();
            return new Comment(
                    comment.id(),
                    there.revision(),
                    comment.task(),
                    comment.author(),
                    comment.text(),
                    stamp);
        }
        return wanted.image();
    }

    /** The same entity at another revision. */
    static Image at(Image image, Revision revision) {
        return switch (image) {
            case Task task -> task.with(TaskEdit.of(), revision, task.stamp());
            case Comment comment ->
                    new Comment(
                            comment.id(),
                            revision,
                            comment.task(),
                            comment.author(),
                            comment.text(),
                            comment.stamp());
            case Project project -> project.with(NOTHING, revision, project.stamp());
            case Label label -> label.with(NOTHING, revision, label.stamp());
            case Member member -> member.with(NOTHING, revision, member.stamp());
            default -> throw new IllegalArgumentException(image.id() + " is not imported");
        };
    }

    /** The names of the fields in which two images differ. */
    static String differences(ImportItem wanted, Image current) {
        Image image = merged(wanted, current);
        List<String> names = new ArrayList<>();
        if (image instanceof Task a && current instanceof Task b) {
            compare(names, "title", a.title(), b.title());
            compare(names, "notes", a.notes(), b.notes());
            compare(names, "status", a.status(), b.status());
            compare(names, "priority", a.priority(), b.priority());
            compare(names, "start", a.schedule().start(), b.schedule().start());
            compare(names, "due", a.schedule().due(), b.schedule().due());
            compare(names, "project", a.links().project(), b.links().project());
            compare(names, "parent", a.links().parent(), b.links().parent());
            compare(names, "labels", a.links().labels(), b.links().labels());
            compare(names, "assignee", a.links().assignee(), b.links().assignee());
            compare(names, "position", a.position(), b.position());
            compare(names, "completed", a.completed(), b.completed());
            compare(names, "created", a.stamp().created(), b.stamp().created());
            compare(names, "updated", a.stamp().updated(), b.stamp().updated());
        } else if (image instanceof Comment a && current instanceof Comment b) {
            compare(names, "text", a.text(), b.text());
            compare(names, "task", a.task(), b.task());
        }
        if (names.isEmpty()) {
            compare(names, "revision", image.revision(), current.revision());
        }
        return String.join(", ", names);
    }

    private static void compare(List<String> names, String name, Object a, Object b) {
        if (!Objects.equals(a, b)) {
            names.add(name);
        }
    }

    /** The task that a task or comment hangs on. */
    static Optional<Task.Id> parent(Image image) {
        return image instanceof Task task ? task.links().parent() : Optional.empty();
    }
}
