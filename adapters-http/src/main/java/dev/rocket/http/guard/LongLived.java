package dev.rocket.http.guard;

import dev.rocket.http.websocket.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A part of the adapter that keeps connections open: sockets and streams. */
public interface LongLived {

    /** Its lines in the route table. */
    List<Route> routes();

    /** Its WebSocket endpoints, by path. */
    Map<String, Endpoint> sockets();

    /** How many WebSockets are open. */
    int open();

    /**
     * Tells every client where to resume and lets it go; afterwards no new one is let in.
     *
     * @param atMost how long it may take
     */
    void drain(Duration atMost);
}
