package dev.rocket.http.wire;

import dev.rocket.core.model.Refused;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of a query, decoded strictly.
 *
 * <p>A parameter that the path does not know is refused, so a misspelt filter never widens a list.
 */
public final class Query {

    private static final Query NONE = new Query(List.of());
    private static final int MOST = 100;

    private record Pair(String name, String value) {}

    private final List<Pair> pairs;

    private Query(List<Pair> pairs) {
        this.pairs = pairs;
    }

    /**
     * The parameters in a query.
     *
     * @param raw as it came, without the question mark
     * @param known the names that are understood
     * @throws Refused with Invalid for a name that is not, bad escapes or text that is no UTF-8
     */
    public static Query parse(String raw, Set<String> known) {
        if (raw.isEmpty()) {
            return NONE;
        }
        List<Pair> pairs = new ArrayList<>();
        int from = 0;
        while (from <= raw.length()) {
            int and = raw.indexOf('&', from);
            int to = and < 0 ? raw.length() : and;
            if (to > from) {
                pairs.add(pair(raw.substring(from, to), known));
            }
            from = to + 1;
        }
        if (pairs.size() > MOST) {
            throw Refused.invalid("query", "has more than " + MOST + " parameters");
        }
        return new Query(pairs);
    }

    private static Pair pair(String text, Set<String> known) {
        int equals = text.indexOf('=');
        String name = decode("query", equals < 0 ? text : text.substring(0, equals));
        if (!known.contains(name)) {
            String shown = name.length() > 50 ? name.substring(0, 50) : name;
            throw Refused.invalid(shown, "is not a parameter of this path");
        }
        return new Pair(name, equals < 0 ? "" : decode(name, text.substring(equals + 1)));
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return pairs.isEmpty();
    }

    /**
     * The value of a parameter that may occur once.
     *
     * @throws Refused with Invalid when it occurs twice
     */
    public Optional<String> one(String name) {
        List<String> all = all(name);
        if (all.size() > 1) {
            throw Refused.invalid(name, "must be given once");
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(0));
    }

    /** The values of a parameter, in order. */
    public List<String> all(String name) {
        List<String> all = new ArrayList<>(1);
        for (Pair pair : pairs) {
            if (pair.name().equals(name)) {
                all.add(pair.value());
            }
        }
        return all;
    }

    /**
     * The whole number in a parameter.
     *
     * @throws Refused with Invalid when it is none
     */
    public Optional<Long> number(String name) {
        return one(name)
                .map(
                        text -> {
                            try {
                                return Long.parseLong(text);
                            } catch (NumberFormatException e) {
                                throw Refused.invalid(name, "must be a whole number");
                            }
                        });
    }

    private static String decode(String name, String text) {
        boolean plain = true;
        for (int i = 0; i < text.length() && plain; i++) {
            char c = text.charAt(i);
            plain = c != '%' && c != '+' && c > 0x20 && c < 0x7f;
        }
        return plain ? text : escaped(name, text);
    }

    private static String escaped(String name, String text) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '+') {
                bytes.put((byte) ' ');
            } else if (c == '%') {
                int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
                if (low < 0) {
                    throw Refused.invalid(name, "holds a bad escape");
                }
                bytes.put((byte) (high << 4 | low));
                i += 2;
            } else if (c > 0x20 && c < 0x7f) {
                bytes.put((byte) c);
            } else {
                throw Refused.invalid(name, "holds a character that must be escaped");
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw Refused.invalid(name, "is not UTF-8");
        }
    }
}
