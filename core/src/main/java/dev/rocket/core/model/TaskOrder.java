package dev.rocket.core.model;

import java.util.Comparator;
import java.util.Locale;

/**
 * An order to list tasks in.
 *
 * <p>Ties are broken by id, in the order's own direction.
 */
public enum TaskOrder {
    /** Soonest first, tasks without a due date last. */
    DUE,
    /** Most urgent first. */
    PRIORITY,
    /** The hand-made order. */
    POSITION,
    /** Latest change first. */
    UPDATED,
    /** Youngest first. */
    CREATED;

    /** The due key of a task that has no due date: after every other. */
    public static final String NO_DUE = "~";

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The lower-case name on the network. */
    public String wire() {
        return wire;
    }

    /** The order of that name. Refuses others with {@link Refusal.Invalid}. */
    public static TaskOrder parse(String wire) {
        for (TaskOrder order : values()) {
            if (order.wire.equals(wire)) {
                return order;
            }
        }
        throw Refused.invalid(
                "order", "must be due, priority, position, updated or created, not '" + wire + "'");
    }

    /** Whether higher keys come first. */
    public boolean descending() {
        return this == UPDATED || this == CREATED;
    }

    /** Whether keys are whole numbers (compared as such), not text. */
    public boolean numeric() {
        return this == PRIORITY || descending();
    }

    /**
     * What a task is ordered by: a due date's sort key, a priority's rank from 0, a position, or
     * milliseconds since 1970.
     */
    public String key(Task task) {
        return switch (this) {
            case DUE -> task.schedule().due().map(Due::sortKey).orElse(NO_DUE);
            case PRIORITY -> Integer.toString(task.priority().rank());
            case POSITION -> task.position().value();
            case UPDATED -> Long.toString(task.stamp().updated().toEpochMilli());
            case CREATED -> Long.toString(task.stamp().created().toEpochMilli());
        };
    }

    /** Compares keys, then ids, as every store must. */
    public Comparator<Task> comparator() {
        Comparator<Task> byKey =
                numeric()
                        ? Comparator.comparingLong(task -> Long.parseLong(key(task)))
                        : Comparator.comparing(this::key);
        Comparator<Task> ascending = byKey.thenComparing(task -> task.id().value(), Image.Id.ORDER);
        return descending() ? ascending.reversed() : ascending;
    }
}
