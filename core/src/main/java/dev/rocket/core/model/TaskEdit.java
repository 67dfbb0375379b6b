package dev.rocket.core.model;

import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;

/**
 * What to set on a task, new or old.
 *
 * @param parts each sets one field; the last of two that set the same field wins
 */
public record TaskEdit(List<Part> parts) {

    /** Copies the list. */
    public TaskEdit {
        parts = List.copyOf(parts);
    }

    /** An edit of these parts. */
    public static TaskEdit of(Part... parts) {
        return new TaskEdit(List.of(parts));
    }

    /** The title that it sets, when it sets one. */
    public Optional<String> title() {
        return parts.stream()
                .filter(Title.class::isInstance)
                .map(part -> ((Title) part).title())
                .reduce((first, last) -> last);
    }

    /** One field to set. */
    public sealed interface Part
            permits Title,
                    Notes,
                    State,
                    Urgency,
                    StartOn,
                    DueOn,
                    Labels,
                    InProject,
                    Under,
                    GivenTo,
                    At {}

    /** Sets the title. */
    public record Title(String title) implements Part {
        /** Refuses what is blank, too long or unprintable. */
        public Title {
            title = Text.line("title", title, Limits.TITLE_CHARS);
        }
    }

    /** Sets the notes, Markdown text. */
    public record Notes(String notes) implements Part {
        /** Refuses what is too long. */
        public Notes {
            notes = Text.prose("notes", notes, Limits.NOTES_CHARS);
        }
    }

    /** Sets the status; entering {@code done} stamps the completion, leaving it clears that. */
    public record State(Status status) implements Part {}

    /** Sets the priority. */
    public record Urgency(Priority priority) implements Part {}

    /** Sets or clears the start. */
    public record StartOn(Optional<Due> start) implements Part {}

    /** Sets or clears the due date. */
    public record DueOn(Optional<Due> due) implements Part {}

    /** Sets all labels. */
    public record Labels(NavigableSet<Label.Id> labels) implements Part {}

    /** Sets or clears the project. */
    public record InProject(Optional<Project.Id> project) implements Part {}

    /** Sets or clears the parent. */
    public record Under(Optional<Task.Id> parent) implements Part {}

    /** Sets or clears the assignee. */
    public record GivenTo(Optional<Member.Id> assignee) implements Part {}

    /** Sets the position. */
    public record At(Position position) implements Part {}
}
