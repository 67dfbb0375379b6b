package dev.rocket.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Token;
import dev.rocket.core.usecase.Caller;
import dev.rocket.core.usecase.ManageTokens;
import dev.rocket.http.guard.Access;
import dev.rocket.http.guard.Route;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccessTest {

    private static final String ID = "0197b2a0-0000-7000-8000-000000000000";

    private final TestServer server = TestServer.plain();

    @AfterEach
    void close() {
        server.close();
    }

    private String token(Token.Scope scope) {
        ManageTokens.Wish wish =
                new ManageTokens.Wish(scope.wire(), Set.of(scope), Optional.empty());
        return server.useCases.tokens().create(Caller.system("test"), wish).secret();
    }

    private HttpResponse<String> ask(String method, String path, String authorization) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port + path))
                        .method(method, BodyPublishers.ofString("{}"));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return server.send(request);
    }

    private HttpResponse<String> ask(Route route, String authorization) {
        String path = route.template().replaceAll("\\{[a-z]+}", ID);
        return ask(route.method(), path, authorization);
    }

    private static String challenge(HttpResponse<String> answer) {
        return answer.headers().firstValue("WWW-Authenticate").orElse("");
    }

    @Test
    void every_guarded_route_asks_for_a_token() {
        int guarded = 0;
        for (Route route : server.adapter.table()) {
            if (route.access() == Access.OPEN || route.access() == Access.LOCAL_OR_READ) {
                continue;
            }
            guarded++;
            HttpResponse<String> answer = ask(route, "");
            assertEquals(401, answer.statusCode(), route + " " + answer.body());
            assertEquals("Bearer realm=\"rocket\"", challenge(answer));
            assertEquals("/problems/unauthenticated", Json.text(answer, "type"));
            answer = ask(route, "Bearer rkt_nonsense");
            assertEquals(401, answer.statusCode(), route + " " + answer.body());
            assertTrue(challenge(answer).contains("error=\"invalid_token\""), challenge(answer));
            assertEquals(401, ask(route, "Basic dXNlcjpwYXNz").statusCode());
        }
        assertTrue(guarded >= 30, guarded + " routes are guarded");
    }

    @Test
    void every_guarded_route_asks_for_its_scope() {
        for (Token.Scope held : Token.Scope.values()) {
            String secret = token(held);
            for (Route route : server.adapter.table()) {
                Optional<Token.Scope> needed = route.access().scope();
                if (needed.isEmpty() || route.access() == Access.LOCAL_OR_READ) {
                    continue;
                }
                HttpResponse<String> answer = ask(route, "Bearer " + secret);
                if (Token.allows(Set.of(held), needed.get())) {
                    assertNotEquals(403, answer.statusCode(), route.toString());
                    assertNotEquals(401, answer.statusCode(), route.toString());
                    continue;
                }
                assertEquals(403, answer.statusCode(), route + " " + answer.body());
                String scope = needed.get().wire();
                assertTrue(challenge(answer).contains("scope=\"" + scope + "\""));
                assertEquals(scope, Json.text(answer, "scope"));
            }
        }
    }

    @Test
    void every_write_needs_more_than_read() {
        for (Route route : server.adapter.table()) {
            boolean reads = route.method().equals("GET");
            boolean known =
                    route.template().equals("/v1/setup") || route.template().equals("/v1/tickets");
            assertTrue(
                    reads
                            || known
                            || route.access() == Access.WRITE
                            || route.access() == Access.ADMIN,
                    route.toString());
        }
    }

    @Test
    void an_expired_token_is_refused() {
        ManageTokens.Wish wish =
                new ManageTokens.Wish(
                        "short",
                        Set.of(Token.Scope.READ),
                        Optional.of(server.clock.instant().plusSeconds(60)));
        String secret = server.useCases.tokens().create(Caller.system("test"), wish).secret();
        assertEquals(200, ask("GET", "/v1/tasks", "Bearer " + secret).statusCode());
        server.ahead.set(Duration.ofSeconds(61));
        assertEquals(401, ask("GET", "/v1/tasks", "Bearer " + secret).statusCode());
    }

    @Test
    void a_token_is_issued_listed_without_its_hash_and_revoked() {
        HttpResponse<String> issued =
                server.call("POST", "/v1/tokens", "{\"name\":\"phone\",\"scopes\":[\"read\"]}");
        assertEquals(201, issued.statusCode(), issued.body());
        String secret = Json.text(issued, "token");
        assertTrue(secret.startsWith(ManageTokens.PREFIX), secret);
        assertFalse(issued.body().contains("hash"), issued.body());
        String bearer = "bearer  " + secret;
        assertEquals(200, ask("GET", "/v1/tasks", bearer).statusCode());
        HttpResponse<String> list = server.get("/v1/tokens");
        assertEquals(2, Json.items(list).size());
        assertFalse(list.body().contains("hash") || list.body().contains(secret), list.body());
        String place = "/v1/tokens/" + Json.text(issued, "id");
        HttpResponse<String> one = server.get(place);
        assertEquals("phone", Json.text(one, "name"));
        assertFalse(one.body().contains("hash") || one.body().contains(secret), one.body());
        assertEquals(204, server.delete(place).statusCode());
        assertEquals(401, ask("GET", "/v1/tasks", bearer).statusCode());
    }

    @Test
    void the_figures_are_for_this_machine_or_a_token() {
        assertEquals(200, ask("GET", "/metrics", "").statusCode());
        HttpRequest.Builder forwarded =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port + "/metrics"))
                        .header("X-Forwarded-For", "192.0.2.1");
        assertEquals(401, server.send(forwarded).statusCode());
        forwarded.header("Authorization", "Bearer " + token(Token.Scope.READ));
        assertEquals(200, server.send(forwarded).statusCode());
    }

    @Test
    void a_server_that_asks_nobody_answers_no_foreign_page() {
        try (TestServer open = new TestServer(HttpConfig.loopback(0).withAuth(false))) {
            String own = "127.0.0.1:" + open.port;
            assertEquals(200, statusFor(open, own, ""));
            assertEquals(200, statusFor(open, own, "http://" + own));
            assertEquals(200, statusFor(open, "localhost:1", "http://localhost:1"));
            assertEquals(200, statusFor(open, "[::1]", ""));
            assertEquals(403, statusFor(open, own, "https://evil.example"));
            assertEquals(403, statusFor(open, own, "http://127.0.0.1:1"));
            assertEquals(403, statusFor(open, own, "null"));
            assertEquals(403, statusFor(open, "evil.example", ""));
            assertEquals(403, statusFor(open, "127.evil.example", ""));
        }
    }

    private static int statusFor(TestServer server, String host, String origin) {
        String request =
                "GET /v1/tasks HTTP/1.1\r\nConnection: close\r\nHost: "
                        + host
                        + (origin.isEmpty() ? "" : "\r\nOrigin: " + origin)
                        + "\r\n\r\n";
        return Wire.status(Wire.answer(server.port, request));
    }

    @Test
    void a_server_that_asks_nobody_lets_anyone_write() {
        try (TestServer open = new TestServer(HttpConfig.loopback(0).withAuth(false))) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(
                                    URI.create("http://127.0.0.1:" + open.port + "/v1/tasks"))
                            .POST(BodyPublishers.ofString("{\"title\":\"a\"}"));
            assertEquals(201, open.send(request).statusCode());
        }
    }
}
