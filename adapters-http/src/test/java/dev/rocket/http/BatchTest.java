package dev.rocket.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchTest {

    private static final String TITLE = "{\"title\":\"a\"}";

    private final TestServer server = TestServer.plain();

    @AfterEach
    void close() {
        server.close();
    }

    private HttpResponse<String> batch(boolean atomic, String... items) {
        return server.call(
                "POST",
                "/v1/batch",
                "{\"atomic\":" + atomic + ",\"items\":[" + String.join(",", items) + "]}");
    }

    private static String item(String method, String path, String body) {
        return "{\"method\":\"" + method + "\",\"path\":\"" + path + "\",\"body\":" + body + "}";
    }

    private static String task(String title) {
        return item("POST", "/v1/tasks", "{\"title\":\"" + title + "\"}");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> body(Map<String, Object> item) {
        return (Map<String, Object>) item.getOrDefault("body", Map.of());
    }

    @Test
    void an_atomic_batch_answers_each_write_in_order() {
        HttpResponse<String> made =
                batch(true, task("a"), item("POST", "/v1/labels", "{\"name\":\"l\"}"));
        assertEquals(200, made.statusCode(), made.body());
        List<Map<String, Object>> items = Json.items(made);
        assertEquals(List.of("201", "201"), Json.each(made, "status"));
        assertEquals("a", body(items.get(0)).get("title"));
        String place = String.valueOf(items.get(0).get("location"));
        assertEquals("/v1/tasks/" + body(items.get(0)).get("id"), place);
        String label = String.valueOf(items.get(1).get("location"));
        HttpResponse<String> changed =
                batch(
                        true,
                        item("PATCH", place, "{\"notes\":\"n\"}"),
                        "{\"method\":\"DELETE\",\"path\":\""
                                + label
                                + "\",\"ifMatch\":\"\\\"1\\\"\"}");
        assertEquals(List.of("200", "204"), Json.each(changed, "status"), changed.body());
        assertEquals("n", Json.text(server.get(place), "notes"));
        assertEquals(404, server.get(label).statusCode());
    }

    @Test
    void an_atomic_batch_leaves_nothing_when_one_item_is_refused() {
        HttpResponse<String> refused =
                batch(true, task("a"), item("PATCH", "/v1/tasks/" + NOBODY, "{\"notes\":\"n\"}"));
        assertEquals(404, refused.statusCode(), refused.body());
        assertEquals("1", Json.text(refused, "index"));
        refused = batch(true, task("a"), item("POST", "/v1/tasks", "{\"title\":7}"));
        assertEquals(400, refused.statusCode(), refused.body());
        assertEquals(true, refused.body().contains("\"path\":\"items/1/body/title\""));
        refused = batch(true, task("a"), task(" "));
        assertEquals(400, refused.statusCode(), refused.body());
        assertEquals("1", Json.text(refused, "index"));
        assertEquals(404, batch(true, task("a"), item("POST", "/v1/nothing", "{}")).statusCode());
        assertEquals(List.of(), Json.items(server.get("/v1/tasks")));
    }

    private static final String NOBODY = "0197b2a0-0000-7000-8000-000000000000";

    @Test
    void a_loose_batch_keeps_what_was_not_refused() {
        HttpResponse<String> answer =
                batch(
                        false,
                        task("a"),
                        task(" "),
                        item("PATCH", "/v1/tasks/" + NOBODY, "{}"),
                        item("POST", "/v1/tasks", "{\"title\":7}"),
                        item("PUT", "/v1/tasks", "{}"),
                        item("POST", "/v1/tasks", "null"),
                        item("DELETE", "/v1/tasks/x", "null"),
                        "{\"method\":\"DELETE\",\"path\":\"/v1/tasks/"
                                + NOBODY
                                + "\",\"ifMatch\":\"1\"}",
                        task("b"));
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals(
                List.of("201", "400", "404", "400", "405", "400", "404", "400", "201"),
                Json.each(answer, "status"));
        assertEquals("/problems/invalid", body(Json.items(answer).get(1)).get("type"));
        assertEquals(List.of("a", "b"), Json.each(server.get("/v1/tasks"), "title"));
    }

    @Test
    void a_repeated_batch_is_done_once() {
        String body = "{\"items\":[" + task("a") + "," + task(" ") + "," + task("b") + "]}";
        String first = keyed(body).body();
        assertEquals(first, keyed(body).body());
        assertEquals(2, Json.items(server.get("/v1/tasks")).size());
    }

    /** A condition that the first time made untrue must not shift the answers of the others. */
    @Test
    void a_repeated_batch_gives_each_item_its_own_answer() {
        String place = "/v1/tasks/" + Json.text(server.call("POST", "/v1/tasks", TITLE), "id");
        String edit =
                "{\"method\":\"PATCH\",\"path\":\""
                        + place
                        + "\",\"ifMatch\":\"\\\"1\\\", \\\"9\\\"\",\"body\":{\"notes\":\"n\"}}";
        String body = "{\"items\":[" + task(" ") + "," + edit + "," + task("b") + "]}";
        HttpResponse<String> first = keyed(body);
        assertEquals(List.of("400", "200", "201"), Json.each(first, "status"), first.body());
        assertEquals(first.body(), keyed(body).body());
    }

    private HttpResponse<String> keyed(String body) {
        return server.send(
                server.to("/v1/batch")
                        .header("Idempotency-Key", "k")
                        .POST(BodyPublishers.ofString(body)));
    }

    @Test
    void a_batch_is_bounded_and_may_be_empty() {
        assertEquals("{\"items\":[]}", batch(true).body());
        assertEquals("{\"items\":[]}", batch(false).body());
        String[] many = new String[501];
        java.util.Arrays.fill(many, task("a"));
        assertEquals(400, batch(true, many).statusCode());
        assertEquals(200, batch(true, java.util.Arrays.copyOf(many, 500)).statusCode());
    }

    @Test
    void a_fault_inside_an_item_is_told_with_its_place_in_the_whole() {
        HttpResponse<String> answer =
                server.call(
                        "POST",
                        "/v1/batch",
                        "{\"atomic\":true,\n\"items\":[\n{\"method\":\"POST\",\"path\":"
                                + "\"/v1/tasks\",\n \"body\":{\"title\":1}}]}");
        assertEquals(400, answer.statusCode());
        assertEquals(
                "items/0/body/title must be a text (line 4, column 18).",
                Json.text(answer, "detail"));
    }
}
