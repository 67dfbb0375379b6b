package dev.rocket.bootstrap.exchange;

import dev.rocket.core.model.Due;
import dev.rocket.core.model.Priority;
import dev.rocket.core.model.Status;
import dev.rocket.core.model.Task;
import dev.rocket.core.operation.ImportItem;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The reader of todo.txt files: a task a line.
 *
 * <p>A task's id follows from what its line says and, where lines are equal, from how many came
 * before; so a line that was edited is another task. The first project counts, each context is a
 * label, {@code due:}, {@code t:} and {@code pri:} are fields; any other {@code key:value} stays in
 * the title and is told. Priorities A to D are urgent, high, medium and low, later letters low.
 * Memory grows by about 24 bytes a line.
 */
final class TodoTxtIntake implements Intake {

    private final Origin origin;
    private final Lines lines;
    private final Drafts drafts;
    private final Occurrences occurrences = new Occurrences();

    TodoTxtIntake(Origin origin, InputStream in) {
        this.origin = origin;
        this.lines = new Lines(in, false);
        this.drafts = new Drafts(origin);
    }

    @Override
    public boolean read(Consumer<? super ImportItem> out) throws IOException {
        Optional<Lines.Line> line = lines.next();
        if (line.isPresent() && !line.get().text().isBlank()) {
            drafts.finish(draft(line.get()), out);
        }
        return line.isPresent();
    }

    private TaskDraft draft(Lines.Line line) {
        String text = line.text().strip();
        String where = origin.place("line " + line.number());
        if (!line.flaw().isEmpty()) {
            origin.lost(where, "line", text, line.flaw());
        }
        int before = occurrences.next(NamedIds.bits(text));
        Task.Id id = new Task.Id(NamedIds.of("todotxt", text + "\n" + before));
        TaskDraft draft = new TaskDraft(origin, where, id);
        TodoTxtLine parts = TodoTxtLine.parse(text);
        draft.created = parts.created().map(this::morning);
        if (parts.done()) {
            Optional<Instant> said = parts.completed().map(this::morning).or(() -> draft.created);
            draft.status = Status.DONE;
            draft.completed = said.or(() -> Optional.of(origin.modified()));
        }
        parts.priority().ifPresent(letter -> priority(draft, letter));
        String title = TodoTxtLine.title(new Words(draft).rest(parts.words()));
        draft.title("title", title.isEmpty() ? String.join(" ", parts.words()) : title);
        return draft;
    }

    private Instant morning(LocalDate day) {
        return day.atStartOfDay(origin.zone()).toInstant();
    }

    private static void priority(TaskDraft draft, char letter) {
        draft.priority =
                switch (letter) {
                    case 'A' -> Priority.URGENT;
                    case 'B' -> Priority.HIGH;
                    case 'C' -> Priority.MEDIUM;
                    default -> Priority.LOW;
                };
        if (letter > 'D') {
            draft.lost(
                    "priority", "(" + letter + ")", "is kept as low, with every letter from D on");
        }
    }

    /** The words of one line on their way into a draft. */
    private static final class Words {

        private final TaskDraft draft;
        private final Set<String> taken = new HashSet<>();

        Words(TaskDraft draft) {
            this.draft = draft;
        }

        /** Takes in projects, contexts and fields; the words that are left for the title. */
        List<String> rest(List<String> words) {
            List<String> rest = new ArrayList<>();
            for (String word : words) {
                TodoTxtLine.name('+', word).ifPresent(this::project);
                TodoTxtLine.name('@', word).ifPresent(name -> draft.label("context", name));
                Optional<TodoTxtLine.Field> field = TodoTxtLine.field(word);
                if (field.isEmpty() || !isTaken(field.get())) {
                    rest.add(word);
                }
            }
            return rest;
        }

        private void project(String name) {
            if (taken.add("+")) {
                draft.project("project", name);
            } else if (!draft.project.equals(Optional.of(name))) {
                draft.lost("project", "+" + name, "is not the first; a task has one project");
            }
        }

        private boolean isTaken(TodoTxtLine.Field field) {
            String key = field.key();
            boolean ours = key.equals("due") || key.equals("t") || key.equals("pri");
            if (!ours || taken.contains(key)) {
                String why = ours ? "is given twice" : "has no field here";
                draft.moved(key, field.value(), why + "; stays in the title");
                return false;
            }
            boolean isTaken = key.equals("pri") ? isLetter(field.value()) : field.day().isPresent();
            if (!isTaken) {
                String why = key.equals("pri") ? "is no letter" : "is no date such as 2026-03-29";
                draft.moved(key, field.value(), why + "; stays in the title");
                return false;
            }
            taken.add(key);
            take(field);
            return true;
        }

        private void take(TodoTxtLine.Field field) {
            Optional<Due> day = field.day().map(Due.Day::new);
            switch (field.key()) {
                case "due" -> draft.schedule = draft.schedule.withDue(day);
                case "t" -> draft.schedule = draft.schedule.withStart(day);
                default -> priority(draft, field.value().charAt(0));
            }
        }

        private static boolean isLetter(String value) {
            return value.length() == 1 && value.charAt(0) >= 'A' && value.charAt(0) <= 'Z';
        }
    }
}
