package dev.rocket.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** An address that leads to one server, and after a failover to another. */
final class Relay implements AutoCloseable {

    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final UnaryOperator<String> answers;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile int target;

    /** Leads to a server, and passes all on as it is. */
    Relay(int target) throws IOException {
        this(target, UnaryOperator.identity());
    }

    /** Leads to a server, whose answers are changed on the way; none may get another length. */
    Relay(int target, UnaryOperator<String> answers) throws IOException {
        this.target = target;
        this.answers = answers;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Leads elsewhere from now on; whoever was connected is cut off. */
    void lead(int to) throws IOException {
        target = to;
        for (Socket socket : open) {
            socket.close();
        }
        open.clear();
    }

    /** What was sent to the server so far, each time that something was. */
    List<String> asked() {
        return asked;
    }

    private String heard(String sent) {
        asked.add(sent);
        return sent;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException e) {
                // Either side may go; the store is what is tested.
                Thread.onSpinWait();
            }
        }
    }

    private void connect(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            open.add(server);
            Thread forth = Thread.ofVirtual().start(() -> pass(client, server, this::heard));
            pass(server, client, answers);
            forth.join();
            open.remove(server);
        } catch (IOException | InterruptedException e) {
            // Either side may go; the store is what is tested.
            Thread.onSpinWait();
        }
        open.remove(client);
    }

    private static void pass(Socket from, Socket to, UnaryOperator<String> change) {
        byte[] bytes = new byte[1 << 16];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                String text = new String(bytes, 0, n, StandardCharsets.ISO_8859_1);
                out.write(change.apply(text).getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            // Either side may go; the store is what is tested.
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        lead(target);
    }
}
