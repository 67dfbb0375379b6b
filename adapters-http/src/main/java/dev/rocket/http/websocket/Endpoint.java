package dev.rocket.http.websocket;

/** A path that WebSockets are opened at. */
public interface Endpoint {

    /** The most bytes of one message, all its fragments together; more closes with 1009. */
    int mostBytes();

    /**
     * Lets a client in; gives what hears it.
     *
     * @throws io.helidon.http.RequestException to answer with a status instead
     */
    Receiver admit(Handshake handshake);
}
