package dev.rocket.core.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A reader of the JSON that {@link JsonOut} writes: flat objects whose values are texts, whole
 * numbers, truths, arrays of texts or such objects.
 *
 * <p>It accepts white space and any member order. It is for Rocket's own text; anything else is an
 * IllegalArgumentException that names the place.
 */
final class JsonIn {

    private static final int MAX_DEPTH = 4;

    private final String text;
    private int at;

    private JsonIn(String text) {
        this.text = text;
    }

    /** The members of the object in a text. */
    static Map<String, Object> object(String text) {
        JsonIn in = new JsonIn(text);
        Map<String, Object> members = in.members(0);
        in.blanks();
        if (in.at != text.length()) {
            throw in.bad("nothing more");
        }
        return members;
    }

    private Map<String, Object> members(int depth) {
        if (depth > MAX_DEPTH) {
            throw bad("less nesting");
        }
        Map<String, Object> members = new LinkedHashMap<>(32);
        expect('{');
        if (next() == '}') {
            at++;
            return members;
        }
        while (true) {
            blanks();
            String name = string();
            expect(':');
            if (members.put(name, value(depth)) != null) {
                throw bad("each member once");
            }
            char c = next();
            at++;
            if (c == '}') {
                return members;
            }
            if (c != ',') {
                throw bad("a comma");
            }
        }
    }

    private Object value(int depth) {
        char c = next();
        if (c == '"') {
            return string();
        }
        if (c == '{') {
            return members(depth + 1);
        }
        if (c == '[') {
            return array();
        }
        if (text.startsWith("true", at)) {
            at += 4;
            return true;
        }
        if (text.startsWith("false", at)) {
            at += 5;
            return false;
        }
        return number();
    }

    private List<String> array() {
        List<String> items = new ArrayList<>();
        at++;
        if (next() == ']') {
            at++;
            return items;
        }
        while (true) {
            blanks();
            items.add(string());
            char c = next();
            at++;
            if (c == ']') {
                return items;
            }
            if (c != ',') {
                throw bad("a comma");
            }
        }
    }

    private Long number() {
        int from = at;
        while (at < text.length() && (Character.isDigit(text.charAt(at)) || at == from)) {
            at++;
        }
        try {
            return Long.parseLong(text, from, at, 10);
        } catch (NumberFormatException e) {
            throw bad("a whole number");
        }
    }

    private String string() {
        if (at >= text.length() || text.charAt(at) != '"') {
            throw bad("a text");
        }
        int from = ++at;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                return text.substring(from, at++);
            }
            if (c == '\\') {
                return escaped(from);
            }
            at++;
        }
        throw bad("the end of a text");
    }

    private String escaped(int from) {
        StringBuilder out = new StringBuilder(text.length() - from).append(text, from, at);
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return out.toString();
            }
            if (c != '\\') {
                out.append(c);
            } else if (at < text.length()) {
                out.append(unescaped(text.charAt(at++)));
            }
        }
        throw bad("the end of a text");
    }

    private char unescaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case '"', '\\', '/' -> c;
            case 'u' -> {
                if (at + 4 > text.length()) {
                    throw bad("four digits");
                }
                at += 4;
                yield (char) Integer.parseInt(text, at - 4, at, 16);
            }
            default -> throw bad("an escape");
        };
    }

    private char next() {
        blanks();
        if (at >= text.length()) {
            throw bad("more");
        }
        return text.charAt(at);
    }

    private void expect(char c) {
        if (next() != c) {
            throw bad("'" + c + "'");
        }
        at++;
    }

    private void blanks() {
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
    }

    private IllegalArgumentException bad(String wanted) {
        return new IllegalArgumentException("expected " + wanted + " at character " + at);
    }
}
