package dev.rocket.http.websocket;

import io.helidon.common.socket.PeerInfo;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;

/**
 * A client's wish to open a WebSocket.
 *
 * @param prologue the request line
 * @param headers of the request
 * @param peer the other end of the connection
 */
public record Handshake(HttpPrologue prologue, Headers headers, PeerInfo peer) {}
