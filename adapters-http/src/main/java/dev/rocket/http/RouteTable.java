package dev.rocket.http;

import static dev.rocket.http.guard.Access.LOCAL_OR_READ;
import static dev.rocket.http.guard.Access.OPEN;
import static dev.rocket.http.guard.Route.get;

import dev.rocket.http.guard.Ask;
import dev.rocket.http.guard.LongLived;
import dev.rocket.http.guard.Route;
import dev.rocket.http.observe.Health;
import dev.rocket.http.observe.Metrics;
import dev.rocket.http.wire.Answer;
import dev.rocket.http.wire.Declined;
import dev.rocket.http.wire.ProblemType;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Every route of the server, with what it demands. */
final class RouteTable {

    private static final Header METRICS =
            Answer.constant(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");

    private final Health health;
    private final Metrics metrics;

    RouteTable(Health health, Metrics metrics) {
        this.health = health;
        this.metrics = metrics;
    }

    /** The table. */
    List<Route> routes(List<LongLived> longLived) {
        List<Route> table = new ArrayList<>();
        table.addAll(
                List.of(
                        get("/healthz", OPEN, this::alive).negotiating(),
                        get("/readyz", OPEN, this::ready).negotiating(),
                        get("/metrics", LOCAL_OR_READ, this::figures).negotiating(),
                        get("/problems/{slug}", OPEN, this::meaning).negotiating()));
        longLived.forEach(part -> table.addAll(part.routes()));
        return table;
    }

    private Answer alive(Ask ask) {
        return whole(Status.OK_200, health.alive());
    }

    private Answer ready(Ask ask) {
        Health.Verdict verdict = health.ready();
        return whole(
                verdict.isReady() ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503, verdict.json());
    }

    private Answer figures(Ask ask) {
        return Answer.of(Status.OK_200, METRICS, metrics.text()).with(Answer.NO_STORE);
    }

    private Answer meaning(Ask ask) {
        ProblemType type =
                ProblemType.find(ask.part())
                        .orElseThrow(() -> new Declined(ProblemType.NOT_FOUND, "No such problem."));
        String text = type.status().code() + " " + type.title() + "\n\n" + type.meaning() + "\n";
        return Answer.of(Status.OK_200, Answer.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Answer whole(Status status, String json) {
        return Answer.json(status, new StringBuilder(json)).with(Answer.NO_STORE);
    }
}
