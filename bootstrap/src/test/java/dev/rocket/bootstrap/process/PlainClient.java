package dev.rocket.bootstrap.process;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A client that sends each request once, on a connection that it keeps, and never tries again.
 *
 * <p>Libraries send some requests a second time when a connection ends, which would hide what a
 * test looks for.
 */
final class PlainClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;

    private final URI url;
    private final boolean keeps;
    private @Nullable Socket socket;

    /**
     * A client of a server.
     *
     * @param keeps whether it sends its next request on the same connection, if it may
     */
    PlainClient(URI url, boolean keeps) {
        this.url = url;
        this.keeps = keeps;
    }

    /**
     * Creates a task; the body of the answer.
     *
     * @throws IOException when the connection is refused or lost, or the answer is another
     */
    String create(String title) throws IOException {
        Socket to = socket == null ? connect() : socket;
        socket = to;
        byte[] body = ("{\"title\":\"" + title + "\"}").getBytes(StandardCharsets.UTF_8);
        String head =
                "POST /v1/tasks HTTP/1.1\r\nHost: "
                        + url.getAuthority()
                        + "\r\nAuthorization: Bearer "
                        + RunningRocket.TOKEN
                        + "\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length
                        + (keeps ? "" : "\r\nConnection: close")
                        + "\r\n\r\n";
        to.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        to.getOutputStream().write(body);
        return answer(to);
    }

    private Socket connect() throws IOException {
        Socket fresh = new Socket(InetAddress.getByName(url.getHost()), url.getPort());
        fresh.setSoTimeout(PATIENCE_MILLIS);
        fresh.setTcpNoDelay(true);
        return fresh;
    }

    private String answer(Socket from) throws IOException {
        InputStream in = new BufferedInputStream(from.getInputStream());
        String status = line(in);
        int length = -1;
        boolean isLast = !keeps;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(lower.indexOf(':') + 1).strip());
            }
            isLast |= lower.equals("connection: close");
        }
        String body = new String(in.readNBytes(Math.max(0, length)), StandardCharsets.UTF_8);
        if (!status.startsWith("HTTP/1.1 201 ")) {
            throw new IOException("'" + status + "' " + body);
        }
        if (isLast) {
            close();
        }
        return body;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the connection ended without an answer");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        Socket open = socket;
        socket = null;
        if (open != null) {
            open.close();
        }
    }
}
