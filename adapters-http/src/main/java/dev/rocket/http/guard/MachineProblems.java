package dev.rocket.http.guard;

import dev.rocket.http.wire.Answer;
import dev.rocket.http.wire.Declined;
import dev.rocket.http.wire.ProblemType;
import dev.rocket.http.wire.Problems;
import io.helidon.http.DirectHandler;
import io.helidon.http.Header;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;

/** Problem documents for what is refused before a route is found. */
public final class MachineProblems implements DirectHandler {

    /** What the library says of headers beyond their bound, which it answers with 400. */
    private static final String HEADERS_TOO_LARGE = "Header size exceeded";

    /** What the library says instead of a reason; it logs none either. */
    private static final String UNTOLD = "Bad request, see server log for more information";

    private final RequestIds ids;

    private MachineProblems(RequestIds ids) {
        this.ids = ids;
    }

    /** Handlers for every kind of such refusal. */
    public static DirectHandlers handlers(Door door) {
        MachineProblems handler = new MachineProblems(door.ids());
        DirectHandlers.Builder builder = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            builder.addHandler(type, handler);
        }
        return builder.build();
    }

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType type,
            Status status,
            ServerResponseHeaders headers,
            String message) {
        String said = message == null ? "" : message;
        ProblemType problem = problem(request, type, status, said);
        boolean isFault = type == EventType.INTERNAL_ERROR || said.equals(UNTOLD);
        String detail = isFault || said.isBlank() ? problem.meaning() : said;
        String id = ids.of(request.headers());
        Answer answer =
                Problems.answer(
                        new Declined(problem, detail), new Problems.Where(request.path(), id));
        TransportResponse.Builder response =
                TransportResponse.builder()
                        .status(problem.status())
                        .headers(headers)
                        .entity(answer.body())
                        .keepAlive(false);
        for (Header header : answer.headers()) {
            response.header(header);
        }
        return response.header(Answer.constant(RequestIds.HEADER, id)).build();
    }

    /**
     * The kind of problem. A head that breaks off is a fault of the client, though the library
     * takes it for its own: whatever fails behind the head is told at the door.
     */
    private static ProblemType problem(
            TransportRequest request, EventType type, Status status, String said) {
        if (said.equals(HEADERS_TOO_LARGE)) {
            return ProblemType.HEADERS_TOO_LARGE;
        }
        boolean isHead = type == EventType.INTERNAL_ERROR && request.path().isEmpty();
        return isHead ? ProblemType.MALFORMED : ProblemType.ofStatus(status.code());
    }
}
