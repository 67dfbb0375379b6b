package dev.rocket.bootstrap.exchange;

import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Priority;
import dev.rocket.core.model.Schedule;
import dev.rocket.core.model.Status;
import dev.rocket.core.model.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A task of another program on its way into Rocket's limits.
 *
 * <p>What does not fit is cut, moved to the notes or left out, and told.
 */
final class TaskDraft {

    /** The title of a task that came without one. */
    static final String UNTITLED = "Untitled";

    /**
     * A comment to be.
     *
     * @param at when it was made; empty when the other program does not say
     */
    record Remark(Optional<Instant> at, String text) {}

    final Origin origin;
    final String where;
    final Task.Id id;
    final Set<String> labels = new LinkedHashSet<>();
    final List<Remark> remarks = new ArrayList<>();
    String title = UNTITLED;
    Optional<String> project;
    Status status = Status.OPEN;
    Priority priority = Priority.NONE;
    Schedule schedule = Schedule.NONE;
    Optional<Task.Id> parent = Optional.empty();
    Optional<Instant> created = Optional.empty();
    Optional<Instant> updated = Optional.empty();
    Optional<Instant> completed = Optional.empty();
    private final StringBuilder notes = new StringBuilder();

    /**
     * Begins a task.
     *
     * @param where its place in the file, for people
     */
    TaskDraft(Origin origin, String where, Task.Id id) {
        this.origin = origin;
        this.where = where;
        this.id = id;
        this.project = origin.project();
    }

    /** Sets the title; one that does not fit goes whole into the notes. */
    void title(String field, String text) {
        String line = CleanText.line(text);
        String prose = CleanText.prose(text).strip();
        if (line.isEmpty()) {
            origin.moved(where, field, text, "is blank; the task is called " + UNTITLED);
            return;
        }
        title = CleanText.head(line, Limits.TITLE_CHARS).strip();
        if (line.length() > Limits.TITLE_CHARS) {
            note(prose);
            String why = "is longer than " + Limits.TITLE_CHARS + " characters; whole in the notes";
            origin.moved(where, field, text, why);
        } else if (!prose.equals(line)) {
            note(prose);
            origin.moved(where, field, text, "is more than one plain line; whole in the notes");
        }
        tellUnprintable(field, text);
    }

    /** Adds text of the other program to the notes. */
    void notes(String field, String text) {
        tellUnprintable(field, text);
        note(CleanText.prose(text));
    }

    /** Adds a field that Rocket has no place for to the notes. */
    void noted(String field, String heading, String text) {
        if (text.isBlank()) {
            return;
        }
        notes(field, heading + ": " + text);
        origin.moved(where, field, text, "stands in the notes");
    }

    private void note(String text) {
        if (!notes.isEmpty() && !text.isEmpty()) {
            notes.append("\n\n");
        }
        notes.append(text);
    }

    /** The notes, cut to what fits. */
    String fittingNotes() {
        String all = notes.toString();
        String fits = CleanText.head(all, Limits.NOTES_CHARS);
        if (fits.length() < all.length()) {
            String why = "are cut to " + Limits.NOTES_CHARS + " characters";
            origin.lost(where, "notes", all.substring(fits.length()), why);
        }
        return fits;
    }

    /** Puts it into a project. */
    void project(String field, String name) {
        project = name(field, name).or(() -> project);
    }

    /** Adds a label. */
    void label(String field, String name) {
        Optional<String> label = name(field, name);
        boolean fits = labels.size() < Limits.LABELS_PER_TASK;
        if (label.isPresent() && !fits && !labels.contains(label.get())) {
            String why = "is one label more than the " + Limits.LABELS_PER_TASK + " that fit";
            origin.lost(where, field, name, why);
        } else {
            label.ifPresent(labels::add);
        }
    }

    /** Adds a comment; a blank one is left out. */
    void remark(String field, String text, Optional<Instant> at) {
        tellUnprintable(field, text);
        String prose = CleanText.prose(text);
        String fits = CleanText.head(prose, Limits.COMMENT_CHARS);
        if (fits.length() < prose.length()) {
            String why = "is cut to " + Limits.COMMENT_CHARS + " characters";
            origin.lost(where, field, prose.substring(fits.length()), why);
        }
        if (!fits.isBlank()) {
            remarks.add(new Remark(at, fits));
        }
    }

    /** Tells of something that the task will hold in another place. */
    void moved(String field, String value, String why) {
        origin.moved(where, field, value, why);
    }

    /** Tells of something that the task will not hold. */
    void lost(String field, String value, String why) {
        origin.lost(where, field, value, why);
    }

    private Optional<String> name(String field, String text) {
        String line = CleanText.line(text);
        String fits = CleanText.head(line, Limits.NAME_CHARS).strip();
        if (fits.isEmpty()) {
            origin.lost(where, field, text, "is blank");
            return Optional.empty();
        }
        if (fits.length() < line.length()) {
            String why = "is cut to " + Limits.NAME_CHARS + " characters";
            origin.lost(where, field, line.substring(fits.length()), why);
        }
        tellUnprintable(field, text);
        return Optional.of(fits);
    }

    private void tellUnprintable(String field, String text) {
        String normal = text.replace("\r\n", "\n").replace('\r', '\n');
        if (!CleanText.prose(text).equals(normal)) {
            origin.lost(where, field, text, "holds unprintable characters; they are left out");
        }
    }
}
