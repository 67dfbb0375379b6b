package dev.rocket.core.model;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/**
 * Where a page ended: the last item's order key and id.
 *
 * @param order the name of the list's order; a cursor fits no other
 * @param key the last item's key in that order; empty where the id alone orders
 * @param id the last item's id
 */
public record Cursor(String order, String key, UUID id) {

    /** The name of the order by id alone. */
    public static final String BY_ID = "id";

    private static final int MAX_CHARS = 400;

    /** Before everything. */
    public static final Cursor START = new Cursor("", "", new UUID(0, 0));

    /** Just behind a task in an order. */
    public static Cursor behind(Task task, TaskOrder order) {
        return new Cursor(order.wire(), order.key(task), task.id().value());
    }

    /** Just behind an entity in a list by id. */
    public static Cursor behind(Image.Id<?> id) {
        return new Cursor(BY_ID, "", id.value());
    }

    /** Whether it lies before everything. */
    public boolean isStart() {
        return order.isEmpty();
    }

    /** The opaque text that {@link #parse} reads back; URL-safe. */
    public String print() {
        String text = order + " " + id + " " + key;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The cursor in a text, for a list in that order.
     *
     * @throws Refused with {@link Refusal.Invalid} when it is none, or of another order
     */
    public static Cursor parse(String text, String order) {
        Cursor cursor = parse(text);
        boolean numeric = order.equals("updated") || order.equals("created");
        boolean fits =
                cursor.order.equals(order) && (!numeric || cursor.key.matches("-?\\d{1,18}"));
        boolean ranked = !order.equals("priority") || cursor.key.matches("\\d");
        if (!fits || !ranked) {
            throw Refused.invalid("after", "is a cursor of a list in another order");
        }
        return cursor;
    }

    private static Cursor parse(String text) {
        if (text.length() > MAX_CHARS) {
            throw Refused.invalid("after", "is not a cursor that this server gave");
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            String[] parts = new String(bytes, StandardCharsets.UTF_8).split(" ", 3);
            if (parts.length == 3 && !parts[0].isEmpty() && parts[1].length() == 36) {
                return new Cursor(parts[0], parts[2], UUID.fromString(parts[1]));
            }
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("after", "is not a cursor that this server gave");
        }
        throw Refused.invalid("after", "is not a cursor that this server gave");
    }
}
