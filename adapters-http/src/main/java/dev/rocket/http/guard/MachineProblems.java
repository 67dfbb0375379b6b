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
import java.util.random.RandomGenerator;

/** Problem documents for what the server's machinery refuses before any route is found. */
public final class MachineProblems implements DirectHandler {

    private final RequestIds ids;

    private MachineProblems(RandomGenerator chance) {
        this.ids = new RequestIds(chance);
    }

    /** Handlers for every kind of such refusal. */
    public static DirectHandlers handlers(RandomGenerator chance) {
        MachineProblems handler = new MachineProblems(chance);
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
        ProblemType problem = ProblemType.ofStatus(status.code());
        String detail = message == null || message.isBlank() ? problem.meaning() : message;
        String id = ids.of(request.headers());
        Answer answer =
                Problems.answer(
                        new Declined(problem, problem == ProblemType.INTERNAL ? "" : detail),
                        new Problems.Where(request.path(), id));
        TransportResponse.Builder response =
                TransportResponse.builder()
                        .status(status)
                        .headers(headers)
                        .entity(answer.body())
                        .keepAlive(type.keepAlive());
        for (Header header : answer.headers()) {
            response.header(header);
        }
        return response.header(Answer.constant(RequestIds.HEADER, id)).build();
    }
}
