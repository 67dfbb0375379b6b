package dev.rocket.http.live;

import dev.rocket.http.websocket.Endpoint;
import dev.rocket.http.websocket.Frames;
import dev.rocket.http.websocket.Handshake;
import dev.rocket.http.websocket.Link;
import dev.rocket.http.websocket.Receiver;
import org.jspecify.annotations.Nullable;

/** Sends back what it gets, so that a conformance suite can judge the WebSocket stack. */
final class Echo implements Receiver {

    /** Where it is reached by whoever likes. */
    static final class Route implements Endpoint {

        @Override
        public int mostBytes() {
            return MESSAGE_BYTES;
        }

        @Override
        public Receiver admit(Handshake handshake) {
            return new Echo();
        }
    }

    /** As conformance suites send them. */
    private static final int MESSAGE_BYTES = 16 << 20;

    private @Nullable Link link;

    private void send(byte[] frame) {
        Link open = link;
        if (open != null) {
            open.send(frame);
        }
    }

    @Override
    public void opened(Link to) {
        link = to;
    }

    @Override
    public void text(String message) {
        send(Frames.text(message));
    }

    @Override
    public void binary(byte[] message) {
        send(Frames.binary(message));
    }

    @Override
    public void ping(byte[] payload) {
        send(Frames.pong(payload));
    }

    @Override
    public void closed(int code) {
        send(Frames.close(code, ""));
    }

    @Override
    public void violated(int code, String reason) {
        send(Frames.close(code, reason));
    }

    @Override
    public void gone() {
        link = null;
    }
}
