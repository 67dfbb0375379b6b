package dev.rocket.http.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Frames from a server.
 *
 * <p>They are whole, unmasked and ready to be sent to any number of clients. Source: RFC 6455,
 * section 5.2.
 */
public final class Frames {

    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;

    static final int FIN = 0x80;
    static final int RESERVED = 0x70;
    static final int OPCODE = 0x0F;
    static final int CONTROL = 0x08;
    static final int MASKED = 0x80;
    static final int LENGTH = 0x7F;

    /** The length that says that two bytes of length follow. */
    static final int SHORT = 126;

    /** The length that says that eight bytes of length follow. */
    static final int LONG = 127;

    /** Bytes that a control frame may carry. */
    static final int CONTROL_BYTES = 125;

    private static final int SHORT_BYTES = 65_535;

    private Frames() {}

    /** A text message. */
    public static byte[] text(String message) {
        return frame(TEXT, message.getBytes(StandardCharsets.UTF_8));
    }

    /** A binary message. */
    public static byte[] binary(byte[] message) {
        return frame(BINARY, message);
    }

    /** A ping without a payload. */
    public static byte[] ping() {
        return frame(PING, new byte[0]);
    }

    /** A pong with the payload of the ping that it answers. */
    public static byte[] pong(byte[] payload) {
        return frame(PONG, payload);
    }

    /**
     * A close.
     *
     * @param code 1005 for none
     * @param reason up to 123 bytes
     */
    public static byte[] close(int code, String reason) {
        if (code == Connection.NO_CODE) {
            return frame(CLOSE, new byte[0]);
        }
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        byte[] payload =
                ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text).array();
        return frame(CLOSE, payload);
    }

    private static byte[] frame(int opcode, byte[] payload) {
        int length = payload.length;
        int head = length <= CONTROL_BYTES ? 2 : length <= SHORT_BYTES ? 4 : 10;
        ByteBuffer frame = ByteBuffer.allocate(head + length);
        frame.put((byte) (FIN | opcode));
        switch (head) {
            case 2 -> frame.put((byte) length);
            case 4 -> frame.put((byte) SHORT).putShort((short) length);
            default -> frame.put((byte) LONG).putLong(length);
        }
        return frame.put(payload).array();
    }
}
