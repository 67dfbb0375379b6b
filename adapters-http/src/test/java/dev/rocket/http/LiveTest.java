package dev.rocket.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

final class LiveTest {

    @Test
    void a_change_reaches_every_socket_with_its_image() {
        try (TestServer server = TestServer.plain();
                Socket one = Socket.open(server);
                Socket two = Socket.open(server)) {
            one.subscribe("");
            two.subscribe("");
            String id = create(server, "Buy oats");
            for (Socket socket : List.of(one, two)) {
                Map<String, Object> message = socket.next("change");
                assertEquals(List.of("s"), message.get("subscriptions"));
                Map<String, Object> change = object(message, "change");
                assertEquals("task", change.get("kind"));
                assertEquals("task.create", change.get("cause"));
                assertEquals(id, change.get("id"));
                assertEquals("Buy oats", object(change, "image").get("title"));
            }
        }
    }

    @Test
    void a_deletion_is_shown_without_an_image() {
        try (TestServer server = TestServer.plain();
                Socket socket = Socket.open(server)) {
            String id = create(server, "Short-lived");
            socket.subscribe("");
            server.delete("/v1/tasks/" + id);
            Map<String, Object> change = object(socket.next("change"), "change");
            assertEquals(true, change.get("deleted"));
            assertFalse(change.containsKey("image"));
        }
    }

    @Test
    void a_task_that_no_longer_fits_the_filter_is_said_to_have_left() {
        try (TestServer server = TestServer.plain();
                Socket socket = Socket.open(server)) {
            socket.subscribe(",\"filter\":{\"status\":[\"open\"]}");
            String id = create(server, "Paint the fence");
            server.call("PATCH", "/v1/tasks/" + id, "{\"status\":\"done\"}");
            server.call("PATCH", "/v1/tasks/" + id, "{\"title\":\"Painted\"}");
            server.call("PATCH", "/v1/tasks/" + id, "{\"status\":\"open\"}");
            assertEquals("change", socket.next().get("type"));
            Map<String, Object> left = socket.next();
            assertEquals("left", left.get("type"));
            assertEquals(id, left.get("id"));
            Map<String, Object> back = socket.next();
            assertEquals("change", back.get("type"), "the edit of a hidden task is not shown");
            assertEquals("Painted", object(object(back, "change"), "image").get("title"));
        }
    }

    @Test
    void several_subscriptions_of_one_socket_share_one_message() {
        try (TestServer server = TestServer.plain();
                Socket socket = Socket.open(server)) {
            socket.say("{\"type\":\"subscribe\",\"id\":\"a\"}");
            socket.next("subscribed");
            socket.say("{\"type\":\"subscribe\",\"id\":\"b\",\"filter\":{\"q\":\"oats\"}}");
            socket.next("subscribed");
            create(server, "Buy oats");
            create(server, "Buy milk");
            assertEquals(List.of("a", "b"), socket.next("change").get("subscriptions"));
            assertEquals(List.of("a"), socket.next("change").get("subscriptions"));
            socket.say("{\"type\":\"unsubscribe\",\"id\":\"a\"}");
            assertEquals("a", socket.next("unsubscribed").get("id"));
            create(server, "More oats");
            assertEquals(List.of("b"), socket.next("change").get("subscriptions"));
        }
    }

    @Test
    void a_place_behind_the_end_of_the_feed_resets_the_subscription() {
        try (TestServer server = TestServer.plain();
                Socket socket = Socket.open(server)) {
            socket.say("{\"type\":\"subscribe\",\"id\":\"s\",\"after\":999999}");
            Map<String, Object> reset = socket.next();
            assertEquals("reset", reset.get("type"));
            assertEquals("ahead", reset.get("reason"));
            create(server, "Goes on from there");
            assertEquals("change", socket.next().get("type"));
        }
    }

    @Test
    void a_bad_message_is_answered_with_a_problem_and_the_socket_stays() {
        try (TestServer server = TestServer.plain();
                Socket socket = Socket.open(server)) {
            List<String> bad =
                    List.of(
                            "",
                            "nonsense",
                            "[]",
                            "{\"type\":\"sing\"}",
                            "{\"type\":\"subscribe\"}",
                            "{\"type\":\"subscribe\",\"id\":\"\"}",
                            "{\"type\":\"subscribe\",\"id\":\"x\",\"after\":-1}",
                            "{\"type\":\"subscribe\",\"id\":\"x\",\"after\":99999999999999999999}",
                            "{\"type\":\"subscribe\",\"id\":\"x\",\"after\":\"1\"}",
                            "{\"type\":\"subscribe\",\"id\":\"x\","
                                    + "\"filter\":{\"kinds\":[\"token\"]}}",
                            "{\"type\":\"subscribe\",\"id\":\"x\",\"filter\":{\"colour\":1}}",
                            "{\"type\":\"subscribe\",\"id\":\"x\",\"id\":\"y\"}",
                            "{\"type\":\"unsubscribe\",\"id\":\"x\"}");
            for (String message : bad) {
                socket.say(message);
                Map<String, Object> error = socket.next();
                assertEquals("error", error.get("type"), message);
                assertEquals(400L, object(error, "problem").get("status"), message);
            }
            assertEquals("pong", socket.say("{\"type\":\"ping\"}").next().get("type"));
        }
    }

    @Test
    void subscriptions_of_one_socket_are_bounded() {
        try (TestServer server = TestServer.plain();
                Socket socket = Socket.open(server)) {
            for (int i = 0; i < 20; i++) {
                socket.say("{\"type\":\"subscribe\",\"id\":\"s" + i + "\"}");
                assertEquals("subscribed", socket.next().get("type"));
            }
            socket.say("{\"type\":\"subscribe\",\"id\":\"s20\"}");
            Map<String, Object> error = socket.next();
            assertEquals("error", error.get("type"));
            assertEquals("s20", error.get("id"));
        }
    }

    @Test
    void a_message_that_is_too_long_closes_with_1009_also_in_fragments() {
        try (TestServer server = TestServer.plain()) {
            try (Socket socket = Socket.open(server)) {
                socket.say("x".repeat(16 * 1024 + 1));
                assertEquals(1009, socket.end().code());
            }
            try (Socket socket = Socket.open(server)) {
                for (int i = 0; i < 17; i++) {
                    socket.raw().sendText("x".repeat(1024), false).join();
                }
                assertEquals(1009, socket.end().code());
            }
        }
    }

    @Test
    void a_socket_needs_a_token_that_may_read() {
        try (TestServer server = TestServer.plain()) {
            assertEquals(401, refused(server, "", ""));
            assertEquals(401, refused(server, "", "wrong"));
            assertEquals(401, refused(server, "?ticket=wrong", ""));
            assertEquals(400, refused(server, "?tickets=1", server.admin));
        }
    }

    @Test
    void a_ticket_opens_one_socket_once() {
        try (TestServer server = TestServer.plain()) {
            String ticket = Json.text(server.call("POST", "/v1/tickets", "{}"), "ticket");
            try (Socket socket = Socket.open(server, "?ticket=" + ticket, "")) {
                assertEquals("pong", socket.say("{\"type\":\"ping\"}").next().get("type"));
            }
            assertEquals(401, refused(server, "?ticket=" + ticket, ""));
        }
    }

    @Test
    void a_draining_server_says_where_to_resume() {
        TestServer server = TestServer.plain();
        try (Socket socket = Socket.open(server)) {
            socket.subscribe("");
            create(server, "The last one");
            Object seq = object(socket.next("change"), "change").get("seq");
            server.adapter.drain(Duration.ofSeconds(5));
            Map<String, Object> bye = socket.next();
            assertEquals("bye", bye.get("type"));
            assertEquals(seq, bye.get("seq"));
            assertEquals(1001, socket.end().code());
        } finally {
            server.close();
        }
    }

    @Test
    void a_plain_request_is_told_to_upgrade() {
        try (TestServer server = TestServer.plain()) {
            HttpResponse<String> answer = server.get("/v1/live");
            assertEquals(426, answer.statusCode());
            assertEquals("websocket", answer.headers().firstValue("Upgrade").orElse(""));
        }
    }

    private static int refused(TestServer server, String query, String token) {
        CompletionException failure =
                assertThrows(CompletionException.class, () -> Socket.open(server, query, token));
        assertTrue(failure.getCause() instanceof WebSocketHandshakeException);
        return ((WebSocketHandshakeException) failure.getCause()).getResponse().statusCode();
    }

    private static String create(TestServer server, String title) {
        HttpResponse<String> made =
                server.call("POST", "/v1/tasks", "{\"title\":\"" + title + "\"}");
        assertEquals(201, made.statusCode(), made.body());
        return Json.text(made, "id");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Map<String, Object> parent, String name) {
        return (Map<String, Object>) parent.getOrDefault(name, Map.of());
    }
}
