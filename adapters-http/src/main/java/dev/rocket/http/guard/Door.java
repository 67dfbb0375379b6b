package dev.rocket.http.guard;

import dev.rocket.core.usecase.Caller;
import dev.rocket.http.wire.Answer;
import dev.rocket.http.wire.Declined;
import dev.rocket.http.wire.ProblemType;
import dev.rocket.http.wire.Problems;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.HttpException;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The one handler of all requests.
 *
 * <p>It finds the route, asks the guards and answers. The server's own routing would match every
 * path with regular expressions, one after another; this walks a tree.
 */
public final class Door implements Handler {

    private static final System.Logger LOG = System.getLogger("dev.rocket.http");
    private static final byte[] NOTHING = new byte[0];

    private final Guards guards;
    private final Routes routes;
    private final Heard stranger;
    private final RequestIds ids;
    private volatile boolean closing;

    /**
     * Opens a door.
     *
     * @param table every route
     * @param listeners gives the listener of each, by method and template
     * @param chance makes the names of requests
     */
    public Door(
            Guards guards,
            List<Route> table,
            BiFunction<String, String, Heard> listeners,
            RandomGenerator chance) {
        this.guards = guards;
        this.routes = new Routes(table, listeners);
        this.stranger = listeners.apply("other", "other");
        this.ids = new RequestIds(chance);
    }

    /** From now on every answer asks the client to connect anew, elsewhere. */
    public void close() {
        closing = true;
    }

    /** What names the requests. */
    RequestIds ids() {
        return ids;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        long began = System.nanoTime();
        String path = request.prologue().uriPath().rawPath();
        String method = request.prologue().method().text();
        Routes.Match match = routes.find(path);
        String id = ids.of(request.headers());
        Routes.Bound bound = match == null ? null : match.node().find(method);
        RateLimiter limiter = bound != null && bound.route().isLimited() ? guards.limiter() : null;
        RateLimiter.Left left =
                limiter == null
                        ? null
                        : limiter.take(guards.client(request.remotePeer(), request.headers()));
        Answer answer;
        try {
            if (left != null && limiter != null && left.isOver()) {
                throw limiter.over(left);
            }
            answer = pass(request, match, method);
        } catch (HttpException | RequestException | CloseConnectionException e) {
            throw e;
        } catch (RuntimeException e) {
            answer = problem(e, path, id);
        }
        if (left != null && limiter != null) {
            limiter.tell(answer, left);
        }
        long nanos = System.nanoTime() - began;
        Heard heard = bound == null ? stranger : bound.heard();
        heard.answered(answer.status().code(), nanos);
        AccessLog.note(request, answer.status(), nanos, id);
        answer.with(RequestIds.HEADER, id);
        boolean isLast = closing || answer.isLast() || request.headers().contains(Answer.LAST);
        send(response, isLast ? answer.with(Answer.LAST) : answer, method.equals("HEAD"));
        if (isLast) {
            guards.bodies().linger(request);
            throw new CloseConnectionException("this was the last answer on the connection");
        }
        guards.bodies().leave(request);
    }

    private Answer pass(ServerRequest request, Routes.@Nullable Match match, String method) {
        if (match == null) {
            throw new Declined(ProblemType.NOT_FOUND, "No such path.");
        }
        Routes.Bound bound = match.node().find(method);
        if (bound == null) {
            return unbound(match.node().allow(), method);
        }
        Route route = bound.route();
        Headers headers = request.headers();
        Caller caller = guards.admit(route, request.remotePeer(), headers);
        BodyLimit bodies = guards.bodies();
        Ask ask = new Ask(request, match.part(), caller, bodies, bodies.most(route));
        try {
            if (!route.negotiates()) {
                ask.requireJsonWelcome();
            }
            return route.action().answer(ask);
        } finally {
            ask.done();
        }
    }

    private static Answer unbound(String allow, String method) {
        if (method.equals("OPTIONS")) {
            return Answer.empty(Status.NO_CONTENT_204).with(HeaderNames.ALLOW, allow);
        }
        throw new Declined(
                ProblemType.METHOD_NOT_ALLOWED,
                "This path knows " + allow + ".",
                HeaderValues.create(HeaderNames.ALLOW, allow));
    }

    private static Answer problem(RuntimeException failure, String path, String id) {
        if (Problems.isBug(failure)) {
            LOG.log(System.Logger.Level.ERROR, "request " + id + " failed", failure);
        }
        return Problems.answer(failure, new Problems.Where(path, id));
    }

    private void send(ServerResponse response, Answer answer, boolean head) {
        response.status(answer.status());
        for (Header header : answer.headers()) {
            response.header(header);
        }
        response.header(PageHeaders.NOSNIFF);
        Answer.Stream stream = answer.stream();
        if (stream == null) {
            if (head) {
                response.headers().contentLength(answer.body().length);
            }
            byte[] body = head ? NOTHING : answer.body();
            guards.patience().beginSending(body.length);
            response.send(body);
            guards.patience().end();
            return;
        }
        try (OutputStream body = response.outputStream()) {
            if (!head) {
                stream.write(body);
            }
        } catch (IOException e) {
            throw new CloseConnectionException("the client went while it was answered", e);
        }
    }
}
