package dev.rocket.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A listening socket that belongs to whoever started the process.
 *
 * <p>Closing it ends accepting alone: the socket itself stays open with its owner, and so does this
 * process's copy until the process ends, since the JDK would close standard output with it. It can
 * also be told to accept nothing more while the connections that it gave go on; it knows which of
 * them are open. Thread-safe.
 */
final class Shared extends ServerSocketChannel {

    /** How many connections may be noted before those that have ended are forgotten. */
    private static final int FEW = 1024;

    /** How often it is looked whether connections have ended. */
    private static final Duration LOOK = Duration.ofMillis(5);

    private final ServerSocketChannel socket;
    private final InetSocketAddress address;
    private final Selector selector;
    private final SelectionKey ready;
    private final ReentrantLock accepting = new ReentrantLock();
    private final Set<SocketChannel> given = ConcurrentHashMap.newKeySet();
    private int forgetAt = FEW;
    private boolean paused;
    private Set<SocketChannel> silent = Set.of();

    Shared(SelectorProvider provider, ServerSocketChannel socket, InetSocketAddress address)
            throws IOException {
        super(provider);
        this.socket = socket;
        this.address = address;
        this.selector = provider.openSelector();
        socket.configureBlocking(false);
        this.ready = socket.register(selector, SelectionKey.OP_ACCEPT);
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return address;
    }

    /**
     * Leaves the socket to the next process: connections that are open may send one more request in
     * the time, and nothing is accepted after it.
     *
     * <p>Until then new connections are accepted, so that nobody waits for those who are silent.
     */
    void leave(Duration lastRequest) {
        Set<SocketChannel> open = connections();
        awaitEnd(open, lastRequest);
        accepting.lock();
        try {
            paused = true;
            ready.interestOps(0);
        } finally {
            accepting.unlock();
        }
        selector.wakeup();
        silent = open;
    }

    /** Blocks until the connections have ended that came while the socket was left, or the time. */
    void awaitLatecomers(Duration atMost) {
        Set<SocketChannel> late = new HashSet<>(connections());
        late.removeAll(silent);
        awaitEnd(late, atMost);
    }

    private static void awaitEnd(Set<SocketChannel> connections, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            while (connections.stream().anyMatch(SocketChannel::isOpen)
                    && System.nanoTime() - deadline < 0) {
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The connections that are open. */
    private Set<SocketChannel> connections() {
        forget();
        return Set.copyOf(given);
    }

    @Override
    @SuppressWarnings("NullAway") // the loop ends with a connection or by throwing
    public SocketChannel accept() throws IOException {
        SocketChannel connection = null;
        while (isOpen() && (connection = next()) == null) {
            selector.select();
            selector.selectedKeys().clear();
        }
        if (connection == null) {
            throw new AsynchronousCloseException();
        }
        return connection;
    }

    /** The connection that waits longest; null when none does, or none may be accepted. */
    private @Nullable SocketChannel next() throws IOException {
        accepting.lock();
        try {
            SocketChannel connection = paused ? null : socket.accept();
            if (connection != null && given.add(connection) && given.size() >= forgetAt) {
                forget();
                forgetAt = Math.max(FEW, 2 * given.size());
            }
            return connection;
        } finally {
            accepting.unlock();
        }
    }

    private void forget() {
        given.removeIf(connection -> !connection.isOpen());
    }

    @Override
    protected void implCloseSelectableChannel() {
        selector.wakeup();
    }

    @Override
    protected void implConfigureBlocking(boolean block) {
        // Whoever accepts waits at the selector, which can be told to stop waiting.
    }

    @Override
    public ServerSocketChannel bind(@Nullable SocketAddress local, int backlog) {
        return this;
    }

    @Override
    public <T> ServerSocketChannel setOption(SocketOption<T> name, T value) throws IOException {
        socket.setOption(name, value);
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) throws IOException {
        return socket.getOption(name);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return socket.supportedOptions();
    }

    @Override
    public ServerSocket socket() {
        return socket.socket();
    }

    @Override
    public SocketAddress getLocalAddress() throws IOException {
        return socket.getLocalAddress();
    }
}
