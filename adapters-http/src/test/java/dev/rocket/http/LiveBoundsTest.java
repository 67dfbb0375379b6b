package dev.rocket.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Token;
import dev.rocket.core.usecase.Caller;
import dev.rocket.core.usecase.ManageTokens;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What a socket may cost, and when it ends although its client would stay. */
final class LiveBoundsTest {

    private static final Caller OPERATOR = Caller.system("operator");

    @Test
    void handshakes_count_against_the_quota() {
        HttpConfig three =
                HttpConfig.loopback(0)
                        .withRateLimit(
                                Optional.of(new HttpConfig.RateLimit(3, Duration.ofMinutes(15))));
        try (TestServer server = new TestServer(three);
                Socket one = Socket.open(server);
                Socket two = Socket.open(server)) {
            one.subscribe("");
            two.subscribe("");
            assertEquals(200, server.get("/v1/tasks").statusCode());
            CompletionException refused =
                    assertThrows(CompletionException.class, () -> Socket.open(server));
            assertTrue(
                    refused.getCause() instanceof WebSocketHandshakeException handshake
                            && handshake.getResponse().statusCode() == 429
                            && handshake.getResponse().headers().map().containsKey("retry-after"),
                    refused.toString());
        }
    }

    @Test
    void a_socket_ends_soon_after_its_token_is_revoked_and_others_stay() {
        try (TestServer server = TestServer.plain()) {
            ManageTokens.Issued token = token(server, Optional.empty());
            try (Socket gone = Socket.open(server, "", token.secret());
                    Socket stays = Socket.open(server)) {
                gone.subscribe("");
                stays.subscribe("");
                server.useCases.tokens().revoke(OPERATOR, token.token().id());
                assertEquals(1008, gone.end().code());
                server.call("POST", "/v1/tasks", "{\"title\":\"Still heard\"}");
                assertEquals("change", stays.next().get("type"));
            }
        }
    }

    @Test
    void a_ticket_of_a_revoked_token_opens_nothing() {
        try (TestServer server = TestServer.plain()) {
            ManageTokens.Issued token = token(server, Optional.empty());
            HttpResponse<String> made =
                    server.send(
                            server.to("/v1/tickets")
                                    .setHeader("Authorization", "Bearer " + token.secret())
                                    .POST(HttpRequest.BodyPublishers.noBody()));
            assertEquals(201, made.statusCode(), made.body());
            server.useCases.tokens().revoke(OPERATOR, token.token().id());
            String query = "?ticket=" + Json.text(made, "ticket");
            assertThrows(CompletionException.class, () -> Socket.open(server, query, ""));
        }
    }

    @Test
    void a_stream_that_is_only_asked_about_takes_no_place() {
        try (TestServer server = TestServer.plain()) {
            HttpResponse<String> head =
                    server.send(
                            server.to("/v1/changes")
                                    .header("Accept", "text/event-stream")
                                    .method("HEAD", HttpRequest.BodyPublishers.noBody()));
            assertEquals(200, head.statusCode());
            String figures = server.get("/metrics").body();
            assertTrue(figures.contains("\nrocket_feed_waiters 0"), figures);
        }
    }

    @Test
    void a_busy_event_stream_ends_with_its_token() {
        try (TestServer server = TestServer.plain()) {
            ManageTokens.Issued token = token(server, Optional.empty());
            try (Events events = Events.open(server, token.secret())) {
                server.call("POST", "/v1/tasks", "{\"title\":\"Heard\"}");
                assertTrue(events.next("change").data().contains("Heard"));
                server.useCases.tokens().revoke(OPERATOR, token.token().id());
                server.call("POST", "/v1/tasks", "{\"title\":\"Not heard\"}");
                assertFalse(events.rest().contains("Not heard"));
            }
        }
    }

    @Test
    void a_long_poll_is_refused_when_its_token_is_revoked_meanwhile() {
        try (TestServer server = TestServer.plain()) {
            ManageTokens.Issued token = token(server, Optional.empty());
            String path = "/v1/changes?wait=60&after=" + server.store.head().value();
            CompletableFuture<HttpResponse<String>> poll =
                    CompletableFuture.supplyAsync(
                            () ->
                                    server.send(
                                            server.to(path)
                                                    .setHeader(
                                                            "Authorization",
                                                            "Bearer " + token.secret())));
            while (!server.get("/metrics").body().contains("rocket_feed_waiters 1")) {
                Thread.onSpinWait();
            }
            server.useCases.tokens().revoke(OPERATOR, token.token().id());
            assertEquals(401, poll.join().statusCode());
        }
    }

    /** Takes as long as the server takes between two signs of life. */
    @Test
    void a_socket_whose_token_expires_ends_and_others_get_a_sign_of_life() {
        try (TestServer server = TestServer.plain()) {
            Duration hour = Duration.ofHours(1);
            ManageTokens.Issued token =
                    token(server, Optional.of(server.clock.instant().plus(hour)));
            try (Socket expires = Socket.open(server, "", token.secret());
                    Socket stays = Socket.open(server)) {
                expires.subscribe("");
                stays.subscribe("");
                server.ahead.set(hour.plusSeconds(1));
                assertEquals(1008, expires.end().code());
                assertEquals(server.store.head().value(), stays.heartbeat());
            }
        }
    }

    private static ManageTokens.Issued token(
            TestServer server, Optional<java.time.Instant> expires) {
        return server.useCases
                .tokens()
                .create(
                        OPERATOR,
                        new ManageTokens.Wish("reader", Set.of(Token.Scope.READ), expires));
    }

    /**
     * A client that reads nothing is cut off before it costs more than its bound, and slows nobody
     * down: the writer and the other follower see every change meanwhile.
     */
    @Test
    void a_client_that_takes_nothing_is_closed_and_slows_nobody_down() {
        String notes = "x".repeat(60_000);
        try (TestServer server = TestServer.plain();
                Frames slow = Frames.narrow(server, "/v1/live", 4096);
                Socket quick = Socket.open(server)) {
            slow.send(Frames.FIN | Frames.TEXT, "{\"type\":\"subscribe\",\"id\":\"s\"}");
            assertTrue(slow.next().payload().contains("subscribed"));
            quick.subscribe("");
            int writes = 400;
            for (int i = 0; i < writes; i++) {
                String body = "{\"title\":\"Long " + i + "\",\"notes\":\"" + notes + "\"}";
                assertEquals(201, server.call("POST", "/v1/tasks", body).statusCode());
                assertEquals("change", quick.next().get("type"));
            }
            int heard = 0;
            Object last = 0;
            Frames.Frame frame = slow.next();
            while (frame.head() == (Frames.FIN | Frames.TEXT)) {
                heard++;
                last = seq(frame);
                frame = slow.next();
            }
            assertTrue(heard < writes, "the slow client heard all " + heard);
            assertEquals(Frames.FIN | Frames.CLOSE, frame.head());
            assertEquals(4000, frame.code());
            String told = "too slow; the last change sent was " + last;
            assertTrue(frame.payload().endsWith(told), frame.payload() + " after " + last);
        }
    }

    private static Object seq(Frames.Frame frame) {
        Map<?, ?> change =
                (Map<?, ?>) Json.object(frame.payload()).getOrDefault("change", Map.of());
        return String.valueOf(change.get("seq"));
    }
}
