package dev.rocket.bootstrap.bench;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The bytes of one HTTP/1.1 request. */
final class Request {

    private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final String host;
    private final String token;

    /** Makes requests for a host, with a bearer token when it is not empty. */
    Request(String host, String token) {
        this.host = host;
        this.token = token;
    }

    /** A request without a body. */
    byte[] get(String path) {
        return bytes("GET", path, "");
    }

    /** A request with a JSON body. */
    byte[] json(String method, String path, String body) {
        return bytes(method, path, body);
    }

    private byte[] bytes(String method, String path, String body) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(256);
        head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ").append(host);
        if (!token.isEmpty()) {
            head.append("\r\nAuthorization: Bearer ").append(token);
        }
        if (content.length > 0) {
            head.append("\r\nContent-Type: application/json\r\nContent-Length: ");
            head.append(String.format(Locale.ROOT, "%d", content.length));
        }
        byte[] start = head.toString().getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[start.length + END.length + content.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(END, 0, all, start.length, END.length);
        System.arraycopy(content, 0, all, start.length + END.length, content.length);
        return all;
    }
}
