package dev.rocket.http.websocket;

/**
 * What hears one client.
 *
 * <p>All methods are called on one thread, the reader's. {@link #closed} or {@link #gone} is the
 * last call, except that after {@link #violated} what still comes is read and dropped, and then
 * {@link #gone} is called.
 */
public interface Receiver {

    /** The socket is open; {@code link} sends on it. */
    void opened(Link link);

    /** A whole text message. */
    void text(String message);

    /** A whole binary message. */
    void binary(byte[] message);

    /** A ping, to be answered with a pong of the same payload. */
    void ping(byte[] payload);

    /**
     * The client has closed, or answered a close; to be answered with a close of the same code
     * unless one was sent. The connection ends when this returns.
     *
     * @param code 1005 when the client gave none
     */
    void closed(int code);

    /** The client broke the protocol and is to be closed with this code. */
    void violated(int code, String reason);

    /** The connection has ended without a close. */
    void gone();
}
