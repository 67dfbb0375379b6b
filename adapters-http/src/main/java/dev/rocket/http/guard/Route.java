package dev.rocket.http.guard;

/**
 * One line of the route table.
 *
 * @param method such as {@code GET}; a GET route answers HEAD as well
 * @param template the path, with at most one part in braces: {@code /v1/tasks/{id}}
 * @param access what the caller must be allowed
 * @param bodyBytes how large a body may be; 0 for none
 * @param negotiates whether the action itself looks at {@code Accept}; else JSON must be welcome
 * @param action what it does
 */
public record Route(
        String method,
        String template,
        Access access,
        int bodyBytes,
        boolean negotiates,
        Action action) {

    /** Stands for the configured bound of an ordinary body. */
    public static final int STANDARD = -1;

    /** Reading what stands at a path. */
    public static Route get(String template, Access access, Action action) {
        return new Route("GET", template, access, 0, false, action);
    }

    /** Sending something to a path. */
    public static Route post(String template, Access access, Action action) {
        return new Route("POST", template, access, STANDARD, false, action);
    }

    /** Changing parts of what stands at a path. */
    public static Route patch(String template, Access access, Action action) {
        return new Route("PATCH", template, access, STANDARD, false, action);
    }

    /** Deleting what stands at a path. */
    public static Route delete(String template, Access access, Action action) {
        return new Route("DELETE", template, access, 0, false, action);
    }

    /** The same with another bound for the body. */
    public Route withBody(int bytes) {
        return new Route(method, template, access, bytes, negotiates, action);
    }

    /** The same, whose action chooses the media type by itself. */
    public Route negotiating() {
        return new Route(method, template, access, bodyBytes, true, action);
    }

    /** Whether requests count against the client's quota: those to the API do. */
    public boolean isLimited() {
        return template.startsWith("/v1/");
    }
}
