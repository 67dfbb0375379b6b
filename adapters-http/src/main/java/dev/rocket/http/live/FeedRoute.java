package dev.rocket.http.live;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Seq;
import dev.rocket.core.usecase.Authenticate;
import dev.rocket.core.usecase.Caller;
import dev.rocket.core.usecase.FollowChanges;
import dev.rocket.http.guard.Ask;
import dev.rocket.http.guard.Patience;
import dev.rocket.http.wire.Answer;
import dev.rocket.http.wire.ChangeJson;
import dev.rocket.http.wire.Declined;
import dev.rocket.http.wire.ProblemType;
import dev.rocket.http.wire.Problems;
import dev.rocket.http.wire.Query;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The feed over HTTP: pages, long polls and server-sent events.
 *
 * <p>{@code GET /v1/changes?after=&limit=&wait=}, scope READ. As JSON: 200 with {@code changes},
 * {@code next} and {@code more}; {@code wait} holds an empty answer back for as many seconds, 60 at
 * most. As {@code text/event-stream}: one event {@code change} each, whose id is the place, for as
 * long as the client stays; {@code Last-Event-ID} resumes; a comment every 15 seconds shows life;
 * {@code bye} says that the server stops. At most {@link #WAITING} requests wait at a time; beyond
 * that, 503. Source: WHATWG HTML, section 9.2.
 */
final class FeedRoute {

    /** Requests that may wait for changes. */
    static final int WAITING = 10_000;

    private static final Set<String> KNOWN = Set.of("after", "limit", "wait");
    private static final String STREAM_TYPE = "text/event-stream";
    private static final Header STREAM = Answer.constant(HeaderNames.CONTENT_TYPE, STREAM_TYPE);
    private static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int PAGE = 100;
    private static final int MOST_SECONDS = 60;
    private static final int BEAT_SECONDS = 15;

    private final FollowChanges feed;
    private final Authenticate authenticate;
    private final Patience patience;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean draining;

    FeedRoute(FollowChanges feed, Authenticate authenticate, Patience patience) {
        this.feed = feed;
        this.authenticate = authenticate;
        this.patience = patience;
    }

    /** How many requests wait. */
    int waiting() {
        return waiting.get();
    }

    /** Lets nobody wait any longer. */
    void drain() {
        draining = true;
    }

    /** Answers with a page or a stream. */
    Answer answer(Ask ask) {
        Query query = ask.query(KNOWN);
        if (ask.prefers(STREAM_TYPE)) {
            return stream(ask, query);
        }
        ask.requireJsonWelcome();
        Seq after = query.number("after").map(FeedRoute::place).orElse(Seq.START);
        int limit = query.number("limit").map(FeedRoute::limit).orElse(PAGE);
        long seconds = query.number("wait").orElse(0L);
        if (seconds < 0 || seconds > MOST_SECONDS) {
            throw Refused.invalid("wait", "must be 0 to " + MOST_SECONDS + " seconds");
        }
        FollowChanges.Stretch stretch = feed.after(ask.caller(), after, limit);
        if (stretch.changes().isEmpty() && seconds > 0) {
            stretch = awaited(ask.caller(), stretch.upTo(), limit, Duration.ofSeconds(seconds));
        }
        return ChangeJson.page(stretch.changes(), stretch.upTo(), stretch.more());
    }

    private FollowChanges.Stretch awaited(Caller caller, Seq after, int limit, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        Vigil vigil = new Vigil(authenticate, caller);
        enter();
        try {
            FollowChanges.Stretch stretch = feed.after(caller, after, limit);
            while (stretch.changes().isEmpty() && !draining && System.nanoTime() < deadline) {
                long left = Math.min(LOOK.toNanos(), deadline - System.nanoTime());
                boolean isNews = feed.await(stretch.upTo(), Duration.ofNanos(left));
                if (!vigil.holds()) {
                    throw Problems.unauthenticated("The token was revoked or has expired.");
                }
                if (isNews) {
                    stretch = feed.after(caller, stretch.upTo(), limit);
                }
            }
            return stretch;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopping();
        } finally {
            waiting.decrementAndGet();
        }
    }

    private Answer stream(Ask ask, Query query) {
        if (query.one("limit").isPresent() || query.one("wait").isPresent()) {
            throw Refused.invalid("limit", "and wait have no meaning for a stream");
        }
        Optional<Seq> resumed = ask.header(LAST_EVENT_ID).map(FeedRoute::lastEvent);
        Seq after =
                resumed.or(() -> query.number("after").map(FeedRoute::place)).orElseGet(feed::head);
        Caller caller = ask.caller();
        if (draining) {
            throw stopping();
        }
        feed.after(caller, after, 1);
        if (waiting.get() >= WAITING) {
            throw crowded();
        }
        return Answer.stream(STREAM, body -> follow(caller, after, body));
    }

    private void follow(Caller caller, Seq after, OutputStream body) throws IOException {
        Seq at = after;
        int silent = 0;
        Vigil vigil = new Vigil(authenticate, caller);
        // Counted here: an answer to HEAD is made, but never followed.
        waiting.incrementAndGet();
        try {
            send(body, "retry: 1000\n\n");
            while (!draining) {
                boolean isNews = feed.await(at, LOOK);
                if (!vigil.holds()) {
                    return;
                }
                if (!isNews) {
                    silent++;
                    if (silent == BEAT_SECONDS) {
                        silent = 0;
                        send(body, ": " + at.value() + "\n\n");
                    }
                    continue;
                }
                silent = 0;
                FollowChanges.Stretch stretch = feed.after(caller, at, PAGE);
                send(body, events(stretch));
                at = stretch.upTo();
            }
            send(body, "event: bye\ndata: {\"seq\":" + at.value() + "}\n\n");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.decrementAndGet();
        }
    }

    private static String events(FollowChanges.Stretch stretch) {
        StringBuilder out = new StringBuilder();
        for (Change change : stretch.changes()) {
            out.append("event: change\nid: ").append(change.seq().value()).append("\ndata: ");
            ChangeJson.print(out, change);
            out.append("\n\n");
        }
        return out.toString();
    }

    private void send(OutputStream body, String text) throws IOException {
        patience.beginSending();
        try {
            body.write(text.getBytes(StandardCharsets.UTF_8));
            body.flush();
        } catch (IOException | RuntimeException e) {
            patience.ended(Thread.currentThread());
            throw e;
        }
        patience.end();
    }

    private void enter() {
        if (waiting.incrementAndGet() > WAITING) {
            waiting.decrementAndGet();
            throw crowded();
        }
    }

    private static Declined crowded() {
        return new Declined(
                ProblemType.OVERLOADED,
                "Too many clients wait for changes.",
                HeaderValues.create(HeaderNames.RETRY_AFTER, 1));
    }

    private static Declined stopping() {
        return new Declined(
                ProblemType.UNAVAILABLE,
                "The server is stopping.",
                HeaderValues.create(HeaderNames.RETRY_AFTER, 1));
    }

    private static Seq place(long value) {
        if (value < 0) {
            throw Refused.invalid("after", "must be a place in the feed, 0 or more");
        }
        return new Seq(value);
    }

    private static int limit(long value) {
        if (value < 1 || value > Limits.CHANGES_PAGE) {
            throw Refused.invalid("limit", "must be 1 to " + Limits.CHANGES_PAGE);
        }
        return (int) value;
    }

    private static Seq lastEvent(String text) {
        try {
            return place(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            throw Refused.invalid("Last-Event-ID", "must be a place in the feed, 0 or more");
        }
    }
}
