package dev.rocket.http.websocket;

import io.helidon.webserver.ProtocolConfigs;
import io.helidon.webserver.http1.spi.Http1UpgradeProvider;
import io.helidon.webserver.http1.spi.Http1Upgrader;

/** Found by the server library, which has no other door for upgrades. */
public final class WebSocketProvider implements Http1UpgradeProvider<WebSocketConfig> {

    /** For the service loader. */
    public WebSocketProvider() {}

    @Override
    public String protocolType() {
        return WebSocketConfig.PROTOCOL;
    }

    @Override
    public Class<WebSocketConfig> protocolConfigType() {
        return WebSocketConfig.class;
    }

    @Override
    public Http1Upgrader create(WebSocketConfig config, ProtocolConfigs others) {
        return new Upgrader(config);
    }
}
