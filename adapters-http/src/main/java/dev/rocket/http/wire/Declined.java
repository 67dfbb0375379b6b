package dev.rocket.http.wire;

import io.helidon.http.Header;
import java.util.List;

/**
 * Carries the adapter's own no up to the answer.
 *
 * <p>It has no stack trace, since it is no fault.
 */
public final class Declined extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final ProblemType type;
    private final transient List<Header> headers;

    /**
     * Declines a request.
     *
     * @param type what kind of problem it is
     * @param detail one sentence for people about this occurrence
     * @param headers to be sent with the problem document
     */
    public Declined(ProblemType type, String detail, Header... headers) {
        super(detail, null, false, false);
        this.type = type;
        this.headers = List.of(headers);
    }

    /** What kind of problem it is. */
    public ProblemType type() {
        return type;
    }

    /** What is sent with the problem document. */
    public List<Header> headers() {
        return headers;
    }

    /** One sentence for people. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
