package dev.rocket.http.wire;

import dev.rocket.core.model.Revision;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import java.util.ArrayList;
import java.util.List;

/**
 * Revisions as entity tags, and the conditions that clients put on them.
 *
 * <p>A tag is the revision in quotation marks, {@code "3"}, always strong. Source: RFC 9110,
 * sections 8.8.3, 13.1.1 and 13.1.2.
 */
public final class Etags {

    private static final int CACHED = 64;
    private static final Header[] FIRST = new Header[CACHED];

    static {
        for (int i = 1; i < CACHED; i++) {
            FIRST[i] = Answer.constant(HeaderNames.ETAG, quoted(i));
        }
    }

    private Etags() {}

    /**
     * A condition in a header.
     *
     * @param any whether it is {@code *}
     * @param strong the revisions that strong tags name
     * @param weak the revisions that weak tags name
     */
    public record Condition(boolean any, List<Revision> strong, List<Revision> weak) {

        /** Copies the lists. */
        public Condition {
            strong = List.copyOf(strong);
            weak = List.copyOf(weak);
        }

        /** Whether a revision is named, compared strongly: weak tags never match. */
        public boolean strongly(Revision revision) {
            return any || strong.contains(revision);
        }

        /** Whether a revision is named, compared weakly. */
        public boolean weakly(Revision revision) {
            return any || strong.contains(revision) || weak.contains(revision);
        }
    }

    /** The header {@code ETag} of a revision. */
    public static Header header(Revision revision) {
        long value = revision.value();
        return value < CACHED
                ? FIRST[(int) value]
                : HeaderValues.create(HeaderNames.ETAG, quoted(value));
    }

    /**
     * The condition in {@code If-Match}, which must be present.
     *
     * @throws Declined with MALFORMED when it is none
     */
    public static Condition ifMatch(Headers headers) {
        return parse("If-Match", headers.get(HeaderNames.IF_MATCH).allValues());
    }

    /**
     * The condition in {@code If-None-Match}, which must be present.
     *
     * @throws Declined with MALFORMED when it is none
     */
    public static Condition ifNoneMatch(Headers headers) {
        return parse("If-None-Match", headers.get(HeaderNames.IF_NONE_MATCH).allValues());
    }

    /**
     * The condition in the text of a header.
     *
     * @param header its name, for the message
     * @throws Declined with MALFORMED when it is none
     */
    public static Condition parse(String header, List<String> values) {
        String text = values.size() == 1 ? values.get(0) : String.join(",", values);
        if (text.strip().equals("*")) {
            return new Condition(true, List.of(), List.of());
        }
        List<Revision> strong = new ArrayList<>(1);
        List<Revision> weak = new ArrayList<>(0);
        int at = blanks(text, 0);
        boolean some = false;
        while (at < text.length()) {
            boolean isWeak = text.startsWith("W/", at);
            int open = isWeak ? at + 2 : at;
            int close = open < text.length() ? text.indexOf('"', open + 1) : -1;
            if (close < 0 || text.charAt(open) != '"') {
                throw bad(header);
            }
            some = true;
            long revision = number(text, open + 1, close);
            if (revision > 0) {
                (isWeak ? weak : strong).add(new Revision(revision));
            }
            at = blanks(text, close + 1);
            if (at < text.length() && text.charAt(at) != ',') {
                throw bad(header);
            }
            at = blanks(text, at + 1);
        }
        if (!some) {
            throw bad(header);
        }
        return new Condition(false, strong, weak);
    }

    private static String quoted(long value) {
        return "\"" + value + "\"";
    }

    private static int blanks(String text, int from) {
        int at = from;
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    /** The number in a part of a text as this server prints it; 0 for any other text. */
    private static long number(String text, int from, int to) {
        if (to - from < 1 || to - from > 18 || text.charAt(from) == '0') {
            return 0;
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static Declined bad(String header) {
        return new Declined(
                ProblemType.MALFORMED,
                header + " must be * or a list of entity tags, such as \"3\".");
    }
}
