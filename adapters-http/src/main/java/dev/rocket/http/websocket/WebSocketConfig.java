package dev.rocket.http.websocket;

import io.helidon.webserver.spi.ProtocolConfig;
import java.util.Map;

/**
 * The endpoints of a server, by path.
 *
 * @param endpoints each path with what opens sockets there
 */
public record WebSocketConfig(Map<String, Endpoint> endpoints) implements ProtocolConfig {

    /** What the server library knows the protocol by. */
    static final String PROTOCOL = "websocket";

    /** Copies the map. */
    public WebSocketConfig {
        endpoints = Map.copyOf(endpoints);
    }

    @Override
    public String name() {
        return PROTOCOL;
    }

    @Override
    public String type() {
        return PROTOCOL;
    }
}
