package dev.rocket.bootstrap.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * An HTTP/1.1 client that tells where an exchange broke off, and never tries again.
 *
 * <p>It keeps its connection for as long as the server does. Used by one thread.
 */
final class RawClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;
    private static final String HEAD_END = "\r\n\r\n";

    private final InetSocketAddress address;
    private Optional<Socket> open = Optional.empty();

    /** What came of a request. */
    sealed interface Outcome {

        /** A whole answer. */
        record Answered(int status, String body) implements Outcome {}

        /** No connection was to be had. */
        record Refused() implements Outcome {}

        /** The connection ended before the first byte of an answer. */
        record Unanswered() implements Outcome {}

        /** The connection ended in the middle of an answer. */
        record Cut(String soFar) implements Outcome {}
    }

    RawClient(URI url) {
        this.address = new InetSocketAddress(url.getHost(), url.getPort());
    }

    /** Posts JSON. */
    Outcome post(String path, String body) throws IOException {
        Socket socket;
        try {
            socket = connection();
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            return new Outcome.Refused();
        }
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        try {
            socket.getOutputStream().write(request(path, body));
            Outcome outcome = read(socket.getInputStream(), got);
            if (outcome instanceof Outcome.Answered && !isLast(got)) {
                return outcome;
            }
            close();
            return outcome;
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            close();
            return broken(got);
        }
    }

    private Socket connection() throws IOException {
        if (open.isPresent()) {
            return open.get();
        }
        Socket socket = new Socket();
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        try {
            socket.connect(address, PATIENCE_MILLIS);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        open = Optional.of(socket);
        return socket;
    }

    private byte[] request(String path, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head =
                "POST "
                        + path
                        + " HTTP/1.1\r\nHost: "
                        + address.getHostString()
                        + "\r\nAuthorization: Bearer "
                        + RunningRocket.TOKEN
                        + "\r\nContent-Type: application/json\r\nContent-Length: "
                        + bytes.length
                        + HEAD_END;
        return (head + body).getBytes(StandardCharsets.UTF_8);
    }

    private static Outcome read(InputStream in, ByteArrayOutputStream got) throws IOException {
        while (!text(got).endsWith(HEAD_END)) {
            int next = in.read();
            if (next < 0) {
                return broken(got);
            }
            got.write(next);
        }
        String head = text(got);
        int length = Integer.parseInt(header(head, "content-length").orElse("0"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            got.writeBytes(body);
            return broken(got);
        }
        int status = Integer.parseInt(head.substring(9, 12));
        return new Outcome.Answered(status, new String(body, StandardCharsets.UTF_8));
    }

    private static Outcome broken(ByteArrayOutputStream got) {
        return got.size() == 0 ? new Outcome.Unanswered() : new Outcome.Cut(text(got));
    }

    private static boolean isLast(ByteArrayOutputStream head) {
        return header(text(head), "connection").orElse("").equalsIgnoreCase("close");
    }

    private static Optional<String> header(String head, String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        if (open.isPresent()) {
            open.get().close();
            open = Optional.empty();
        }
    }
}
