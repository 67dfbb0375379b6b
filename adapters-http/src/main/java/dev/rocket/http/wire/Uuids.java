package dev.rocket.http.wire;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * UUIDs in their one text form.
 *
 * <p>That is 36 characters: hexadecimal digits and four dashes.
 */
public final class Uuids {

    private static final int LENGTH = 36;

    private Uuids() {}

    /** The UUID in a text, whatever the case of its letters; null when it is none. */
    public static @Nullable UUID parse(String text) {
        if (text.length() != LENGTH) {
            return null;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = text.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            boolean digit =
                    (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
            if (dash ? c != '-' : !digit) {
                return null;
            }
        }
        return UUID.fromString(text);
    }
}
