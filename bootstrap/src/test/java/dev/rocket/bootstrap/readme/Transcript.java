package dev.rocket.bootstrap.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A session that was written down once, compared with one that happens now.
 *
 * <p>Ids, secrets and the server's address differ each time. Where the transcript shows one for the
 * first time, whatever the session shows there is taken for the same; from then on it must be, and
 * it stands for no other. Moments, places in the hand-made order and names of requests may be any.
 * Three dots stand for anything, also for nothing. A line end of the transcript with two blanks
 * behind it may only break a long line. All else must be as it is written.
 */
final class Transcript {

    private static final String ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final String SECRET = "rkt_[0-9a-z]{20,}";
    private static final String SETUP = "setup_[0-9a-f]{20,}";
    private static final String ADDRESS = "127\\.0\\.0\\.1:\\d+";
    private static final String MOMENT = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";
    private static final String PLACE = "(?<=\"position\":\")[0-9A-Za-z]+";
    private static final String REQUEST = "\\b[0-9a-z]{8}-\\d+\\b";
    private static final String DOTS = "…";
    private static final String BREAK = "\\n {2,}";

    private static final List<String> SAME = List.of(ID, SECRET, SETUP, ADDRESS);
    private static final Pattern VARYING =
            Pattern.compile(
                    String.join(
                            "|", ID, SECRET, SETUP, ADDRESS, MOMENT, PLACE, REQUEST, DOTS, BREAK));

    private final Map<String, String> known = new HashMap<>();

    /** Says what a text of the transcript is called now. */
    void bind(String shown, String now) {
        assertFalse(known.containsValue(now), now + " stands for another than " + shown);
        known.put(shown, now);
    }

    /** A text of the transcript with everything in it called as it is now. */
    String now(String shown) {
        return VARYING.matcher(shown)
                .replaceAll(
                        found ->
                                Matcher.quoteReplacement(
                                        known.getOrDefault(found.group(), found.group())));
    }

    /** Fails when a session shows something else than the transcript. */
    void assertSame(String shown, String said) {
        String written = shown.stripTrailing();
        List<String> news = new ArrayList<>();
        Matcher matcher = Pattern.compile(expression(written, news), Pattern.DOTALL).matcher(said);
        if (!matcher.matches()) {
            assertEquals(now(written), said, "the transcript and the session differ");
        }
        for (int i = 0; i < news.size(); i++) {
            bind(news.get(i), matcher.group(i + 1));
        }
    }

    /** What a session must match; {@code news} gets what each group will be the name of. */
    private String expression(String written, List<String> news) {
        StringBuilder expression = new StringBuilder();
        Matcher varying = VARYING.matcher(written);
        int at = 0;
        while (varying.find()) {
            expression.append(Pattern.quote(written.substring(at, varying.start())));
            expression.append(expressionOf(varying.group(), news));
            at = varying.end();
        }
        return expression.append(Pattern.quote(written.substring(at))).toString();
    }

    private String expressionOf(String shown, List<String> news) {
        String now = known.get(shown);
        if (now != null) {
            return Pattern.quote(now);
        }
        for (String kind : SAME) {
            if (shown.matches(kind)) {
                int group = news.indexOf(shown) + 1;
                if (group > 0) {
                    return "\\" + group;
                }
                news.add(shown);
                return "(" + kind + ")";
            }
        }
        if (shown.matches(BREAK)) {
            return "(?:" + shown + ")?";
        }
        if (shown.equals(DOTS)) {
            return ".*?";
        }
        return shown.matches(MOMENT) ? MOMENT : shown.matches(REQUEST) ? REQUEST : "[0-9A-Za-z]+";
    }
}
