package dev.rocket.http.wire;

import io.helidon.http.Status;
import java.util.Locale;
import java.util.Optional;

/**
 * The kinds of problem document that this server gives.
 *
 * <p>The type URI is relative, {@code /problems/<slug>}, and the server answers it with the meaning
 * given here. Source: RFC 9457.
 */
public enum ProblemType {
    /** 400. */
    MALFORMED(400, "Malformed request", "The request cannot be read; the detail says where."),
    /** 400. */
    INVALID(400, "Invalid input", "A field or parameter breaks a rule; 'errors' names each."),
    /** 401. */
    UNAUTHENTICATED(
            401,
            "Authentication needed",
            "Send 'Authorization: Bearer <token>' with a token that is known and not expired."),
    /** 403. */
    FORBIDDEN(403, "Not allowed", "The token lacks the scope that this needs."),
    /** 404. */
    NOT_FOUND(404, "Not found", "Nothing is there: no such path, or nothing with that id."),
    /** 405. */
    METHOD_NOT_ALLOWED(405, "Method not allowed", "The header 'Allow' lists what the path knows."),
    /** 406. */
    NOT_ACCEPTABLE(406, "Not acceptable", "This answers in a media type that 'Accept' excludes."),
    /** 408. */
    REQUEST_TIMEOUT(408, "Request too slow", "The request did not arrive in time."),
    /** 409. */
    EXISTS(409, "Exists already", "An entity with that id exists."),
    /** 409. */
    TAKEN(409, "Taken", "Another entity of that kind holds the unique value."),
    /** 409. */
    TOO_WIDE(409, "Too wide", "The command would change too many other entities at once."),
    /** 409. */
    ALREADY_SET_UP(409, "Already set up", "The one-time setup was done before."),
    /** 409. */
    WRONG_MOMENT(409, "Wrong moment", "What is under way, or is not, forbids this just now."),
    /** 412. */
    STALE(
            412,
            "Changed meanwhile",
            "The revision in 'If-Match' is not the current one; 'current' and 'ETag' tell it."),
    /** 413. */
    TOO_LARGE(413, "Too large", "The body exceeds what this path accepts."),
    /** 414. */
    URI_TOO_LONG(414, "Address too long", "The request line exceeds what the server accepts."),
    /** 415. */
    UNSUPPORTED_MEDIA_TYPE(
            415, "Unsupported media type", "Send JSON, with 'Content-Type: application/json'."),
    /** 422. */
    KEY_REUSED(
            422, "Key reused", "The idempotency key was used for another request; take a new one."),
    /** 426. */
    UPGRADE_REQUIRED(426, "Upgrade required", "This path speaks WebSocket; send 'Upgrade'."),
    /** 429. */
    RATE_LIMITED(429, "Too many requests", "The client's quota is used up; see 'Retry-After'."),
    /** 431. */
    HEADERS_TOO_LARGE(431, "Headers too large", "The headers exceed what the server accepts."),
    /** 500. */
    INTERNAL(500, "Internal error", "The server has a fault; its log holds the request id."),
    /** 501. */
    NOT_IMPLEMENTED(501, "Not implemented", "The server does not know this transfer coding."),
    /** 503. */
    OVERLOADED(503, "Overloaded", "Too much is waiting; nothing was done. Retry as told."),
    /** 503. */
    UNAVAILABLE(503, "Unavailable", "The server cannot do this just now; the detail says why."),
    /** 503. */
    UNKNOWN_OUTCOME(
            503,
            "Outcome not known",
            "Whether the write was made is not known; repeat it with the same idempotency key."),
    /** 505. */
    VERSION_NOT_SUPPORTED(505, "HTTP version not supported", "The server speaks HTTP/1.1."),
    /** 507. */
    STORAGE_FULL(507, "Storage full", "The store has no space left; nothing was written.");

    private final int code;
    private final String title;
    private final String meaning;
    private final String slug = name().toLowerCase(Locale.ROOT).replace('_', '-');

    ProblemType(int code, String title, String meaning) {
        this.code = code;
        this.title = title;
        this.meaning = meaning;
    }

    /** The HTTP status that goes with it. */
    public Status status() {
        return Status.create(code);
    }

    /** A few words, the same for every occurrence. */
    public String title() {
        return title;
    }

    /** What it means and what the client can do, in one sentence. */
    public String meaning() {
        return meaning;
    }

    /** Its name in the type URI. */
    public String slug() {
        return slug;
    }

    /** The type of that name in the type URI. */
    public static Optional<ProblemType> find(String slug) {
        for (ProblemType type : values()) {
            if (type.slug.equals(slug)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** The type for a status that the server's machinery chose. */
    public static ProblemType ofStatus(int code) {
        for (ProblemType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        return code >= 500 ? INTERNAL : MALFORMED;
    }
}
