package dev.rocket.core.model;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which tasks are asked for; every condition must hold.
 *
 * <p>{@link #matches} is the truth that every store's queries are tested against.
 *
 * @param statuses any of these; empty means any status
 * @param links what the task must refer to
 * @param due when it must be due
 * @param words what it must say
 * @param updatedSince changed at or after this instant
 */
public record TaskFilter(
        Set<Status> statuses,
        Mentions links,
        DueRange due,
        Words words,
        Optional<Instant> updatedSince) {

    /**
     * What a task must refer to.
     *
     * @param project belongs to it
     * @param label carries it
     * @param assignee is given to them
     * @param parent is a direct part of it
     */
    public record Mentions(
            Optional<Project.Id> project,
            Optional<Label.Id> label,
            Optional<Member.Id> assignee,
            Optional<Task.Id> parent) {

        /** Asks for nothing. */
        public static final Mentions ANY =
                new Mentions(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * A range of {@link Due#sortKey}.
     *
     * @param from inclusive: a day or local time
     * @param before exclusive
     */
    public record DueRange(Optional<String> from, Optional<String> before) {

        /** Any due date, or none. */
        public static final DueRange ANY = new DueRange(Optional.empty(), Optional.empty());

        /** Whether a task's due date lies in it; a task without one only when it asks nothing. */
        public boolean holds(Task task) {
            if (from.isEmpty() && before.isEmpty()) {
                return true;
            }
            String key = task.schedule().due().map(Due::sortKey).orElse("");
            return !key.isEmpty()
                    && (from.isEmpty() || key.compareTo(from.get()) >= 0)
                    && (before.isEmpty() || key.compareTo(before.get()) < 0);
        }
    }

    /** Every task. */
    public static final TaskFilter ANY =
            new TaskFilter(Set.of(), Mentions.ANY, DueRange.ANY, Words.ANY, Optional.empty());

    /** Copies the statuses. */
    public TaskFilter {
        statuses = statuses.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(statuses));
    }

    /** The same for these statuses. */
    public TaskFilter withStatuses(Set<Status> these) {
        return new TaskFilter(these, links, due, words, updatedSince);
    }

    /** The same for these links. */
    public TaskFilter withLinks(Mentions these) {
        return new TaskFilter(statuses, these, due, words, updatedSince);
    }

    /** The same for this range of due dates. */
    public TaskFilter withDue(DueRange range) {
        return new TaskFilter(statuses, links, range, words, updatedSince);
    }

    /** The same for these words. */
    public TaskFilter withWords(Words these) {
        return new TaskFilter(statuses, links, due, these, updatedSince);
    }

    /** The same for what was changed since. */
    public TaskFilter withUpdatedSince(Optional<Instant> instant) {
        return new TaskFilter(statuses, links, due, words, instant);
    }

    /** The tasks that refer to a project, label, member or parent. */
    public static TaskFilter mentioning(Image.Id<?> id) {
        Optional<Project.Id> project =
                id instanceof Project.Id p ? Optional.of(p) : Optional.empty();
        Optional<Label.Id> label = id instanceof Label.Id l ? Optional.of(l) : Optional.empty();
        Optional<Member.Id> member = id instanceof Member.Id m ? Optional.of(m) : Optional.empty();
        Optional<Task.Id> parent = id instanceof Task.Id t ? Optional.of(t) : Optional.empty();
        return ANY.withLinks(new Mentions(project, label, member, parent));
    }

    /** Whether a task is asked for. */
    public boolean matches(Task task) {
        return (statuses.isEmpty() || statuses.contains(task.status()))
                && (updatedSince.isEmpty() || !task.stamp().updated().isBefore(updatedSince.get()))
                && due.holds(task)
                && linked(task)
                && words.match(task);
    }

    private boolean linked(Task task) {
        Links has = task.links();
        return (links.project.isEmpty() || links.project.equals(has.project()))
                && (links.parent.isEmpty() || links.parent.equals(has.parent()))
                && (links.assignee.isEmpty() || links.assignee.equals(has.assignee()))
                && (links.label.isEmpty() || has.labels().contains(links.label.get()));
    }
}
