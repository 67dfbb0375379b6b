package dev.rocket.bootstrap.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A network before a server, which can be cut, or fall silent and come back. */
final class Network implements AutoCloseable {

    /** How it is. */
    enum State {
        /** All is passed on. */
        WHOLE,
        /** Nothing is passed on, and nobody is told. */
        SILENT,
        /** Connections end, and none is made. */
        CUT
    }

    private final int target;
    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private State state = State.WHOLE;
    private String trap = "";

    /** Leads to a port of this machine. */
    Network(int target) throws IOException {
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** From now on it is so. */
    synchronized void is(State next) throws IOException {
        state = next;
        trap = "";
        notifyAll();
        if (next == State.CUT) {
            for (Socket socket : open) {
                socket.close();
            }
            open.clear();
        }
    }

    /** Falls silent just before a text would arrive at the server. */
    synchronized void silentBefore(String text) {
        trap = text;
    }

    /** Whether it is so. */
    synchronized boolean isSilent() {
        return state == State.SILENT;
    }

    private synchronized boolean passes(String text) throws InterruptedException {
        if (!trap.isEmpty() && text.contains(trap)) {
            state = State.SILENT;
        }
        while (state == State.SILENT) {
            wait();
        }
        return state == State.WHOLE;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException e) {
                // Either side may go; whoever uses it is what is tested.
                Thread.onSpinWait();
            }
        }
    }

    private void connect(Socket client) {
        try (client) {
            if (passes("")) {
                try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
                    open.add(client);
                    open.add(server);
                    Thread forth = Thread.ofVirtual().start(() -> pass(client, server, true));
                    pass(server, client, false);
                    forth.join();
                    open.remove(server);
                }
            }
        } catch (IOException | InterruptedException e) {
            // Either side may go; whoever uses it is what is tested.
            Thread.onSpinWait();
        }
        open.remove(client);
    }

    private void pass(Socket from, Socket to, boolean forth) {
        byte[] bytes = new byte[1 << 16];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                String text = new String(bytes, 0, n, StandardCharsets.ISO_8859_1);
                if (!passes(forth ? text : "")) {
                    return;
                }
                out.write(bytes, 0, n);
            }
        } catch (IOException | InterruptedException e) {
            // Either side may go; whoever uses it is what is tested.
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        is(State.CUT);
    }
}
