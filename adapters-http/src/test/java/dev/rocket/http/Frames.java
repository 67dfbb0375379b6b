package dev.rocket.http;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A WebSocket client that sends frames as it is told, right or wrong.
 *
 * <p>Source: RFC 6455, section 5.2.
 */
final class Frames implements AutoCloseable {

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;
    static final int FIN = 0x80;

    private static final int MASKED = 0x80;
    private static final byte[] KEY = {1, 2, 3, 4};
    private static final int PATIENCE_MILLIS = 20_000;

    /** A frame from the server: its first byte and what it carries. */
    record Frame(int head, String payload) {

        /** The close code in it. */
        int code() {
            return payload.length() < 2 ? 1005 : payload.charAt(0) << 8 | payload.charAt(1);
        }
    }

    private final java.net.Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final String status;

    private Frames(TestServer server, String path, int receiveBytes) {
        try {
            socket = new java.net.Socket();
            if (receiveBytes > 0) {
                socket.setReceiveBufferSize(receiveBytes);
            }
            socket.connect(
                    new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), server.port));
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            in = new DataInputStream(socket.getInputStream());
            out = socket.getOutputStream();
            String handshake =
                    "GET "
                            + path
                            + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                            + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                            + "Authorization: Bearer "
                            + server.admin
                            + "\r\n\r\n";
            out.write(handshake.getBytes(StandardCharsets.ISO_8859_1));
            status = head();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A connection that has asked for a WebSocket. */
    static Frames open(TestServer server, String path) {
        return new Frames(server, path, 0);
    }

    /** The same, which takes little off the wire. */
    static Frames narrow(TestServer server, String path, int receiveBytes) {
        return new Frames(server, path, receiveBytes);
    }

    /** The whole head of the server's answer. */
    String status() {
        return status;
    }

    private String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    /** Sends a frame; each character of the payload is a byte. */
    Frames send(int head, String payload) {
        return send(head, MASKED, payload.length(), payload);
    }

    /** Sends a frame that says what it likes of its mask and length. */
    Frames send(int head, int masked, long length, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.ISO_8859_1);
        java.io.ByteArrayOutputStream frame = new java.io.ByteArrayOutputStream();
        frame.write(head);
        if (length >= 0 && length < 126) {
            frame.write(masked | (int) length);
        } else if (length >= 0 && length < 65_536) {
            frame.write(masked | 126);
            frame.write((int) (length >> 8));
            frame.write((int) length);
        } else {
            frame.write(masked | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame.write((int) (length >> shift));
            }
        }
        if (masked != 0) {
            frame.writeBytes(KEY);
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] ^= KEY[i % 4];
            }
        }
        frame.writeBytes(bytes);
        try {
            out.write(frame.toByteArray());
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next frame; one with the head 0 when the connection ended. */
    Frame next() {
        try {
            int head = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = Math.toIntExact(in.readLong());
            }
            byte[] payload = new byte[length];
            in.readFully(payload);
            return new Frame(head, new String(payload, StandardCharsets.ISO_8859_1));
        } catch (EOFException | java.net.SocketException e) {
            return new Frame(0, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The code that the server closes with, whatever it sends before; 1006 without one. */
    int closeCode() {
        Frame frame = next();
        while (frame.head() != (FIN | CLOSE) && frame.head() != 0) {
            frame = next();
        }
        return frame.head() == 0 ? 1006 : frame.code();
    }

    /** A text as its UTF-8 bytes, each a character. */
    static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** A close code and a reason as a payload. */
    static String closing(int code, String reason) {
        return "" + (char) (code >> 8) + (char) (code & 0xff) + reason;
    }

    /** Some bytes of one value. */
    static String bytes(int count) {
        char[] many = new char[count];
        Arrays.fill(many, 'x');
        return new String(many);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
