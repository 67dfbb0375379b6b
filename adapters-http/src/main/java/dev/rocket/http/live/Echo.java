package dev.rocket.http.live;

import io.helidon.common.buffers.BufferData;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;

/** Sends back what it gets, so that a conformance suite can judge the WebSocket stack. */
final class Echo implements WsListener {

    @Override
    public void onMessage(WsSession session, String text, boolean last) {
        session.send(text, last);
    }

    @Override
    public void onMessage(WsSession session, BufferData data, boolean last) {
        session.send(data, last);
    }

    @Override
    public void onPing(WsSession session, BufferData payload) {
        session.pong(BufferData.create(payload.readBytes()));
    }
}
