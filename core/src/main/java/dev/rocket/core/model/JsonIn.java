package dev.rocket.core.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * A reader of one JSON object's members by name.
 *
 * <p>It notes where each member begins and converts a value when it is asked for, so a member that
 * nobody knows costs one step over it. Members may come in any order; those in the order they are
 * asked for are found at once. Anything but one well-formed object is an IllegalArgumentException
 * that names the place; so is a member that is not what was asked for.
 */
final class JsonIn {

    private static final int UUID_CHARS = 36;

    private final String text;
    private final JsonScan scan;

    /** Where each name and each value begins, behind its quotation mark, in turn. */
    private int[] places = new int[48];

    private int count;
    private int hint;

    private JsonIn(String text, int at) {
        this.text = text;
        this.scan = new JsonScan(text, at);
        index();
    }

    /** The object that a text consists of. */
    static JsonIn of(String text) {
        JsonIn in = new JsonIn(text, 0);
        in.scan.blanks();
        if (in.scan.at != text.length()) {
            throw in.scan.bad("nothing more");
        }
        return in;
    }

    /** The object in a member. */
    JsonIn object(String name) {
        return new JsonIn(text, required(name));
    }

    /** What is read from the object in a member that may be missing. */
    <T> Optional<T> find(String name, Function<JsonIn, T> reader) {
        int value = value(name);
        return value < 0 ? Optional.empty() : Optional.of(reader.apply(new JsonIn(text, value)));
    }

    /** The text in a member. */
    String text(String name) {
        return scan.string(required(name));
    }

    /** The text in a member that may be missing. */
    Optional<String> find(String name) {
        int value = value(name);
        return value < 0 ? Optional.empty() : Optional.of(scan.string(value));
    }

    /** The text in a member that is missing when it is empty. */
    String textOrEmpty(String name) {
        int value = value(name);
        return value < 0 ? "" : scan.string(value);
    }

    /** The texts in a member, none when it is missing. */
    List<String> texts(String name) {
        int value = value(name);
        if (value < 0) {
            return List.of();
        }
        scan.at = value;
        List<String> texts = new ArrayList<>(4);
        scan.expect('[');
        while (scan.next() != ']') {
            int from = scan.at;
            scan.skipText();
            texts.add(scan.string(from));
            scan.comma(']');
        }
        return texts;
    }

    /** The UUID in a member. */
    UUID uuid(String name) {
        return id(text(name));
    }

    /** The instant in a member. */
    Instant instant(String name) {
        return InstantText.parse(text(name));
    }

    /** The UUID in a text, in its one canonical length. */
    static UUID id(String text) {
        if (text.length() != UUID_CHARS) {
            throw new IllegalArgumentException("not a UUID: " + text);
        }
        return UUID.fromString(text);
    }

    /** The whole number in a member. */
    long number(String name) {
        scan.at = required(name);
        int from = scan.at;
        scan.skipWord();
        try {
            return Long.parseLong(text, from, scan.at, 10);
        } catch (NumberFormatException e) {
            throw scan.bad("a whole number");
        }
    }

    /** Whether a member is there and true. */
    boolean truth(String name) {
        int value = value(name);
        return value >= 0 && text.startsWith("true", value);
    }

    private int required(String name) {
        int value = value(name);
        if (value < 0) {
            throw new IllegalArgumentException("the member " + name + " is missing");
        }
        return value;
    }

    /** Where the value of a member begins; -1 when it is missing. */
    private int value(String name) {
        for (int i = 0; i < count; i++) {
            int member = hint + i < count ? hint + i : hint + i - count;
            int place = places[2 * member];
            if (text.startsWith(name, place) && text.charAt(place + name.length()) == '"') {
                hint = member + 1;
                return places[2 * member + 1];
            }
        }
        return -1;
    }

    private void index() {
        scan.expect('{');
        while (scan.next() != '}') {
            if (2 * count == places.length) {
                places = Arrays.copyOf(places, 2 * places.length);
            }
            places[2 * count] = scan.at + 1;
            scan.skipText();
            scan.expect(':');
            scan.next();
            places[2 * count + 1] = scan.at;
            scan.skip(1);
            count++;
            scan.comma('}');
        }
        scan.at++;
    }
}
