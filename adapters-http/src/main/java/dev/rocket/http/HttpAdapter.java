package dev.rocket.http;

import dev.rocket.core.operation.Operations;
import dev.rocket.core.port.Probe;
import dev.rocket.core.usecase.UseCases;
import dev.rocket.http.api.Tally;
import dev.rocket.http.api.TokenRoutes;
import dev.rocket.http.guard.Cidr;
import dev.rocket.http.guard.Door;
import dev.rocket.http.guard.Guards;
import dev.rocket.http.guard.LongLived;
import dev.rocket.http.guard.Patience;
import dev.rocket.http.guard.RateLimiter;
import dev.rocket.http.guard.Route;
import dev.rocket.http.guard.Tickets;
import dev.rocket.http.live.LiveRoutes;
import dev.rocket.http.observe.Health;
import dev.rocket.http.observe.Metrics;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The web server over Rocket's use cases.
 *
 * <p>It answers REST, WebSocket, health, metrics and the page. It is started once, drained once and
 * then done for. All methods may be called from any thread.
 */
public final class HttpAdapter implements AutoCloseable {

    /** How long an accepted request may take at the very most while the server stops. */
    public static final Duration GRACE = Duration.ofSeconds(60);

    private static final Duration STOP = Duration.ofSeconds(1);

    /** How long a connection that is open may take for one more request when it is handed over. */
    private static final Duration LAST_REQUEST = Duration.ofSeconds(2);

    private final HttpConfig config;
    private final Health health;
    private final Door door;
    private final Patience patience;
    private final List<LongLived> longLived;
    private final List<Route> table;
    private final WebServer server;
    private volatile @Nullable Thread watch;

    /**
     * What the adapter is put together from.
     *
     * @param useCases what people ask
     * @param operations what operators ask
     * @param probe what can be measured of the store
     * @param metrics the figures; the store and the use cases report to them as well
     * @param clock gives the time
     * @param chance makes tickets; must be cryptographically strong
     */
    public record Parts(
            UseCases useCases,
            Operations operations,
            Probe probe,
            Metrics metrics,
            InstantSource clock,
            RandomGenerator chance) {}

    /**
     * Puts the adapter together; nothing is opened yet.
     *
     * @param setupToken the one-time token that makes the first admin token; empty when the store
     *     is set up
     */
    public HttpAdapter(HttpConfig config, Parts parts, Optional<String> setupToken) {
        this.config = config;
        Metrics metrics = parts.metrics();
        UseCases useCases = parts.useCases();
        patience = new Patience(config.limits().idle());
        Tickets tickets = new Tickets(parts.clock(), parts.chance());
        Guards guards =
                new Guards(
                        rules(config, parts.clock(), patience), useCases.authenticate(), tickets);
        health = new Health(parts.probe(), parts.clock());
        LiveRoutes live = new LiveRoutes(useCases, guards, patience, config.bench());
        longLived = List.of(live);
        RouteTable.Api api =
                RouteTable.Api.over(
                        useCases,
                        new Tally(useCases.feed(), metrics::created, metrics::completed),
                        new TokenRoutes(useCases, tickets, setupToken),
                        parts.operations(),
                        config.limits().batchBytes());
        table = new RouteTable(health, metrics).routes(api, longLived, config.source());
        door =
                new Door(
                        guards,
                        table,
                        (method, template) -> metrics.route(method, template)::answered,
                        parts.chance());
        metrics.watch(parts.probe());
        metrics.gauge(
                "rocket_ready",
                "Whether the server should get traffic, 1 or 0.",
                () -> health.ready().isReady() ? 1 : 0);
        metrics.gauge("rocket_websocket_connections", "WebSockets that are open.", live::open);
        metrics.gauge(
                "rocket_feed_waiters",
                "Long polls and event streams that are open.",
                live::waiting);
        server = Listener.of(config, door, patience, longLived);
    }

    private static Guards.Rules rules(HttpConfig config, InstantSource clock, Patience patience) {
        return new Guards.Rules(
                config.auth(),
                config.limits().bodyBytes(),
                config.trustedProxies().stream().map(Cidr::parse).toList(),
                config.rateLimit().map(r -> new RateLimiter(r.requests(), r.window(), clock)),
                patience);
    }

    /**
     * Opens the port and answers from then on; or goes on with the socket that the process was
     * started with.
     *
     * @return the port
     * @throws UncheckedIOException when the address cannot be listened on
     */
    public int start() {
        if (InheritedSocket.shared().isEmpty()) {
            tryAddress();
        }
        int port = server.start().port();
        if (port < 0) {
            throw unusable(new BindException("somebody else was faster"));
        }
        watch = Thread.ofVirtual().name("rocket-patience").start(patience::watch);
        return port;
    }

    /** The server library logs why it cannot listen, and goes on as if it did. */
    private void tryAddress() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(config.host(), config.port()));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private UncheckedIOException unusable(IOException why) {
        String address = config.host() + ":" + config.port();
        return new UncheckedIOException(
                "Cannot listen on "
                        + address
                        + " ("
                        + why.getMessage()
                        + "); choose another PORT or ROCKET_HOST, or stop what uses it.",
                why);
    }

    /**
     * Stops gracefully: says so in {@code /readyz}, tells sockets and streams where to resume, then
     * stops accepting and finishes the requests that were accepted; idempotent.
     *
     * <p>When the process was started with its socket, the next one will have it too. Then every
     * connection first gets the time to send one more request, which is answered as its last, and
     * whoever connects after that waits for the next process.
     *
     * @param atMost how long it may take altogether; what is unfinished then is cut off when the
     *     process ends, or {@link #GRACE} after this began
     * @return whether everything was finished
     */
    public boolean drain(Duration atMost) {
        long began = System.nanoTime();
        health.drain();
        door.close();
        Optional<Shared> shared = InheritedSocket.shared();
        Duration quarter = atMost.dividedBy(4);
        Duration wait = quarter.compareTo(LAST_REQUEST) < 0 ? quarter : LAST_REQUEST;
        shared.ifPresent(socket -> socket.leave(wait));
        longLived.forEach(part -> part.drain(atMost.dividedBy(2)));
        shared.ifPresent(socket -> socket.awaitLatecomers(wait));
        Thread stopper = Thread.ofVirtual().name("rocket-drain").start(server::stop);
        try {
            return stopper.join(atMost.minusNanos(System.nanoTime() - began));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            Thread watching = watch;
            if (watching != null) {
                watching.interrupt();
            }
        }
    }

    /** Every route, in the order of the table. */
    List<Route> table() {
        return table;
    }

    /** Stops within a second; what is unfinished then is cut off. */
    @Override
    public void close() {
        drain(STOP);
    }
}
