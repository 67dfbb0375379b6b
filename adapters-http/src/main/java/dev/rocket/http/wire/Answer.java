package dev.rocket.http.wire;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer, ready to be sent.
 *
 * <p>It holds status, headers and the whole body or a stream. It is made and sent on one thread.
 * Headers that never change are encoded once, as constants.
 */
public final class Answer {

    /** The media type of JSON. */
    public static final Header JSON = constant(HeaderNames.CONTENT_TYPE, "application/json");

    /** The media type of problem documents. */
    public static final Header PROBLEM =
            constant(HeaderNames.CONTENT_TYPE, "application/problem+json");

    /** The media type of plain text. */
    public static final Header TEXT =
            constant(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");

    /** May be kept by the client alone, and asked about before each use. */
    public static final Header REVALIDATE =
            constant(HeaderNames.CACHE_CONTROL, "private, no-cache");

    /** May be kept nowhere. */
    public static final Header NO_STORE = constant(HeaderNames.CACHE_CONTROL, "no-store");

    /** Says that the connection ends behind this answer. */
    public static final Header LAST = HeaderValues.CONNECTION_CLOSE;

    private static final byte[] NOTHING = new byte[0];

    private final Status status;
    private final byte[] body;
    private final @Nullable Stream stream;
    private final List<Header> headers = new ArrayList<>(8);

    /** A body that is written bit by bit. */
    public interface Stream {

        /**
         * Writes until it ends or the client goes.
         *
         * @throws IOException when the client went
         */
        void write(OutputStream body) throws IOException;
    }

    private Answer(Status status, byte[] body, @Nullable Stream stream) {
        this.status = status;
        this.body = body;
        this.stream = stream;
    }

    /** An answer without a body. */
    public static Answer empty(Status status) {
        return new Answer(status, NOTHING, null);
    }

    /** An answer with a body of a media type. */
    public static Answer of(Status status, Header mediaType, byte[] body) {
        return new Answer(status, body, null).with(mediaType);
    }

    /** An answer whose body is the JSON in a text. */
    public static Answer json(Status status, CharSequence text) {
        return of(status, JSON, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** An answer, 200, whose body is written bit by bit; never stored. */
    public static Answer stream(Header mediaType, Stream stream) {
        return new Answer(Status.OK_200, NOTHING, stream).with(mediaType).with(NO_STORE);
    }

    /** A header that is encoded once and for all. */
    public static Header constant(HeaderName name, String value) {
        return HeaderValues.createCached(name, value);
    }

    /** Adds a header, or replaces the one of that name when it is sent. */
    public Answer with(Header header) {
        headers.add(header);
        return this;
    }

    /** Adds a header whose value holds printable ASCII alone. */
    public Answer with(HeaderName name, String value) {
        return with(HeaderValues.create(name, value));
    }

    /** Whether the connection ends behind it. */
    public boolean isLast() {
        return headers.contains(LAST);
    }

    /** The status. */
    public Status status() {
        return status;
    }

    /** The whole body; empty for a stream. */
    public byte[] body() {
        return body;
    }

    /** The stream; null for a whole body. */
    public @Nullable Stream stream() {
        return stream;
    }

    /** The headers; of two with one name the later counts. */
    public List<Header> headers() {
        return headers;
    }
}
