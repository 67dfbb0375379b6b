package dev.rocket.http.websocket;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import io.helidon.webserver.spi.ServerConnection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The opening handshake.
 *
 * <p>Source: RFC 6455, section 4.2.
 */
final class Upgrader implements Http1Upgrader {

    private static final HeaderName KEY = HeaderNames.create("Sec-WebSocket-Key");
    private static final HeaderName VERSION = HeaderNames.create("Sec-WebSocket-Version");
    private static final Header SUPPORTED = HeaderValues.create(VERSION, "13");
    private static final String SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;

    private final WebSocketConfig config;

    Upgrader(WebSocketConfig config) {
        this.config = config;
    }

    @Override
    public String supportedProtocol() {
        return WebSocketConfig.PROTOCOL;
    }

    /** The connection that goes on; null when the request is none for a WebSocket. */
    @Override
    @SuppressWarnings("NullAway") // the library's contract says null, without an annotation
    public @Nullable ServerConnection upgrade(
            ConnectionContext context, HttpPrologue prologue, WritableHeaders<?> headers) {
        Endpoint endpoint = config.endpoints().get(prologue.uriPath().rawPath());
        if (endpoint == null || !prologue.method().equals(Method.GET)) {
            return null;
        }
        if (!headers.contains(SUPPORTED)) {
            throw refusal(Status.create(426), "This server speaks WebSocket version 13.");
        }
        String accept = accept(headers);
        Receiver receiver = endpoint.admit(new Handshake(prologue, headers, context.remotePeer()));
        String answer =
                "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Accept: "
                        + accept
                        + "\r\n\r\n";
        byte[] bytes = answer.getBytes(StandardCharsets.US_ASCII);
        context.dataWriter().writeNow(BufferData.create(bytes));
        return new Connection(context, receiver, endpoint.mostBytes());
    }

    private static String accept(WritableHeaders<?> headers) {
        String key = headers.contains(KEY) ? headers.get(KEY).get() : "";
        try {
            if (Base64.getDecoder().decode(key).length == KEY_BYTES) {
                byte[] salted = (key + SALT).getBytes(StandardCharsets.US_ASCII);
                byte[] digest = MessageDigest.getInstance("SHA-1").digest(salted);
                return Base64.getEncoder().encodeToString(digest);
            }
        } catch (IllegalArgumentException e) {
            throw refusal(Status.BAD_REQUEST_400, "Sec-WebSocket-Key must be Base64.");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
        throw refusal(Status.BAD_REQUEST_400, "Sec-WebSocket-Key must be 16 bytes in Base64.");
    }

    private static RequestException refusal(Status status, String why) {
        return RequestException.builder()
                .type(EventType.OTHER)
                .status(status)
                .header(SUPPORTED)
                .setKeepAlive(false)
                .message(why)
                .safeMessage(true)
                .build();
    }
}
