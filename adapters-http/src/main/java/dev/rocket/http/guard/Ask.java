package dev.rocket.http.guard;

import dev.rocket.core.model.Refused;
import dev.rocket.core.usecase.Caller;
import dev.rocket.http.wire.Declined;
import dev.rocket.http.wire.ProblemType;
import dev.rocket.http.wire.Query;
import dev.rocket.http.wire.Uuids;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.webserver.http.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request that may pass, with its caller.
 *
 * <p>It is used on the request's own thread alone.
 */
public final class Ask {

    private static final HeaderName KEY = HeaderNames.create("Idempotency-Key");
    private static final String JSON = "application/json";

    private final ServerRequest request;
    private final String part;
    private final Caller caller;
    private final BodyLimit bodies;
    private final int bodyBytes;
    private byte @Nullable [] body;

    Ask(ServerRequest request, String part, Caller caller, BodyLimit bodies, int bodyBytes) {
        this.bodies = bodies;
        this.request = request;
        this.part = part;
        this.caller = caller;
        this.bodyBytes = bodyBytes;
    }

    /** Gives back what the request held. */
    void done() {
        if (body != null) {
            bodies.giveBack(body);
        }
    }

    /** Who asks; without the idempotency key. */
    public Caller caller() {
        return caller;
    }

    /**
     * Who asks, with the idempotency key when the request has one; reads the body for that.
     *
     * @throws Refused with Invalid for a key out of bounds
     * @throws Declined when the body cannot be read
     */
    public Caller writer() {
        Headers headers = request.headers();
        if (!headers.contains(KEY)) {
            return caller;
        }
        Header header = headers.get(KEY);
        if (header.valueCount() != 1) {
            throw Refused.invalid("Idempotency-Key", "must be given once");
        }
        String word = header.get().strip();
        if (word.length() >= 2 && word.startsWith("\"") && word.endsWith("\"")) {
            word = word.substring(1, word.length() - 1);
        }
        return caller.once(word, fingerprint());
    }

    private String fingerprint() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            String head = request.prologue().method().text() + " " + path() + "\n";
            sha.update(head.getBytes(StandardCharsets.UTF_8));
            sha.update(bodyBytes == 0 ? new byte[0] : body());
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The path as it came, without the query. */
    public String path() {
        return request.prologue().uriPath().rawPath();
    }

    /** The text in place of the template's braces; empty where it has none. */
    public String part() {
        return part;
    }

    /**
     * The UUID in place of the template's braces.
     *
     * @throws Declined with NOT_FOUND when it is none, since then nothing has that id
     */
    public UUID id() {
        UUID id = Uuids.parse(part);
        if (id == null) {
            throw new Declined(ProblemType.NOT_FOUND, "Nothing has an id that is no UUID.");
        }
        return id;
    }

    /** The headers. */
    public Headers headers() {
        return request.headers();
    }

    /**
     * The query's parameters.
     *
     * @param known the names that are understood
     * @throws Refused with Invalid for any other, or one that cannot be read
     */
    public Query query(Set<String> known) {
        return Query.parse(request.prologue().query().rawValue(), known);
    }

    /**
     * The whole body, which must be JSON by its content type or have none.
     *
     * @throws Declined with UNSUPPORTED_MEDIA_TYPE or TOO_LARGE
     */
    public byte[] body() {
        byte[] read = body;
        if (read == null) {
            requireJson();
            read = bodies.read(request, bodyBytes);
            body = read;
        }
        return read;
    }

    private void requireJson() {
        Headers headers = request.headers();
        if (!headers.contains(HeaderNames.CONTENT_TYPE)) {
            return;
        }
        String type = headers.get(HeaderNames.CONTENT_TYPE).get();
        if (!type.equals(JSON) && !isJson(type)) {
            throw new Declined(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "Send JSON, with 'Content-Type: application/json'.");
        }
    }

    private boolean isJson(String type) {
        String[] parts = type.toLowerCase(Locale.ROOT).split(";", -1);
        String media = parts[0].strip();
        boolean merges = request.prologue().method().text().equals("PATCH");
        boolean fits =
                media.equals(JSON) || (merges && media.equals("application/merge-patch+json"));
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            fits &= !parameter.startsWith("charset=") || parameter.equals("charset=utf-8");
        }
        return fits;
    }

    /** Whether {@code Accept} names a media type, such as {@code text/event-stream}. */
    public boolean prefers(String type) {
        return headers().contains(HeaderNames.ACCEPT)
                && headers().get(HeaderNames.ACCEPT).allValues().stream()
                        .flatMap(value -> Stream.of(value.split(",", -1)))
                        .map(range -> range.split(";", -1)[0].strip())
                        .anyMatch(type::equalsIgnoreCase);
    }

    /**
     * Refuses a client that welcomes no JSON.
     *
     * @throws Declined with NOT_ACCEPTABLE
     */
    public void requireJsonWelcome() {
        if (!Accepts.welcomes(headers(), JSON)) {
            throw new Declined(
                    ProblemType.NOT_ACCEPTABLE, "This answers in 'application/json' alone.");
        }
    }

    /** The header's one value; empty when it is missing. */
    public Optional<String> header(HeaderName name) {
        Headers headers = request.headers();
        return headers.contains(name) ? Optional.of(headers.get(name).get()) : Optional.empty();
    }
}
