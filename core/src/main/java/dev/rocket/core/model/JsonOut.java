package dev.rocket.core.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A writer of JSON text.
 *
 * <p>Members come in the order given, without white space. It escapes what the format demands and
 * nothing else, so equal values give equal text. Source: RFC 8259.
 */
public final class JsonOut {

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder out;

    /** Writes to the end of {@code out}. */
    public JsonOut(StringBuilder out) {
        this.out = out;
    }

    /** Begins an object. */
    public JsonOut begin() {
        out.append('{');
        return this;
    }

    /** Ends an object. */
    public JsonOut end() {
        out.append('}');
        return this;
    }

    /** Writes a member's name. */
    public JsonOut name(String name) {
        boolean first = out.charAt(out.length() - 1) == '{';
        out.append(first ? "\"" : ",\"").append(name).append("\":");
        return this;
    }

    /** Writes a text member. */
    public JsonOut text(String name, String value) {
        name(name);
        quote(value);
        return this;
    }

    /** Writes a text member when there is one. */
    public JsonOut text(String name, Optional<String> value) {
        return value.isPresent() ? text(name, value.get()) : this;
    }

    /** Writes a member that needs no escapes. */
    public JsonOut plain(String name, String value) {
        name(name);
        out.append('"').append(value).append('"');
        return this;
    }

    /** Writes the id of something, when there is one. */
    public JsonOut id(String name, Optional<? extends Image.Id<?>> id) {
        return id.isPresent() ? plain(name, id.get().text()) : this;
    }

    /** Writes a number member. */
    public JsonOut number(String name, long value) {
        name(name);
        out.append(value);
        return this;
    }

    /** Writes a truth member. */
    public JsonOut truth(String name, boolean value) {
        name(name);
        out.append(value);
        return this;
    }

    /** Writes an instant member. */
    public JsonOut instant(String name, Instant value) {
        name(name);
        out.append('"');
        InstantText.print(out, value);
        out.append('"');
        return this;
    }

    /** Writes a due date, when there is one. */
    JsonOut due(String name, Optional<Due> due) {
        return due.isPresent() ? plain(name, due.get().print()) : this;
    }

    /** Writes an array of ids. */
    JsonOut ids(String name, Iterable<? extends Image.Id<?>> ids) {
        name(name);
        out.append('[');
        String comma = "";
        for (Image.Id<?> id : ids) {
            out.append(comma).append('"').append(id.text()).append('"');
            comma = ",";
        }
        out.append(']');
        return this;
    }

    /** Writes an array of texts that need no escapes. */
    public JsonOut plains(String name, Iterable<String> values) {
        name(name);
        out.append('[');
        String comma = "";
        for (String value : values) {
            out.append(comma).append('"').append(value).append('"');
            comma = ",";
        }
        out.append(']');
        return this;
    }

    /** Writes a text with its quotation marks. */
    public JsonOut quote(String value) {
        out.append('"');
        int from = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x20 || c == '"' || c == '\\') {
                out.append(value, from, i);
                escape(c);
                from = i + 1;
            }
        }
        out.append(value, from, value.length()).append('"');
        return this;
    }

    private void escape(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            default -> out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
        }
    }
}
