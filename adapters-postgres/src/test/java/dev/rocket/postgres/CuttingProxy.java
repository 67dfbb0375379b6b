package dev.rocket.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A way to the server that can be cut around the next commit. */
final class CuttingProxy implements AutoCloseable {

    /** When the connection is cut. */
    enum Side {
        /** The server never hears of the commit. */
        BEFORE_COMMIT,
        /** The server has committed, and nobody hears its answer. */
        AFTER_COMMIT,
        /** It is not. */
        NEVER
    }

    private final int target;
    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicReference<Side> next = new AtomicReference<>(Side.NEVER);
    private final AtomicInteger cuts = new AtomicInteger();

    CuttingProxy(int target) throws IOException {
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Cuts the connection that commits next. */
    void cut(Side side) {
        next.set(side);
    }

    /** How many were cut. */
    int cuts() {
        return cuts.get();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                Line line = new Line(client, server);
                Thread.ofVirtual().start(line::forth);
                Thread.ofVirtual().start(line::back);
            } catch (IOException e) {
                // Either side may go; the store is what is tested.
                Thread.onSpinWait();
            }
        }
    }

    private final class Line {

        private final Socket client;
        private final Socket server;
        private volatile boolean swallows;

        Line(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void forth() {
            byte[] bytes = new byte[1 << 16];
            try (client;
                    server;
                    InputStream in = client.getInputStream();
                    OutputStream out = server.getOutputStream()) {
                for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                    String text = new String(bytes, 0, n, StandardCharsets.ISO_8859_1);
                    Side side = text.contains("COMMIT\0") ? next.getAndSet(Side.NEVER) : Side.NEVER;
                    if (side == Side.BEFORE_COMMIT) {
                        cuts.incrementAndGet();
                        return;
                    }
                    swallows |= side == Side.AFTER_COMMIT;
                    out.write(bytes, 0, n);
                }
            } catch (IOException e) {
                // Either side may go; the store is what is tested.
                Thread.onSpinWait();
            }
        }

        void back() {
            byte[] bytes = new byte[1 << 16];
            try (client;
                    server;
                    InputStream in = server.getInputStream();
                    OutputStream out = client.getOutputStream()) {
                for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                    if (swallows) {
                        cuts.incrementAndGet();
                        return;
                    }
                    out.write(bytes, 0, n);
                }
            } catch (IOException e) {
                // Either side may go; the store is what is tested.
                Thread.onSpinWait();
            }
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
