package dev.rocket.http.guard;

import dev.rocket.http.wire.Declined;
import dev.rocket.http.wire.ProblemType;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.OptionalLong;

/** Reading a body that may not exceed a bound. */
final class BodyLimit {

    private static final byte[] NOTHING = new byte[0];
    private static final int FIRST_BYTES = 8192;

    private BodyLimit() {}

    /**
     * The whole body.
     *
     * @throws Declined with TOO_LARGE; the connection ends then, since the rest is not read
     */
    static byte[] read(ServerRequest request, int mostBytes) {
        Headers headers = request.headers();
        OptionalLong length = headers.contentLength();
        if (length.isPresent() && length.getAsLong() > mostBytes) {
            throw tooLarge(mostBytes);
        }
        if (length.isEmpty() && !headers.contains(HeaderValues.TRANSFER_ENCODING_CHUNKED)) {
            return NOTHING;
        }
        try {
            InputStream body = request.content().inputStream();
            return length.isPresent()
                    ? exactly(body, (int) length.getAsLong())
                    : bounded(body, mostBytes);
        } catch (IOException | UncheckedIOException | InsufficientDataAvailableException e) {
            throw new CloseConnectionException("the client went while it sent a body", e);
        } catch (IllegalArgumentException e) {
            // The library lets the fault of a chunk's size through as it is.
            throw new Declined(
                    ProblemType.MALFORMED,
                    "The body is not chunked as it should be.",
                    HeaderValues.CONNECTION_CLOSE);
        }
    }

    private static byte[] exactly(InputStream body, int bytes) throws IOException {
        byte[] whole = new byte[bytes];
        int at = body.readNBytes(whole, 0, bytes);
        return at == bytes ? whole : Arrays.copyOf(whole, at);
    }

    private static byte[] bounded(InputStream body, int mostBytes) throws IOException {
        byte[] some = new byte[Math.min(FIRST_BYTES, mostBytes + 1)];
        int at = 0;
        while (true) {
            at += body.readNBytes(some, at, some.length - at);
            if (at > mostBytes) {
                throw tooLarge(mostBytes);
            }
            if (at < some.length) {
                return Arrays.copyOf(some, at);
            }
            some = Arrays.copyOf(some, Math.min(some.length * 2, mostBytes + 1));
        }
    }

    private static Declined tooLarge(int mostBytes) {
        return new Declined(
                ProblemType.TOO_LARGE,
                mostBytes == 0
                        ? "This takes no body."
                        : "The body may have " + mostBytes + " bytes at most.",
                HeaderValues.CONNECTION_CLOSE);
    }
}
