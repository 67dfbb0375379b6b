package dev.rocket.core.model;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a task refers to.
 *
 * @param project the project it belongs to
 * @param parent the task it is a part of
 * @param labels its labels, ascending by id; at most {@link Limits#LABELS_PER_TASK}
 * @param assignee whom it is given to
 */
public record Links(
        Optional<Project.Id> project,
        Optional<Task.Id> parent,
        NavigableSet<Label.Id> labels,
        Optional<Member.Id> assignee) {

    private static final Comparator<Label.Id> BY_ID =
            Comparator.comparing(Label.Id::value, Image.Id.ORDER);
    private static final NavigableSet<Label.Id> NO_LABELS =
            Collections.unmodifiableNavigableSet(sorted(List.of()));

    /** Refers to nothing. */
    public static final Links NONE =
            new Links(Optional.empty(), Optional.empty(), NO_LABELS, Optional.empty());

    /** Copies the labels; refuses too many. */
    public Links {
        if (labels.size() > Limits.LABELS_PER_TASK) {
            throw Refused.invalid("labels", "are more than " + Limits.LABELS_PER_TASK);
        }
        labels =
                labels.isEmpty() ? NO_LABELS : Collections.unmodifiableNavigableSet(sorted(labels));
    }

    /** A sorted copy of some labels. */
    public static NavigableSet<Label.Id> sorted(Iterable<Label.Id> labels) {
        if (labels instanceof SortedSet<Label.Id> same && BY_ID.equals(same.comparator())) {
            return new TreeSet<>(same);
        }
        NavigableSet<Label.Id> set = new TreeSet<>(BY_ID);
        labels.forEach(set::add);
        return set;
    }

    /** The same in another project. */
    public Links withProject(Optional<Project.Id> newProject) {
        return new Links(newProject, parent, labels, assignee);
    }

    /** The same under another task. */
    public Links withParent(Optional<Task.Id> newParent) {
        return new Links(project, newParent, labels, assignee);
    }

    /** The same with other labels. */
    public Links withLabels(NavigableSet<Label.Id> newLabels) {
        return new Links(project, parent, newLabels, assignee);
    }

    /** The same given to someone else. */
    public Links withAssignee(Optional<Member.Id> newAssignee) {
        return new Links(project, parent, labels, newAssignee);
    }

    /** The same without any mention of a project, label or member. */
    public Links without(Image.Id<?> gone) {
        Links links = this;
        if (gone instanceof Label.Id label && labels.contains(label)) {
            NavigableSet<Label.Id> rest = sorted(labels);
            rest.remove(label);
            links = links.withLabels(rest);
        }
        if (project.isPresent() && project.get().equals(gone)) {
            links = links.withProject(Optional.empty());
        }
        if (assignee.isPresent() && assignee.get().equals(gone)) {
            links = links.withAssignee(Optional.empty());
        }
        return links;
    }
}
