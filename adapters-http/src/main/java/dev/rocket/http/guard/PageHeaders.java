package dev.rocket.http.guard;

import dev.rocket.http.wire.Answer;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;

/**
 * The headers that keep the page to itself.
 *
 * <p>It runs scripts and styles of its own origin alone, talks to its own origin alone, stands in
 * no frame, and tells no other site where its visitor came from. Whether HTTPS is demanded is for
 * the proxy to say, which knows whether it is spoken. Source: Content Security Policy Level 3.
 */
public final class PageHeaders {

    /** For every answer: the media type is what it says. */
    static final Header NOSNIFF =
            Answer.constant(HeaderNames.create("X-Content-Type-Options"), "nosniff");

    private static final Header POLICY =
            Answer.constant(
                    HeaderNames.create("Content-Security-Policy"),
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                            + " font-src 'self'; connect-src 'self'; manifest-src 'self';"
                            + " worker-src 'self'; base-uri 'none'; form-action 'self';"
                            + " frame-ancestors 'none'");

    private static final Header REFERRER =
            Answer.constant(HeaderNames.create("Referrer-Policy"), "no-referrer");

    private PageHeaders() {}

    /** The same answer with them; what every answer carries anyway is added at the door. */
    public static Answer on(Answer answer) {
        return answer.with(POLICY).with(REFERRER);
    }
}
