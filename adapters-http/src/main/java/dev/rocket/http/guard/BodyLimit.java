package dev.rocket.http.guard;

import dev.rocket.http.wire.Answer;
import dev.rocket.http.wire.Declined;
import dev.rocket.http.wire.ProblemType;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;

/**
 * Reading bodies within bounds: of each body, of all large ones together, and of time.
 *
 * <p>Bodies up to {@link #SMALL_BYTES} are bounded by the number of connections; larger ones share
 * {@link #LARGE_BYTES} until their request is answered.
 */
final class BodyLimit {

    /** What any body may have without asking. */
    static final int SMALL_BYTES = 32 * 1024;

    /** What all larger bodies may have together. */
    static final int LARGE_BYTES = 64 << 20;

    /** What is dropped of a body that nobody reads, at most. */
    static final int DROPPED_BYTES = 8 << 20;

    /** For how long it is dropped. */
    static final Duration DROPPING = Duration.ofSeconds(5);

    private static final byte[] NOTHING = new byte[0];
    private static final int FIRST_BYTES = 8192;

    private final int standardBytes;
    private final Patience patience;
    private final Semaphore large = new Semaphore(LARGE_BYTES);

    /** Reads bodies of {@code standardBytes} where a route does not say otherwise. */
    BodyLimit(int standardBytes, Patience patience) {
        this.standardBytes = standardBytes;
        this.patience = patience;
    }

    /** How large the body of a request to a route may be. */
    int most(Route route) {
        return route.bodyBytes() == Route.STANDARD ? standardBytes : route.bodyBytes();
    }

    /**
     * The whole body, which must be given back when its request is answered.
     *
     * @throws Declined with TOO_LARGE or OVERLOADED; the connection ends then, since the rest is
     *     not read
     */
    byte[] read(ServerRequest request, int mostBytes) {
        Headers headers = request.headers();
        OptionalLong length = headers.contentLength();
        if (length.isPresent() && length.getAsLong() > mostBytes) {
            throw tooLarge(mostBytes);
        }
        boolean isNone = length.isPresent() ? length.getAsLong() == 0 : !isChunked(headers);
        if (isNone) {
            return NOTHING;
        }
        patience.beginBody();
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
                    ProblemType.MALFORMED, "The body is not chunked as it should be.", Answer.LAST);
        } finally {
            patience.end();
        }
    }

    /** Takes a body back. */
    void giveBack(byte[] body) {
        if (body.length > SMALL_BYTES) {
            large.release(body.length);
        }
    }

    /** What is not read of a body, the library will skip; it may not take longer than reading. */
    void leave(ServerRequest request) {
        if (request.content().hasEntity() && !request.content().consumed()) {
            patience.beginBody();
        }
    }

    /**
     * Drops what still comes of a body behind the last answer of a connection, up to {@link
     * #DROPPED_BYTES} and for {@link #DROPPING}: whoever is still sending would lose the answer if
     * the connection ended at once.
     */
    void linger(ServerRequest request) {
        if (!request.content().hasEntity() || request.content().consumed()) {
            return;
        }
        patience.endWithin(DROPPING, Thread.currentThread());
        try {
            request.content().inputStream().skipNBytes(DROPPED_BYTES);
        } catch (IOException | RuntimeException e) {
            throw new CloseConnectionException("the client went, or sent no body", e);
        } finally {
            patience.ended(Thread.currentThread());
        }
    }

    private static boolean isChunked(Headers headers) {
        return headers.contains(HeaderNames.TRANSFER_ENCODING);
    }

    private byte[] exactly(InputStream body, int bytes) throws IOException {
        take(bytes);
        byte[] whole = null;
        try {
            byte[] some = new byte[bytes];
            if (body.readNBytes(some, 0, bytes) < bytes) {
                throw new IOException("the body ended too early");
            }
            whole = some;
            return some;
        } finally {
            if (whole == null && bytes > SMALL_BYTES) {
                large.release(bytes);
            }
        }
    }

    private byte[] bounded(InputStream body, int mostBytes) throws IOException {
        byte[] some = new byte[Math.min(FIRST_BYTES, mostBytes + 1)];
        int at = 0;
        int taken = 0;
        int kept = 0;
        try {
            while (true) {
                at += body.readNBytes(some, at, some.length - at);
                if (at > mostBytes) {
                    throw tooLarge(mostBytes);
                }
                if (at < some.length) {
                    kept = at > SMALL_BYTES ? at : 0;
                    return Arrays.copyOf(some, at);
                }
                if (some.length * 2 > SMALL_BYTES && taken == 0) {
                    take(mostBytes);
                    taken = mostBytes > SMALL_BYTES ? mostBytes : 0;
                }
                some = Arrays.copyOf(some, Math.min(some.length * 2, mostBytes + 1));
            }
        } finally {
            large.release(taken - kept);
        }
    }

    private void take(int bytes) {
        if (bytes > SMALL_BYTES && !large.tryAcquire(bytes)) {
            throw new Declined(
                    ProblemType.OVERLOADED,
                    "Too many large bodies are being read.",
                    HeaderValues.create(HeaderNames.RETRY_AFTER, 1),
                    Answer.LAST);
        }
    }

    private static Declined tooLarge(int mostBytes) {
        return new Declined(
                ProblemType.TOO_LARGE,
                mostBytes == 0
                        ? "This takes no body."
                        : "The body may have " + mostBytes + " bytes at most.",
                Answer.LAST);
    }
}
