package dev.rocket.bootstrap.exchange;

import dev.rocket.core.model.Due;
import dev.rocket.core.model.Priority;
import dev.rocket.core.model.Status;
import dev.rocket.core.model.Task;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What Taskwarrior's fields become.
 *
 * <p>A due date at midnight is a whole day, since Taskwarrior writes days so. {@code scheduled} is
 * the start, else {@code wait} is. A task that was started is in progress, a deleted one cancelled.
 * A template of repeating tasks is passed over when its instances exist. {@code id} and {@code
 * urgency} are computed by Taskwarrior and no data. Fields without a place here, among them every
 * user-defined one, are told.
 *
 * <p>Source: Taskwarrior's description of its JSON form, taskwarrior.org/docs/design/task.
 */
final class TaskwarriorMapping {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);

    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9A-Fa-f]{8}-([0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}");

    private final Origin origin;
    private final Occurrences occurrences = new Occurrences();

    TaskwarriorMapping(Origin origin) {
        this.origin = origin;
    }

    /** The task in an object; empty when it is told and passed over. */
    Optional<TaskDraft> draft(JsonObjects.Found found) {
        Map<String, Object> members = found.members();
        String uuid = text(members, "uuid");
        String where = uuid.isEmpty() ? found.where() : found.where() + ", task " + uuid;
        String status = text(members, "status");
        if (status.equals("recurring") && !text(members, "mask").isEmpty()) {
            String why = "is the template of a repeating task; its instances are kept, it is not";
            origin.lost(where, "recur", text(members, "description"), why);
            return Optional.empty();
        }
        boolean started = !text(members, "start").isEmpty();
        TaskDraft draft = new TaskDraft(origin, where, id(uuid, members));
        draft.status = status(draft, status, started);
        members.forEach((name, value) -> take(draft, name, value, members));
        if (!members.containsKey("description")) {
            draft.title("description", "");
        }
        if (draft.status == Status.DONE) {
            Optional<Instant> said = draft.completed.or(() -> draft.updated);
            draft.completed = said.or(() -> draft.created).or(() -> Optional.of(origin.modified()));
        }
        return Optional.of(draft);
    }

    private Task.Id id(String uuid, Map<String, Object> members) {
        boolean valid = UUID_TEXT.matcher(uuid).matches();
        String name = uuid.isEmpty() ? unnamed(members) : uuid;
        return new Task.Id(valid ? UUID.fromString(uuid) : NamedIds.of("taskwarrior", name));
    }

    /** What stands in for an id: all that is said, and how often that came before. */
    private String unnamed(Map<String, Object> members) {
        Map<String, Object> said = new TreeMap<>(members);
        said.keySet().removeAll(List.of("id", "urgency", "uuid"));
        return said + "\n" + occurrences.next(NamedIds.bits(said.toString()));
    }

    private static Status status(TaskDraft draft, String status, boolean started) {
        return switch (status) {
            case "completed" -> Status.DONE;
            case "deleted" -> Status.CANCELLED;
            case "", "pending", "waiting", "recurring" ->
                    started ? Status.IN_PROGRESS : Status.OPEN;
            default -> {
                draft.lost("status", status, "is no status of Taskwarrior; the task is open");
                yield Status.OPEN;
            }
        };
    }

    private void take(TaskDraft draft, String name, Object value, Map<String, Object> members) {
        String text = value.toString();
        if (text.isEmpty()) {
            return;
        }
        switch (name) {
            case "uuid", "id", "urgency", "status" -> {}
            case "description" -> draft.title(name, text);
            case "project" -> draft.project(name, text);
            case "entry" -> draft.created = instant(draft, name, text);
            case "modified" -> draft.updated = instant(draft, name, text);
            case "end" -> end(draft, text, text(members, "modified"));
            case "start" -> {
                if (draft.status != Status.IN_PROGRESS) {
                    draft.lost(name, text, "when it was begun is not kept");
                } else {
                    draft.lost(name, text, "is kept as in progress; when it was begun is not");
                }
            }
            case "due" -> draft.schedule = draft.schedule.withDue(due(draft, name, text));
            case "scheduled" -> draft.schedule = draft.schedule.withStart(due(draft, name, text));
            case "wait" -> await(draft, text, text(members, "scheduled"));
            case "priority" -> draft.priority = priority(draft, text);
            case "tags" -> list(value).forEach(tag -> draft.label(name, tag.toString()));
            case "annotations" -> list(value).forEach(note -> annotation(draft, note));
            case "depends" -> draft.lost(name, text, "what a task waits for is not kept");
            case "recur", "mask", "imask", "rtype", "parent" ->
                    draft.lost(name, text, "repeating is not kept");
            case "until" -> draft.lost(name, text, "when a task expires is not kept");
            default -> draft.lost(name, text, "has no field here");
        }
    }

    private void end(TaskDraft draft, String text, String modified) {
        if (draft.status == Status.DONE) {
            draft.completed = instant(draft, "end", text);
        } else if (!text.equals(modified)) {
            draft.lost("end", text, "is kept for tasks that are done alone");
        }
    }

    private void await(TaskDraft draft, String text, String scheduled) {
        if (scheduled.isEmpty()) {
            draft.schedule = draft.schedule.withStart(due(draft, "wait", text));
        } else {
            draft.lost("wait", text, "scheduled is the start, and there is one alone");
        }
    }

    private static Priority priority(TaskDraft draft, String text) {
        return switch (text) {
            case "H" -> Priority.HIGH;
            case "M" -> Priority.MEDIUM;
            case "L" -> Priority.LOW;
            default -> {
                draft.lost("priority", text, "is neither H, M nor L");
                yield Priority.NONE;
            }
        };
    }

    private static void annotation(TaskDraft draft, Object note) {
        if (note instanceof Map<?, ?> map && map.get("description") instanceof String text) {
            Object entry = map.get("entry");
            Optional<Instant> at =
                    entry == null ? Optional.empty() : instant(draft, "annotations", entry + "");
            draft.remark("annotations", text, at);
        } else {
            draft.lost("annotations", note.toString(), "is no annotation");
        }
    }

    private Optional<Due> due(TaskDraft draft, String field, String text) {
        try {
            return instant(draft, field, text).map(at -> due(at.atZone(origin.zone())));
        } catch (DateTimeException e) {
            draft.lost(field, text, "is in no year from 1 to " + Due.MAX_YEAR);
            return Optional.empty();
        }
    }

    private static Due due(ZonedDateTime at) {
        boolean day = at.toLocalTime().equals(LocalTime.MIDNIGHT);
        return day ? new Due.Day(at.toLocalDate()) : new Due.Zoned(at);
    }

    private static Optional<Instant> instant(TaskDraft draft, String field, String text) {
        try {
            return Optional.of(LocalDateTime.parse(text, DATE).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            draft.lost(field, text, "is no instant such as 20260329T073000Z");
            return Optional.empty();
        }
    }

    private static List<?> list(Object value) {
        return value instanceof List<?> list ? list : List.of(value);
    }

    private static String text(Map<String, Object> members, String name) {
        return members.getOrDefault(name, "").toString();
    }
}
