package dev.rocket.http.guard;

import dev.rocket.http.wire.Declined;
import dev.rocket.http.wire.ProblemType;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.Locale;

/**
 * The check that stands in for tokens where nobody is asked for one.
 *
 * <p>A server on loopback that asks nobody could be written to by any page that its user's browser
 * shows. So a request that a browser marks with another origin is declined, and so is one for a
 * host name that is not this machine's own, to which a hostile name server could have pointed.
 */
final class SameOrigin {

    private SameOrigin() {}

    /** Declines, with FORBIDDEN, what a foreign page sent. */
    static void require(Headers headers) {
        String host = headers.contains(HeaderNames.HOST) ? headers.get(HeaderNames.HOST).get() : "";
        if (!isOwn(host)) {
            throw foreign("The host '" + shown(host) + "' is not this machine.");
        }
        if (headers.contains(HeaderNames.ORIGIN)) {
            String origin = headers.get(HeaderNames.ORIGIN).get();
            if (!origin.equalsIgnoreCase("http://" + host)) {
                throw foreign("The origin '" + shown(origin) + "' is not this server.");
            }
        }
    }

    private static boolean isOwn(String host) {
        int colon = host.lastIndexOf(':');
        boolean hasPort = colon > host.lastIndexOf(']');
        String name = (hasPort ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.equals("[::1]")
                || (name.startsWith("127.") && Cidr.literal(name).isPresent());
    }

    private static String shown(String text) {
        return text.length() > 100 ? text.substring(0, 100) : text;
    }

    private static Declined foreign(String why) {
        return new Declined(
                ProblemType.FORBIDDEN,
                why + " A server that asks for no tokens serves its own page and machine alone.");
    }
}
