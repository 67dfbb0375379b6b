package dev.rocket.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's channels, but the first server socket is the process's own.
 *
 * <p>Whoever starts the process may hand it a socket that listens already, as its standard input.
 * The socket outlives the process: connections that come while one process ends and the next begins
 * wait in it, and nobody is refused. The server library opens its socket by itself and takes none
 * that is given, so it is given here. {@code bin/rocket} names this class to the JDK when standard
 * input is a socket; see decision 0014.
 *
 * <p>Source: {@link System#inheritedChannel}; systemd.exec(5), {@code StandardInput=socket}.
 */
public final class InheritedSocket extends SelectorProvider {

    private final SelectorProvider jdk;
    private @Nullable Shared shared;
    private boolean looked;
    private boolean taken;

    /**
     * For the JDK, which makes one when the property {@code java.nio.channels.spi.SelectorProvider}
     * names this class.
     *
     * @throws ReflectiveOperationException when the JDK does not export its own provider
     */
    public InheritedSocket() throws ReflectiveOperationException {
        Class<?> own = Class.forName("sun.nio.ch.DefaultSelectorProvider");
        this.jdk = (SelectorProvider) own.getMethod("get").invoke(null);
    }

    /** The address of the socket that the process was started with; empty when it got none. */
    public static Optional<InetSocketAddress> address() {
        return shared().map(Shared::address);
    }

    /** The socket that the process was started with; empty when it got none. */
    static Optional<Shared> shared() {
        return SelectorProvider.provider() instanceof InheritedSocket own
                ? Optional.ofNullable(own.look())
                : Optional.empty();
    }

    private synchronized @Nullable Shared look() {
        if (!looked) {
            looked = true;
            try {
                if (jdk.inheritedChannel() instanceof ServerSocketChannel channel
                        && channel.getLocalAddress() instanceof InetSocketAddress address) {
                    shared = new Shared(this, channel, address);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("Standard input is no socket to listen on.", e);
            }
        }
        return shared;
    }

    @Override
    public synchronized ServerSocketChannel openServerSocketChannel() throws IOException {
        Shared own = look();
        if (own == null || taken) {
            return jdk.openServerSocketChannel();
        }
        taken = true;
        return own;
    }

    @Override
    public ServerSocketChannel openServerSocketChannel(ProtocolFamily family) throws IOException {
        return jdk.openServerSocketChannel(family);
    }

    @Override
    public SocketChannel openSocketChannel() throws IOException {
        return jdk.openSocketChannel();
    }

    @Override
    public SocketChannel openSocketChannel(ProtocolFamily family) throws IOException {
        return jdk.openSocketChannel(family);
    }

    @Override
    public DatagramChannel openDatagramChannel() throws IOException {
        return jdk.openDatagramChannel();
    }

    @Override
    public DatagramChannel openDatagramChannel(ProtocolFamily family) throws IOException {
        return jdk.openDatagramChannel(family);
    }

    @Override
    public Pipe openPipe() throws IOException {
        return jdk.openPipe();
    }

    @Override
    public AbstractSelector openSelector() throws IOException {
        return jdk.openSelector();
    }

    @Override
    public @Nullable Channel inheritedChannel() throws IOException {
        return jdk.inheritedChannel();
    }
}
