package dev.rocket.http.guard;

import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;

/**
 * One line for each answered request; never a token, a query or any content.
 *
 * <p>The logger {@code dev.rocket.http.access} has answers at DEBUG, failures of the server at
 * WARNING.
 */
final class AccessLog {

    private static final System.Logger LOG = System.getLogger("dev.rocket.http.access");

    private AccessLog() {}

    static void note(ServerRequest request, Status status, long nanos, String id) {
        System.Logger.Level level =
                status.code() >= 500 ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG;
        if (LOG.isLoggable(level)) {
            LOG.log(level, line(request, status, nanos, id));
        }
    }

    private static String line(ServerRequest request, Status status, long nanos, String id) {
        return request.prologue().method().text()
                + " "
                + request.prologue().uriPath().rawPath()
                + " "
                + status.code()
                + " "
                + nanos / 1000
                + " us from "
                + request.remotePeer().host()
                + " request "
                + id;
    }
}
