package dev.rocket.http.guard;

import io.helidon.webserver.websocket.WsRouting;
import java.time.Duration;
import java.util.List;

/** A part of the adapter that keeps connections open: sockets and streams. */
public interface LongLived {

    /** Its lines in the route table. */
    List<Route> routes();

    /** Adds its WebSocket endpoints. */
    void sockets(WsRouting.Builder routing);

    /** How many WebSockets are open. */
    int open();

    /**
     * Tells every client where to resume and lets it go; afterwards no new one is let in.
     *
     * @param atMost how long it may take
     */
    void drain(Duration atMost);
}
