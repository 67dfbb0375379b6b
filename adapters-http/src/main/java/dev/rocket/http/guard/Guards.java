package dev.rocket.http.guard;

import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Token;
import dev.rocket.core.usecase.Authenticate;
import dev.rocket.core.usecase.Caller;
import dev.rocket.http.websocket.Handshake;
import dev.rocket.http.wire.Declined;
import dev.rocket.http.wire.ProblemType;
import dev.rocket.http.wire.Problems;
import dev.rocket.http.wire.Query;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.Headers;
import io.helidon.http.RequestException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The guards at the door.
 *
 * <p>They tell who asks, from where, how often, and whether they may. No answer carries a
 * cross-origin permission, so browsers let pages of this origin alone read them. Thread-safe.
 */
public final class Guards {

    private static final Caller GUEST =
            new Caller(new Actor("guest", "guest"), Set.of(), Optional.empty());

    /**
     * What the guards go by.
     *
     * @param auth whether tokens are asked for
     * @param bodyBytes how large an ordinary body may be
     * @param proxies whose forwarding headers are believed
     * @param limiter the quota of each client; empty for none
     * @param patience how long a body may take
     */
    public record Rules(
            boolean auth,
            int bodyBytes,
            List<Cidr> proxies,
            Optional<RateLimiter> limiter,
            Patience patience) {

        /** Copies the list. */
        public Rules {
            proxies = List.copyOf(proxies);
        }
    }

    private final BodyLimit bodies;
    private final @Nullable RateLimiter limiter;
    private final BearerAuth bearer;
    private final ClientAddress addresses;
    private final Patience patience;
    private final Tickets tickets;

    /** Posts the guards. */
    public Guards(Rules rules, Authenticate authenticate, Tickets tickets) {
        this.bodies = new BodyLimit(rules.bodyBytes(), rules.patience());
        this.limiter = rules.limiter().orElse(null);
        this.bearer = new BearerAuth(authenticate, rules.auth());
        this.patience = rules.patience();
        this.addresses = new ClientAddress(rules.proxies());
        this.tickets = tickets;
    }

    /**
     * Who a request's bearer token belongs to; anonymous where nobody is asked.
     *
     * @throws Refused with Unauthenticated
     * @throws Declined with UNAUTHENTICATED when there is no token
     */
    public Caller caller(Headers headers) {
        return bearer.caller(headers);
    }

    /**
     * Who opens a WebSocket, and may read: by the ticket in the query, else by the bearer token.
     * Counts it against the client's quota.
     *
     * @throws RequestException with the status of the refusal, to be thrown on to the server
     */
    public Caller handshake(Handshake wish) {
        Headers headers = wish.headers();
        try {
            if (limiter != null) {
                RateLimiter.Left left = limiter.take(client(wish.peer(), headers));
                if (left.isOver()) {
                    throw limiter.over(left);
                }
            }
            String query = wish.prologue().query().rawValue();
            Optional<String> ticket = Query.parse(query, Set.of("ticket")).one("ticket");
            Caller caller =
                    ticket.isPresent() && bearer.asks()
                            ? bearer.standing(tickets.redeem(ticket.get()))
                            : caller(headers);
            caller.require(Token.Scope.READ);
            return caller;
        } catch (Refused | Declined e) {
            throw refusal(e);
        }
    }

    /** A refusal of a handshake, as the server library wants it. */
    public static RequestException refusal(RuntimeException why) {
        ProblemType type = Problems.type(why);
        RequestException.Builder builder =
                RequestException.builder()
                        .type(EventType.OTHER)
                        .status(type.status())
                        .setKeepAlive(false)
                        .message(String.valueOf(why.getMessage()))
                        .safeMessage(true);
        Problems.headers(why).forEach(builder::header);
        return builder.build();
    }

    /** The tickets that prove browsers' WebSockets. */
    public Tickets tickets() {
        return tickets;
    }

    /** The client's address, seen through configured proxies. */
    public InetAddress client(PeerInfo peer, Headers headers) {
        return addresses.of(address(peer), headers);
    }

    /** The quota; null when there is none. */
    @Nullable RateLimiter limiter() {
        return limiter;
    }

    /** What cuts off clients that take nothing. */
    Patience patience() {
        return patience;
    }

    /** What reads bodies. */
    BodyLimit bodies() {
        return bodies;
    }

    /** Who asks a route, and may. Refuses with Unauthenticated and Forbidden. */
    Caller admit(Route route, PeerInfo peer, Headers headers) {
        return switch (route.access()) {
            case OPEN -> GUEST;
            case LOCAL_OR_READ ->
                    ClientAddress.isLocal(address(peer), headers)
                            ? GUEST
                            : admit(route.access(), headers);
            case READ, WRITE, ADMIN -> admit(route.access(), headers);
        };
    }

    private Caller admit(Access access, Headers headers) {
        Caller caller = bearer.caller(headers);
        access.scope().ifPresent(caller::require);
        return caller;
    }

    private static InetAddress address(PeerInfo peer) {
        return peer.address() instanceof InetSocketAddress socket && !socket.isUnresolved()
                ? socket.getAddress()
                : InetAddress.getLoopbackAddress();
    }
}
