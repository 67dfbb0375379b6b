package dev.rocket.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TasksTest {

    private final TestServer server = TestServer.plain();

    @AfterEach
    void close() {
        server.close();
    }

    private HttpResponse<String> create(String body) {
        HttpResponse<String> answer = server.call("POST", "/v1/tasks", body);
        assertEquals(201, answer.statusCode(), answer.body());
        return answer;
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    @Test
    void a_created_task_has_id_revision_tag_and_place() {
        HttpResponse<String> answer = create("{\"title\":\"Buy milk\",\"priority\":\"high\"}");
        assertEquals("1", Json.text(answer, "revision"));
        assertEquals("\"1\"", header(answer, "ETag"));
        assertEquals("/v1/tasks/" + Json.text(answer, "id"), header(answer, "Location"));
        assertEquals("application/json", header(answer, "Content-Type"));
        assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
        assertEquals("no-store", header(answer, "Cache-Control"));
        assertFalse(header(answer, "X-Request-Id").isEmpty());
        HttpResponse<String> read = server.get(header(answer, "Location"));
        assertEquals(200, read.statusCode());
        assertEquals(answer.body(), read.body());
        assertEquals("private, no-cache", header(read, "Cache-Control"));
    }

    @Test
    void a_merge_patch_sets_and_clears() {
        String place = header(create("{\"title\":\"a\",\"due\":\"2026-03-29\"}"), "Location");
        HttpResponse<String> edited =
                server.send(
                        server.to(place)
                                .header("Content-Type", "application/merge-patch+json")
                                .method(
                                        "PATCH",
                                        BodyPublishers.ofString(
                                                "{\"due\":null,\"notes\":\"n\","
                                                        + "\"status\":\"done\"}")));
        assertEquals(200, edited.statusCode(), edited.body());
        assertEquals("\"2\"", header(edited, "ETag"));
        assertEquals("", Json.text(edited, "due"));
        assertEquals("n", Json.text(edited, "notes"));
        assertFalse(Json.text(edited, "completed").isEmpty());
        assertEquals(edited.body(), server.get(place).body());
    }

    @Test
    void a_deleted_task_is_gone() {
        String place = header(create("{\"title\":\"a\"}"), "Location");
        HttpResponse<String> deleted = server.delete(place);
        assertEquals(204, deleted.statusCode());
        assertEquals("", deleted.body());
        HttpResponse<String> missing = server.get(place);
        assertEquals(404, missing.statusCode());
        assertEquals("application/problem+json", header(missing, "Content-Type"));
        assertEquals("/problems/not-found", Json.text(missing, "type"));
        assertEquals(place, Json.text(missing, "instance"));
        assertEquals(header(missing, "X-Request-Id"), Json.text(missing, "requestId"));
        assertEquals(404, server.delete(place).statusCode());
        assertEquals(404, server.call("PATCH", place, "{}").statusCode());
    }

    @Test
    void a_list_is_paged_to_its_end_without_gaps() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            made.add(Json.text(create("{\"title\":\"t" + i + "\"}"), "id"));
        }
        List<String> seen = new ArrayList<>();
        String next = "";
        do {
            HttpResponse<String> page = server.get("/v1/tasks?limit=3" + next);
            assertEquals(200, page.statusCode(), page.body());
            seen.addAll(Json.each(page, "id"));
            String cursor = Json.text(page, "next");
            next = cursor.isEmpty() ? "" : "&after=" + cursor;
        } while (!next.isEmpty());
        assertEquals(made, seen);
    }

    @Test
    void a_list_is_filtered_and_ordered() {
        create("{\"title\":\"milk\",\"due\":\"2026-05-02\",\"priority\":\"low\"}");
        create("{\"title\":\"bread\",\"due\":\"2026-05-01\",\"status\":\"done\"}");
        create("{\"title\":\"butter\",\"status\":\"cancelled\"}");
        assertEquals(
                List.of("bread", "milk", "butter"),
                Json.each(server.get("/v1/tasks?order=due"), "title"));
        assertEquals(
                List.of("bread", "butter"),
                Json.each(server.get("/v1/tasks?status=done,cancelled"), "title"));
        assertEquals(
                List.of("bread", "butter"),
                Json.each(server.get("/v1/tasks?status=done&status=cancelled"), "title"));
        assertEquals(List.of("milk"), Json.each(server.get("/v1/tasks?q=MIL*"), "title"));
        assertEquals(
                List.of("bread"),
                Json.each(
                        server.get("/v1/tasks?due_from=2026-05-01&due_before=2026-05-02"),
                        "title"));
        assertEquals(
                3,
                Json.items(server.get("/v1/tasks?updated_since=2026-01-01T00%3A00%3A00Z")).size());
        HttpResponse<String> project =
                server.call("POST", "/v1/projects", "{\"name\":\"Home\",\"color\":\"#1e90ff\"}");
        create("{\"title\":\"in\",\"project\":\"" + Json.text(project, "id") + "\"}");
        assertEquals(
                List.of("in"),
                Json.each(server.get("/v1/tasks?project=" + Json.text(project, "id")), "title"));
    }

    @Test
    void head_has_the_headers_and_no_body() {
        HttpResponse<String> made = create("{\"title\":\"a\"}");
        String place = header(made, "Location");
        HttpResponse<String> head =
                server.send(server.to(place).method("HEAD", BodyPublishers.noBody()));
        assertEquals(200, head.statusCode());
        assertEquals("\"1\"", header(head, "ETag"));
        assertEquals("", head.body());
        assertEquals(Integer.toString(made.body().length()), header(head, "Content-Length"));
        assertEquals(200, server.get(place).statusCode());
    }

    @Test
    void a_path_tells_its_methods() {
        HttpResponse<String> options =
                server.send(server.to("/v1/tasks").method("OPTIONS", BodyPublishers.noBody()));
        assertEquals(204, options.statusCode());
        assertEquals("POST, GET, HEAD, OPTIONS", header(options, "Allow"));
        HttpResponse<String> put = server.call("PUT", "/v1/tasks", "{}");
        assertEquals(405, put.statusCode());
        assertEquals("POST, GET, HEAD, OPTIONS", header(put, "Allow"));
        assertEquals("/problems/method-not-allowed", Json.text(put, "type"));
    }

    @Test
    void comments_hang_on_a_task_and_go_with_it() {
        String task = header(create("{\"title\":\"a\"}"), "Location");
        HttpResponse<String> comment =
                server.call("POST", task + "/comments", "{\"text\":\"first\"}");
        assertEquals(201, comment.statusCode(), comment.body());
        String place = header(comment, "Location");
        assertEquals(List.of("first"), Json.each(server.get(task + "/comments"), "text"));
        assertEquals(comment.body(), server.get(place).body());
        HttpResponse<String> edited = server.call("PATCH", place, "{\"text\":\"second\"}");
        assertEquals("second", Json.text(edited, "text"));
        assertEquals(200, edited.statusCode());
        server.delete(task);
        assertEquals(404, server.get(place).statusCode());
        assertEquals(404, server.get(task + "/comments").statusCode());
        assertEquals(404, server.call("POST", task + "/comments", "{\"text\":\"x\"}").statusCode());
    }

    @Test
    void catalogs_have_the_same_shape() {
        for (String path : List.of("/v1/projects", "/v1/labels", "/v1/members")) {
            HttpResponse<String> made = server.call("POST", path, "{\"name\":\"One\"}");
            assertEquals(201, made.statusCode(), made.body());
            String place = header(made, "Location");
            assertTrue(place.startsWith(path + "/"), place);
            assertEquals(made.body(), server.get(place).body());
            assertEquals(List.of("One"), Json.each(server.get(path), "name"));
            HttpResponse<String> twin = server.call("POST", path, "{\"name\":\" oNE \"}");
            assertEquals(409, twin.statusCode());
            assertEquals("/problems/taken", Json.text(twin, "type"));
            assertEquals("name", Json.text(twin, "field"));
            HttpResponse<String> renamed = server.call("PATCH", place, "{\"name\":\"Two\"}");
            assertEquals("Two", Json.text(renamed, "name"), renamed.body());
            assertEquals(204, server.delete(place).statusCode());
            assertEquals(404, server.get(place).statusCode());
        }
    }

    @Test
    void creations_and_completions_are_counted_once() {
        String place = header(create("{\"title\":\"a\"}"), "Location");
        create("{\"title\":\"b\",\"status\":\"done\"}");
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> answer =
                    server.send(
                            server.to(place)
                                    .header("Idempotency-Key", "k")
                                    .method(
                                            "PATCH",
                                            BodyPublishers.ofString("{\"status\":\"done\"}")));
            assertEquals("\"2\"", header(answer, "ETag"), answer.body());
        }
        String figures = server.get("/metrics").body();
        assertTrue(figures.contains("rocket_tasks_created_total 2.0"), figures);
        assertTrue(figures.contains("rocket_tasks_completed_total 2.0"), figures);
        assertTrue(
                figures.contains(
                        "rocket_task_operation_duration_seconds_count"
                                + "{operation=\"task.edit\",outcome=\"answered\"} 2"),
                figures);
    }
}
