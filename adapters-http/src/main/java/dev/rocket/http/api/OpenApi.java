package dev.rocket.http.api;

import dev.rocket.http.guard.Ask;
import dev.rocket.http.wire.Answer;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

/**
 * The description of the whole interface at {@code /openapi.json}.
 *
 * <p>It is read once and answered from memory. Source: OpenAPI Specification 3.1.1.
 */
public final class OpenApi {

    private static final Header NO_CACHE = Answer.constant(HeaderNames.CACHE_CONTROL, "no-cache");
    private static final int TAG_BYTES = 8;

    private final byte[] document;
    private final String tag;

    /** Reads the document. */
    public OpenApi() {
        document = read();
        tag = "\"" + digest(document) + "\"";
    }

    /** {@code GET /openapi.json}: 200 with the document and {@code ETag}, or 304. */
    public Answer answer(Ask ask) {
        Answer answer =
                isKnown(ask)
                        ? Answer.empty(Status.NOT_MODIFIED_304)
                        : Answer.of(Status.OK_200, Answer.JSON, document);
        return answer.with(HeaderNames.ETAG, tag).with(NO_CACHE);
    }

    /** Whether the client has it; a condition that cannot be read is met by nothing. */
    private boolean isKnown(Ask ask) {
        return ask.headers().contains(HeaderNames.IF_NONE_MATCH)
                && ask.headers().get(HeaderNames.IF_NONE_MATCH).allValues().stream()
                        .flatMap(value -> Stream.of(value.split(",", -1)))
                        .map(String::strip)
                        .anyMatch(one -> one.equals("*") || one.equals(tag) || isWeak(one));
    }

    private boolean isWeak(String text) {
        return text.startsWith("W/") && text.substring(2).equals(tag);
    }

    private static byte[] read() {
        try (InputStream in = OpenApi.class.getResourceAsStream("openapi.json")) {
            if (in == null) {
                throw new IllegalStateException("openapi.json is missing from this program");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] all = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(all, 0, TAG_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
