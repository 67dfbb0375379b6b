package dev.rocket.http.guard;

import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Token;
import dev.rocket.core.usecase.Authenticate;
import dev.rocket.core.usecase.Caller;
import dev.rocket.http.wire.Problems;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.EnumSet;
import java.util.Optional;

/**
 * Who a request's bearer token belongs to.
 *
 * <p>Requests are proven by this header alone, never by a cookie, so a foreign page cannot make a
 * browser send one in its user's name, and nothing further guards against request forgery. Where no
 * token is asked for, {@link SameOrigin} does. Source: RFC 6750, section 2.1.
 */
final class BearerAuth {

    private static final String SCHEME = "Bearer ";

    /** Whoever calls a server that asks nobody; may do everything. */
    private static final Caller ANONYMOUS =
            new Caller(
                    new Actor("anonymous", "anonymous"),
                    EnumSet.allOf(Token.Scope.class),
                    Optional.empty());

    private final Authenticate authenticate;
    private final boolean asks;

    /**
     * Proves callers.
     *
     * @param asks whether tokens are asked for at all
     */
    BearerAuth(Authenticate authenticate, boolean asks) {
        this.authenticate = authenticate;
        this.asks = asks;
    }

    /** The caller of a request. Refuses with Unauthenticated. */
    Caller caller(Headers headers) {
        if (!asks) {
            SameOrigin.require(headers);
            return ANONYMOUS;
        }
        if (!headers.contains(HeaderNames.AUTHORIZATION)) {
            throw Problems.noToken();
        }
        var header = headers.get(HeaderNames.AUTHORIZATION);
        String text = header.get();
        if (header.valueCount() != 1 || !text.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw Problems.noToken();
        }
        return authenticate.caller(text.substring(SCHEME.length()).strip());
    }

    /** The same caller, when its token is still good. Refuses with Unauthenticated. */
    Caller standing(Caller proven) {
        if (!authenticate.holds(proven)) {
            throw Problems.unauthenticated("The token has expired or was revoked.");
        }
        return proven;
    }

    /** Whether tokens are asked for at all. */
    boolean asks() {
        return asks;
    }
}
