package dev.rocket.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Conditional requests and idempotency keys. */
class ConditionsTest {

    private final TestServer server = TestServer.plain();
    private String place = "";

    @BeforeEach
    void make() {
        HttpResponse<String> made = server.call("POST", "/v1/tasks", "{\"title\":\"a\"}");
        place = made.headers().firstValue("Location").orElseThrow();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private HttpResponse<String> patch(String header, String value, String body) {
        return server.send(
                server.to(place)
                        .header(header, value)
                        .method("PATCH", BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> ifMatch(String tags) {
        return patch("If-Match", tags, "{\"notes\":\"n\"}");
    }

    @Test
    void the_current_tag_lets_a_write_pass_and_a_stale_one_does_not() {
        assertEquals(200, ifMatch("\"1\"").statusCode());
        HttpResponse<String> stale = ifMatch("\"1\"");
        assertEquals(412, stale.statusCode());
        assertEquals("/problems/stale", Json.text(stale, "type"));
        assertEquals("2", Json.text(stale, "current"));
        assertEquals("\"2\"", stale.headers().firstValue("ETag").orElse(""));
        HttpResponse<String> deleted =
                server.send(server.to(place).header("If-Match", "\"1\"").DELETE());
        assertEquals(412, deleted.statusCode());
        deleted = server.send(server.to(place).header("If-Match", "\"2\"").DELETE());
        assertEquals(204, deleted.statusCode());
    }

    @Test
    void lists_stars_and_weak_tags_follow_the_standard() {
        assertEquals(200, ifMatch("*").statusCode());
        assertEquals(200, ifMatch("\"7\", \"2\" , \"x\"").statusCode());
        assertEquals(412, ifMatch("\"7\", \"8\"").statusCode());
        assertEquals(412, ifMatch("W/\"3\"").statusCode());
        assertEquals(412, ifMatch("\"somebody else's\"").statusCode());
        assertEquals(412, ifMatch("\"03\"").statusCode());
        for (String bad : List.of("3", "\"3", "\"3\" \"4\"", ",")) {
            HttpResponse<String> answer = ifMatch(bad);
            assertEquals(400, answer.statusCode(), bad);
            assertEquals("/problems/malformed", Json.text(answer, "type"));
        }
        assertEquals("\"3\"", server.get(place).headers().firstValue("ETag").orElse(""));
    }

    @Test
    void a_client_that_has_the_revision_gets_no_body() {
        for (String tags : List.of("\"1\"", "W/\"1\"", "\"9\", \"1\"", "*")) {
            HttpResponse<String> answer =
                    server.send(server.to(place).header("If-None-Match", tags));
            assertEquals(304, answer.statusCode(), tags);
            assertEquals("", answer.body());
            assertEquals("\"1\"", answer.headers().firstValue("ETag").orElse(""));
        }
        assertEquals(
                200, server.send(server.to(place).header("If-None-Match", "\"2\"")).statusCode());
    }

    @Test
    void a_repeated_write_is_answered_alike_and_done_once() {
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> edited = patch("Idempotency-Key", "k1", "{\"notes\":\"n\"}");
            assertEquals(200, edited.statusCode());
            assertEquals("2", Json.text(edited, "revision"));
        }
        List<HttpResponse<String>> made =
                List.of(keyed("\"k2\"", "{\"title\":\"x\"}"), keyed("k2", "{\"title\":\"x\"}"));
        assertEquals(201, made.get(1).statusCode());
        assertEquals(made.get(0).body(), made.get(1).body());
        assertEquals(
                made.get(0).headers().firstValue("Location"),
                made.get(1).headers().firstValue("Location"));
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> gone =
                    server.send(server.to(place).header("Idempotency-Key", "k3").DELETE());
            assertEquals(204, gone.statusCode(), gone.body());
        }
        assertEquals(List.of("x"), Json.each(server.get("/v1/tasks"), "title"));
    }

    /**
     * The write has made the condition untrue by itself, which is no reason to refuse the answer.
     */
    @Test
    void a_repeated_write_is_answered_alike_whatever_it_was_conditional_on() {
        for (String tags : List.of("\"1\"", "\"1\", \"9\"", "\"9\", \"1\"")) {
            make();
            for (int i = 0; i < 2; i++) {
                HttpResponse<String> edited =
                        server.send(
                                server.to(place)
                                        .header("If-Match", tags)
                                        .header("Idempotency-Key", "edit " + place)
                                        .method(
                                                "PATCH",
                                                BodyPublishers.ofString("{\"notes\":\"n\"}")));
                assertEquals(200, edited.statusCode(), tags + edited.body());
            }
            String later = tags.replace("1", "2");
            for (int i = 0; i < 2; i++) {
                HttpResponse<String> gone =
                        server.send(
                                server.to(place)
                                        .header("If-Match", later)
                                        .header("Idempotency-Key", "end " + place)
                                        .DELETE());
                assertEquals(204, gone.statusCode(), later + gone.body());
            }
        }
    }

    @Test
    void a_key_belongs_to_one_request() {
        assertEquals(201, keyed("k", "{\"title\":\"x\"}").statusCode());
        HttpResponse<String> other = keyed("k", "{\"title\":\"y\"}");
        assertEquals(422, other.statusCode(), other.body());
        assertEquals("/problems/key-reused", Json.text(other, "type"));
        assertEquals(400, keyed("k".repeat(201), "{\"title\":\"y\"}").statusCode());
        assertEquals(400, keyed(" ", "{\"title\":\"y\"}").statusCode());
    }

    private HttpResponse<String> keyed(String key, String body) {
        return server.send(
                server.to("/v1/tasks")
                        .header("Idempotency-Key", key)
                        .POST(BodyPublishers.ofString(body)));
    }
}
