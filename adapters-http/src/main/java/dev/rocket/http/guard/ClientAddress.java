package dev.rocket.http.guard;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The address that a request comes from, when that can be believed.
 *
 * <p>A peer that is no configured proxy is the client itself, whatever its headers claim. Behind
 * proxies the client is the rightmost address that is not a proxy's, since everything left of it
 * was written by strangers. {@code X-Forwarded-For} and {@code Forwarded} are understood; when both
 * are there and disagree, one was forged, and the proxy's own address counts. A forwarding header
 * from an unconfigured peer is logged once: then all clients share one quota, which is safe and
 * surely not wanted.
 *
 * <p>Source: RFC 7239.
 */
public final class ClientAddress {

    private static final System.Logger LOG = System.getLogger("dev.rocket.http");
    private static final HeaderName REAL_IP = HeaderNames.create("X-Real-IP");
    private static final int MAX_HOPS = 32;

    private final List<Cidr> proxies;
    private final AtomicBoolean warned = new AtomicBoolean();

    /** Believes these proxies alone. */
    public ClientAddress(List<Cidr> proxies) {
        this.proxies = List.copyOf(proxies);
    }

    /** The client's address. */
    public InetAddress of(InetAddress peer, Headers headers) {
        if (!isForwarded(headers)) {
            return peer;
        }
        if (!isProxy(peer)) {
            if (warned.compareAndSet(false, true)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "{0} sends forwarding headers but is not a configured proxy; they are"
                                + " ignored. If it is your proxy, add it to the trusted proxies.",
                        peer.getHostAddress());
            }
            return peer;
        }
        Optional<InetAddress> plain =
                headers.contains(HeaderNames.X_FORWARDED_FOR)
                        ? rightmost(peer, plainHops(headers))
                        : Optional.empty();
        Optional<InetAddress> standard =
                headers.contains(HeaderNames.FORWARDED)
                        ? rightmost(peer, standardHops(headers))
                        : Optional.empty();
        if (plain.isPresent() && standard.isPresent()) {
            return plain.equals(standard) ? plain.get() : peer;
        }
        return plain.or(() -> standard).orElse(peer);
    }

    /** Whether the peer is this machine itself, and no header says that it speaks for another. */
    public static boolean isLocal(InetAddress peer, Headers headers) {
        return peer.isLoopbackAddress() && !isForwarded(headers);
    }

    private static boolean isForwarded(Headers headers) {
        return headers.contains(HeaderNames.X_FORWARDED_FOR)
                || headers.contains(HeaderNames.FORWARDED)
                || headers.contains(REAL_IP);
    }

    private boolean isProxy(InetAddress address) {
        for (Cidr proxy : proxies) {
            if (proxy.holds(address)) {
                return true;
            }
        }
        return false;
    }

    /** Walks from the peer outwards, as far as the hops are proxies and readable. */
    private Optional<InetAddress> rightmost(InetAddress peer, List<String> hops) {
        InetAddress last = peer;
        for (int i = hops.size() - 1; i >= 0 && i >= hops.size() - MAX_HOPS; i--) {
            Optional<InetAddress> hop = address(hops.get(i));
            if (hop.isEmpty()) {
                return Optional.of(last);
            }
            last = hop.get();
            if (!isProxy(last)) {
                return Optional.of(last);
            }
        }
        return Optional.of(last);
    }

    private static List<String> plainHops(Headers headers) {
        List<String> hops = new ArrayList<>();
        for (String value : headers.get(HeaderNames.X_FORWARDED_FOR).allValues()) {
            hops.addAll(List.of(value.split(",", -1)));
        }
        return hops;
    }

    private static List<String> standardHops(Headers headers) {
        List<String> hops = new ArrayList<>();
        for (String value : headers.get(HeaderNames.FORWARDED).allValues()) {
            for (String element : value.split(",", -1)) {
                String by = "";
                for (String pair : element.split(";", -1)) {
                    String part = pair.strip();
                    if (part.regionMatches(true, 0, "for=", 0, 4)) {
                        by = part.substring(4).replace("\"", "");
                    }
                }
                hops.add(by);
            }
        }
        return hops;
    }

    /** The address in a hop: bare, with a port, or in brackets. */
    private static Optional<InetAddress> address(String hop) {
        String text = hop.strip();
        int bracket = text.indexOf(']');
        if (text.startsWith("[") && bracket > 0) {
            text = text.substring(1, bracket);
        } else if (text.indexOf(':') >= 0 && text.indexOf(':') == text.lastIndexOf(':')) {
            text = text.substring(0, text.indexOf(':'));
        }
        return Cidr.literal(text);
    }
}
