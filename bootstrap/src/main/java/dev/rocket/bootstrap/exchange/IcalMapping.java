package dev.rocket.bootstrap.exchange;

import dev.rocket.core.model.Priority;
import dev.rocket.core.model.Status;
import dev.rocket.core.model.Task;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the properties of one to-do become.
 *
 * <p>A UID that is a UUID stays the id; any other leads to one. Priority 1 is urgent, 2 to 4 high,
 * 5 medium, 6 to 9 low. Place and address stand in the notes. {@code DTSTAMP} and {@code SEQUENCE}
 * are bookkeeping of calendars and no data. Whatever else has no place here is told.
 *
 * <p>Source: RFC 5545, section 3.6.2; RFC 7986 for later properties.
 */
final class IcalMapping {

    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9A-Fa-f]{8}-([0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}");
    private static final Set<String> UNDERSTOOD = Set.of("VALUE", "TZID", "RELTYPE");
    private static final Set<String> MANY = Set.of("CATEGORIES", "COMMENT", "RELATED-TO");

    private final Origin origin;
    private final IcalTimes times;
    private final Occurrences occurrences;
    private final String place;
    private final Set<String> seen = new HashSet<>();

    /**
     * Maps one to-do.
     *
     * @param occurrences of to-dos without a UID in the same file
     * @param place where it begins, for people
     */
    IcalMapping(Origin origin, IcalTimes times, Occurrences occurrences, String place) {
        this.origin = origin;
        this.times = times;
        this.occurrences = occurrences;
        this.place = place;
    }

    /** The task in a to-do; empty when it is told and passed over. */
    Optional<TaskDraft> draft(IcalComponent todo, Optional<String> calendar) {
        String uid = todo.text("UID").map(String::strip).orElse("");
        String where = uid.isEmpty() ? place : place + ", " + uid;
        String summary = todo.text("SUMMARY").orElse("");
        if (todo.text("RECURRENCE-ID").isPresent()) {
            origin.lost(where, "VTODO", summary, "is one occurrence of a repeating to-do");
            return Optional.empty();
        }
        TaskDraft draft = new TaskDraft(origin, where, id(uid.isEmpty() ? unnamed(todo) : uid));
        calendar.ifPresent(project -> draft.project("X-WR-CALNAME", project));
        todo.properties().forEach(property -> take(draft, property));
        if (!seen.contains("SUMMARY")) {
            draft.title("SUMMARY", "");
        }
        progress(draft, todo);
        for (IcalComponent inner : todo.inner()) {
            String trigger = inner.text("TRIGGER").orElse("");
            draft.lost(inner.name(), trigger, "reminders are not kept");
        }
        return Optional.of(draft);
    }

    /** What stands in for a UID: all that is said, and how often that came before. */
    private String unnamed(IcalComponent todo) {
        String said =
                todo.properties().stream()
                        .filter(property -> !property.name().equals("DTSTAMP"))
                        .map(IcalComponent.Property::toString)
                        .collect(Collectors.joining("\n"));
        return said + "\n" + occurrences.next(NamedIds.bits(said));
    }

    private static Task.Id id(String uid) {
        boolean valid = UUID_TEXT.matcher(uid).matches();
        return new Task.Id(valid ? UUID.fromString(uid) : NamedIds.of("ical", uid));
    }

    private void take(TaskDraft draft, IcalComponent.Property property) {
        String name = property.name();
        String text = IcalText.unescape(property.value());
        boolean again = !seen.add(name);
        if (again && !MANY.contains(name)) {
            draft.lost(name, text, "is given twice");
            return;
        }
        property.parameters().entrySet().stream()
                .filter(parameter -> !UNDERSTOOD.contains(parameter.getKey()))
                .filter(parameter -> isTaken(name))
                .forEach(p -> draft.lost(name + " " + p.getKey(), p.getValue(), "is not kept"));
        switch (name) {
            case "UID", "DTSTAMP", "SEQUENCE", "PERCENT-COMPLETE" -> {}
            case "SUMMARY" -> draft.title(name, text);
            case "DESCRIPTION" -> draft.notes(name, text);
            case "LOCATION" -> draft.noted(name, "Location", text);
            case "URL" -> draft.noted(name, "URL", property.value());
            case "COMMENT" -> draft.remark(name, text, Optional.empty());
            case "CATEGORIES" ->
                    IcalText.list(property.value()).forEach(tag -> draft.label(name, tag));
            case "STATUS" -> draft.status = status(draft, text);
            case "PRIORITY" -> draft.priority = priority(draft, text);
            case "DUE" -> draft.schedule = draft.schedule.withDue(times.due(draft, property));
            case "DTSTART" -> draft.schedule = draft.schedule.withStart(times.due(draft, property));
            case "CREATED" -> draft.created = times.instant(draft, property);
            case "LAST-MODIFIED" -> draft.updated = times.instant(draft, property);
            case "COMPLETED" -> draft.completed = times.instant(draft, property);
            case "RELATED-TO" -> related(draft, property, text);
            case "RRULE", "RDATE", "EXDATE" -> draft.lost(name, text, "repeating is not kept");
            default -> draft.lost(name, text, "has no field here");
        }
    }

    private static boolean isTaken(String property) {
        return switch (property) {
            case "SUMMARY", "DESCRIPTION", "LOCATION", "COMMENT", "CATEGORIES" -> true;
            default -> false;
        };
    }

    private static Status status(TaskDraft draft, String text) {
        return switch (text.strip().toUpperCase(Locale.ROOT)) {
            case "NEEDS-ACTION" -> Status.OPEN;
            case "IN-PROCESS" -> Status.IN_PROGRESS;
            case "COMPLETED" -> Status.DONE;
            case "CANCELLED" -> Status.CANCELLED;
            default -> {
                draft.lost("STATUS", text, "is no status of a to-do; the task is open");
                yield Status.OPEN;
            }
        };
    }

    private static Priority priority(TaskDraft draft, String text) {
        return switch (text.strip()) {
            case "0" -> Priority.NONE;
            case "1" -> Priority.URGENT;
            case "2", "3", "4" -> Priority.HIGH;
            case "5" -> Priority.MEDIUM;
            case "6", "7", "8", "9" -> Priority.LOW;
            default -> {
                draft.lost("PRIORITY", text, "is no number from 0 to 9");
                yield Priority.NONE;
            }
        };
    }

    private static void related(TaskDraft draft, IcalComponent.Property property, String text) {
        String type = property.parameters().getOrDefault("RELTYPE", "PARENT");
        if (type.equalsIgnoreCase("PARENT") && draft.parent.isEmpty()) {
            draft.parent = Optional.of(id(text.strip()));
        } else {
            draft.lost("RELATED-TO", text, "is kept for one parent alone, not for a " + type);
        }
    }

    /** Settles what STATUS, COMPLETED and PERCENT-COMPLETE say together. */
    private void progress(TaskDraft draft, IcalComponent todo) {
        String percent = todo.text("PERCENT-COMPLETE").map(String::strip).orElse("");
        boolean ended = draft.completed.isPresent() || percent.equals("100");
        if (!seen.contains("STATUS") && ended) {
            draft.status = Status.DONE;
        }
        boolean done = draft.status == Status.DONE;
        boolean said = percent.isEmpty() || percent.equals("0") || (done && percent.equals("100"));
        if (!said) {
            draft.lost("PERCENT-COMPLETE", percent, "how far a task is, is not kept");
        }
        if (done) {
            Optional<Instant> at = draft.completed.or(() -> draft.updated);
            draft.completed = at.or(() -> draft.created).or(() -> Optional.of(origin.modified()));
        } else if (draft.completed.isPresent()) {
            String at = draft.completed.get().toString();
            draft.lost("COMPLETED", at, "is kept for tasks that are done alone");
            draft.completed = Optional.empty();
        }
    }
}
