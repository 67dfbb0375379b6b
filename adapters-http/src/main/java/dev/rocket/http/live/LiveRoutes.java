package dev.rocket.http.live;

import dev.rocket.core.usecase.UseCases;
import dev.rocket.http.guard.Access;
import dev.rocket.http.guard.Ask;
import dev.rocket.http.guard.Guards;
import dev.rocket.http.guard.LongLived;
import dev.rocket.http.guard.Patience;
import dev.rocket.http.guard.Route;
import dev.rocket.http.websocket.Endpoint;
import dev.rocket.http.websocket.Handshake;
import dev.rocket.http.websocket.Receiver;
import dev.rocket.http.wire.Answer;
import dev.rocket.http.wire.Declined;
import dev.rocket.http.wire.ProblemType;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The routes that follow the feed: {@code /v1/changes} and the WebSocket {@code /v1/live}. */
public final class LiveRoutes implements LongLived {

    private static final String LIVE = "/v1/live";

    private final Fanout fanout;
    private final Crowd crowd;
    private final FeedRoute feed;
    private final boolean echoes;

    /**
     * Follows the feed of some use cases.
     *
     * @param guards who may
     * @param patience cuts off clients that take nothing
     * @param echoes whether {@code /bench/echo} sends back what it gets, for conformance suites
     */
    public LiveRoutes(UseCases useCases, Guards guards, Patience patience, boolean echoes) {
        this.fanout = new Fanout(useCases.feed());
        this.crowd = new Crowd(guards, useCases.authenticate(), patience);
        this.feed = new FeedRoute(useCases.feed(), useCases.authenticate(), patience);
        this.echoes = echoes;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/v1/changes", Access.READ, feed::answer).negotiating(),
                Route.get(LIVE, Access.READ, LiveRoutes::upgrade).negotiating());
    }

    @Override
    public Map<String, Endpoint> sockets() {
        return echoes
                ? Map.of(LIVE, new Live(), "/bench/echo", new Echo.Route())
                : Map.of(LIVE, new Live());
    }

    /** Where sockets that follow the feed are opened. */
    private final class Live implements Endpoint {

        @Override
        public int mostBytes() {
            return LiveSocket.MESSAGE_BYTES;
        }

        @Override
        public Receiver admit(Handshake handshake) {
            return new LiveSocket(crowd, fanout, crowd.admit(handshake));
        }
    }

    @Override
    public int open() {
        return crowd.size();
    }

    /** How many long polls and streams are open. */
    public int waiting() {
        return feed.waiting();
    }

    @Override
    public void drain(Duration atMost) {
        feed.drain();
        crowd.drain(atMost);
        fanout.drain();
    }

    /** What a request gets that does not ask for a WebSocket. */
    private static Answer upgrade(Ask ask) {
        throw new Declined(
                ProblemType.UPGRADE_REQUIRED,
                "This path speaks WebSocket; '/v1/changes' gives the same over plain HTTP.",
                HeaderValues.create(HeaderNames.UPGRADE, "websocket"));
    }
}
