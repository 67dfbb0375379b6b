package dev.rocket.bootstrap.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Many idle WebSocket clients on one thread.
 *
 * <p>Each subscribes to every change; the crowd counts how many sockets have seen a change that
 * carries a given text.
 */
final class SocketCrowd implements AutoCloseable {

    private static final String SUBSCRIBE = "{\"type\":\"subscribe\",\"id\":\"bench\"}";
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private final Selector selector;
    private final ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);
    private byte[] wanted = new byte[0];
    private int seen;

    /** One client: whether it saw what is wanted. */
    private static final class Client {
        private boolean saw;
    }

    private SocketCrowd(Selector selector) {
        this.selector = selector;
    }

    /** Opens that many sockets and waits until each has subscribed. */
    static SocketCrowd open(Target server, int sockets) throws IOException {
        SocketCrowd crowd = new SocketCrowd(Selector.open());
        crowd.wanted = bytes("\"subscribed\"");
        for (int i = 0; i < sockets; i++) {
            SocketChannel channel = SocketChannel.open(server.address());
            channel.write(ByteBuffer.wrap(handshake(server)));
            channel.write(frame(SUBSCRIBE));
            channel.configureBlocking(false);
            channel.register(crowd.selector, SelectionKey.OP_READ, new Client());
            if (i % 50 == 49) {
                crowd.selector.selectNow(crowd::receive);
            }
        }
        crowd.untilSeenBy(sockets);
        return crowd;
    }

    /** How many sockets are open. */
    int size() {
        return selector.keys().size();
    }

    /** From now on counts the sockets that see {@code text}. */
    void expect(String text) {
        wanted = bytes(text);
        seen = 0;
        for (SelectionKey key : selector.keys()) {
            ((Client) key.attachment()).saw = false;
        }
    }

    /**
     * Waits until that many sockets saw what is expected.
     *
     * @return the nanosecond clock when the last of them did
     * @throws IOException when it takes longer than half a minute
     */
    long untilSeenBy(int sockets) throws IOException {
        long deadline = System.nanoTime() + PATIENCE;
        while (seen < sockets) {
            selector.select(this::receive, 100);
            if (System.nanoTime() > deadline) {
                throw new IOException("only " + seen + " of " + sockets + " sockets saw it");
            }
        }
        return System.nanoTime();
    }

    private void receive(SelectionKey key) {
        in.clear();
        try {
            if (((SocketChannel) key.channel()).read(in) < 0) {
                throw new EOFException("the server closed a socket");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Client client = (Client) key.attachment();
        if (!client.saw && holds(wanted)) {
            client.saw = true;
            seen++;
        }
    }

    private boolean holds(byte[] text) {
        int last = in.position() - text.length;
        for (int i = 0; i <= last; i++) {
            int j = 0;
            while (j < text.length && in.get(i + j) == text[j]) {
                j++;
            }
            if (j == text.length) {
                return true;
            }
        }
        return false;
    }

    private static byte[] handshake(Target server) {
        return bytes(
                "GET /v1/live HTTP/1.1\r\nHost: "
                        + server.uri("").getAuthority()
                        + "\r\nAuthorization: Bearer "
                        + server.token()
                        + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: cm9ja2V0LWJlbmNobWFyaw==\r\n\r\n");
    }

    /** A masked text frame (RFC 6455, section 5.2) of less than 126 bytes; the mask is zero. */
    private static ByteBuffer frame(String text) {
        byte[] payload = bytes(text);
        ByteBuffer frame = ByteBuffer.allocate(6 + payload.length);
        return frame.put((byte) 0x81)
                .put((byte) (0x80 | payload.length))
                .putInt(0)
                .put(payload)
                .flip();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
