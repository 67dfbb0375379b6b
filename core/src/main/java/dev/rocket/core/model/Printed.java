package dev.rocket.core.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A page of tasks as text, to be passed on unread.
 *
 * @param items each task as {@link ImageText} prints it, joined by {@link #BETWEEN}
 * @param next where to go on; empty on the last page
 */
public record Printed(String items, Optional<Cursor> next) {

    /** What stands between two items; no item holds a line feed, so it splits them, too. */
    public static final String BETWEEN = ",\n";

    /** A page in print. */
    public static Printed of(Page<Task> page) {
        List<String> texts = page.items().stream().map(ImageText::print).toList();
        return new Printed(String.join(BETWEEN, texts), page.next());
    }

    /** The page itself. */
    public Page<Task> parse() {
        List<String> texts = items.isEmpty() ? List.of() : Arrays.asList(items.split(BETWEEN, -1));
        return new Page<>(texts.stream().map(Printed::task).toList(), next);
    }

    /**
     * The same page, or as much of it as fits into {@link Limits#PAGE_CHARS}; its first item stays.
     *
     * @param order that of the list
     */
    public Printed cut(TaskOrder order) {
        if (items.length() <= Limits.PAGE_CHARS) {
            return this;
        }
        int fitting = items.lastIndexOf(BETWEEN, Limits.PAGE_CHARS);
        int end = fitting < 0 ? items.indexOf(BETWEEN) : fitting;
        if (end < 0) {
            return this;
        }
        String kept = items.substring(0, end);
        int before = kept.lastIndexOf(BETWEEN);
        Task last = task(kept.substring(before < 0 ? 0 : before + BETWEEN.length()));
        return new Printed(kept, Optional.of(Cursor.behind(last, order)));
    }

    /** The task in a text that {@link ImageText} printed. */
    public static Task task(String text) {
        return (Task) ImageText.parse(Image.Kind.TASK, text);
    }
}
