package dev.rocket.http.websocket;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;

/** The way to one client; used by one thread at a time. */
public final class Link {

    private final DataWriter writer;

    Link(DataWriter writer) {
        this.writer = writer;
    }

    /**
     * Sends a frame of {@link Frames}; blocks while the client takes nothing.
     *
     * @throws RuntimeException when the connection has ended, or the thread was interrupted
     */
    public void send(byte[] frame) {
        writer.writeNow(BufferData.create(frame));
    }
}
