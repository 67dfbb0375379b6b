package dev.rocket.http;

import dev.rocket.http.guard.Door;
import dev.rocket.http.guard.LongLived;
import dev.rocket.http.guard.MachineProblems;
import dev.rocket.http.guard.Oversized;
import dev.rocket.http.guard.Patience;
import dev.rocket.http.websocket.Endpoint;
import dev.rocket.http.websocket.WebSocketConfig;
import dev.rocket.http.wire.Answer;
import io.helidon.common.socket.SocketOptions;
import io.helidon.http.HttpLogConfig;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.service.registry.GlobalServiceRegistry;
import io.helidon.service.registry.ServiceRegistryConfig;
import io.helidon.service.registry.ServiceRegistryManager;
import io.helidon.webserver.ErrorHandling;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The server library, told what Rocket needs of it and nothing more.
 *
 * <p>Nothing is discovered on the class path. Paths and queries are not validated by the library,
 * which would parse each a second time: the route tree knows every path by its letters, and queries
 * are decoded strictly.
 */
final class Listener {

    /** How often silent connections are looked for. */
    private static final Duration IDLE_CHECK = Duration.ofSeconds(30);

    private static final int BACKLOG = 4096;
    private static final int REQUEST_LINE_BYTES = 8192;

    private static final byte[] EMPTY_OBJECT = {'{', '}'};

    private Listener() {}

    /** A server that is not started; {@code longLived} is what keeps connections open. */
    static WebServer of(
            HttpConfig config, Door door, Patience patience, List<LongLived> longLived) {
        discoverNothing();
        HttpRouting.Builder routing = HttpRouting.builder();
        if (config.bench()) {
            routing.get("/bench/empty", Listener::empty).post("/bench/empty", Listener::empty);
        }
        routing.any(door);
        Map<String, Endpoint> sockets = new HashMap<>();
        longLived.forEach(part -> sockets.putAll(part.sockets()));
        HttpConfig.Limits limits = config.limits();
        long most = Math.max(limits.batchBytes(), limits.bodyBytes());
        return WebServer.builder()
                .host(config.host())
                .port(config.port())
                .shutdownHook(false)
                .shutdownGracePeriod(HttpAdapter.GRACE)
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .addProtocol(http(limits, Oversized.of(door, most, patience)))
                .addProtocol(new WebSocketConfig(sockets))
                .contentEncoding(
                        ContentEncodingContext.builder()
                                .contentEncodingsDiscoverServices(false)
                                .build())
                .mediaContext(MediaContext.builder().mediaSupportsDiscoverServices(false).build())
                .connectionOptions(
                        SocketOptions.builder().tcpNoDelay(true).socketKeepAlive(true).build())
                .backlog(BACKLOG)
                .maxPayloadSize(most)
                .maxTcpConnections(limits.connections())
                .idleConnectionTimeout(limits.idle())
                .idleConnectionPeriod(IDLE_CHECK)
                .errorHandling(ErrorHandling.builder().includeEntity(true).build())
                .directHandlers(MachineProblems.handlers(door))
                .addRouting(routing)
                .build();
    }

    /**
     * Gives the library a registry of services without any, unless the program has one: it would
     * look through the whole class path for services that nobody here asks for, at every start.
     */
    private static void discoverNothing() {
        if (!GlobalServiceRegistry.configured()) {
            ServiceRegistryConfig nothing =
                    ServiceRegistryConfig.builder()
                            .discoverServices(false)
                            .discoverServicesFromServiceLoader(false)
                            .build();
            GlobalServiceRegistry.registry(ServiceRegistryManager.create(nothing).registry());
        }
    }

    /** What a benchmark compares with: the body is read, nothing else is done. */
    private static void empty(ServerRequest request, ServerResponse response) {
        if (request.content().hasEntity()) {
            request.content().as(byte[].class);
        }
        response.header(Answer.JSON).send(EMPTY_OBJECT);
    }

    private static Http1Config http(HttpConfig.Limits limits, Http1ConnectionListener ear) {
        return Http1Config.builder()
                .maxPrologueLength(REQUEST_LINE_BYTES)
                .maxHeadersSize(limits.headerBytes())
                .sendKeepAliveHeader(false)
                .addReceiveListener(ear)
                .log(HttpLogConfig.builder().receiveLog(false).sendLog(false).build())
                .validatePath(false)
                .validatePrologue(false)
                .validateResponseHeaders(false)
                .build();
    }
}
