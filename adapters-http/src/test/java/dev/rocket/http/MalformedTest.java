package dev.rocket.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients get wrong, and what they are told. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedTest {

    private TestServer server = TestServer.plain();
    private String place = "";

    @BeforeAll
    void make() {
        HttpResponse<String> made = server.call("POST", "/v1/tasks", "{\"title\":\"a\"}");
        place = made.headers().firstValue("Location").orElseThrow();
    }

    @AfterAll
    void close() {
        server.close();
    }

    private void refused(String path, String body, String type) {
        for (String target : List.of("/v1/tasks", place)) {
            HttpResponse<String> answer =
                    server.call(target.equals(place) ? "PATCH" : "POST", target, body);
            assertEquals(400, answer.statusCode(), body + " " + answer.body());
            assertEquals("/problems/" + type, Json.text(answer, "type"), answer.body());
            if (!path.isEmpty()) {
                String named = "\"errors\":[{\"path\":\"" + path + "\"";
                assertTrue(answer.body().contains(named), answer.body());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "title | {'title':7}",
                "title | {'title':null}",
                "title | {'title':''}",
                "title | {'title':' '}",
                "title | {'title':[]}",
                "title | {'title':'a','title':'b'}",
                "titel | {'titel':'a'}",
                "id | {'title':'a','id':'x'}",
                "revision | {'title':'a','revision':1}",
                "status | {'title':'a','status':'closed'}",
                "status | {'title':'a','status':null}",
                "notes | {'title':'a','notes':[]}",
                "due | {'title':'a','due':'tomorrow'}",
                "due | {'title':'a','due':'2026-02-30'}",
                "due | {'title':'a','due':'99999-01-01T00:00:00Z'}",
                "due | {'title':'a','due':'+999999999-12-31'}",
                "start | {'title':'a','start':'2026-03-29T09:30:00+02:00[No/Where]'}",
                "labels | {'title':'a','labels':'x'}",
                "labels/0 | {'title':'a','labels':['x']}",
                "labels/0 | {'title':'a','labels':[7]}",
                "labels/0 | {'title':'a','labels':[null]}",
                "project | {'title':'a','project':'x'}",
                "project | {'title':'a','project':'0197b2a0-0000-7000-8000-000000000000'}",
                "parent | {'title':'a','parent':'0197b2a0-0000-7000-8000-000000000000'}",
                "assignee | {'title':'a','assignee':'{197b2a0-0000-7000-8000-000000000000'}",
                "position | {'title':'a','position':'0'}",
                "position | {'title':'a','position':null}",
            })
    void a_field_that_does_not_fit_is_named(String path, String body) {
        boolean twice = body.contains("'b'");
        refused(
                twice ? "" : path.strip(),
                body.replace('\'', '"'),
                twice ? "malformed" : "invalid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "{\"title\"}",
                "{\"title\":}",
                "{\"title\":\"a\"",
                "{\"title\":\"a\"}}",
                "{\"title\":\"a\"} {}",
                "{\"title\":\"a\",}",
                "{'title':'a'}",
                "{title:\"a\"}",
                "{\"title\":\"a\"} // no",
                "{\"title\":\"\u0000\"}",
                "{\"title\":\"a\nb\"}",
                "{\"title\":\"\\x\"}",
                "{\"title\":\"\\ud8\"}",
                "{\"title\":NaN}",
                "{\"title\":012}",
                "\ufeff{\"title\":\"a\"}",
            })
    void a_text_that_is_no_json_is_refused(String body) {
        refused("", body, "malformed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "7", "\"a\"", "true", "[{\"title\":\"a\"}]"})
    void json_that_is_no_object_is_refused(String body) {
        refused("", body, "invalid");
    }

    @Test
    void text_that_cannot_be_kept_is_refused() {
        refused("title", "{\"title\":\"\\ud800\"}", "invalid");
        refused("title", "{\"title\":\"\\udc00\\ud800\"}", "invalid");
        refused("title", "{\"title\":\"\\u0000\"}", "invalid");
        refused("notes", "{\"title\":\"a\",\"notes\":\"\\u0007\"}", "invalid");
        refused("title", "{\"title\":\"" + "x".repeat(501) + "\"}", "invalid");
        refused("notes", "{\"title\":\"a\",\"notes\":\"" + "x".repeat(100_001) + "\"}", "invalid");
    }

    @Test
    void what_is_huge_is_refused() {
        refused("title", "{\"title\":" + "[".repeat(100_000) + "}", "invalid");
        refused("", "{\"labels\":" + "[".repeat(100_000) + "}", "invalid");
        refused("", "{\"title\":" + "{\"a\":".repeat(50) + "}", "invalid");
        refused("", "{\"title\":" + "9".repeat(10_000) + "}", "malformed");
        refused("", "{\"" + "x".repeat(50_000) + "\":1}", "malformed");
        refused("", "{\"title\":1e999999999}", "invalid");
    }

    @Test
    void bytes_that_are_no_utf8_are_refused() {
        for (byte[] bad :
                List.of(
                        new byte[] {(byte) 0xff},
                        new byte[] {(byte) 0xc0, (byte) 0x80},
                        new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
                        new byte[] {(byte) 0xf5, (byte) 0x80, (byte) 0x80, (byte) 0x80},
                        new byte[] {(byte) 0xe2, (byte) 0x82})) {
            String text = new String(bad, StandardCharsets.ISO_8859_1);
            byte[] body = ("{\"title\":\"" + text + "\"}").getBytes(StandardCharsets.ISO_8859_1);
            HttpResponse<String> answer =
                    server.send(server.to("/v1/tasks").POST(BodyPublishers.ofByteArray(body)));
            assertEquals(400, answer.statusCode(), answer.body());
        }
        byte[] wide = "{\"title\":\"a\"}".getBytes(StandardCharsets.UTF_16BE);
        HttpResponse<String> answer =
                server.send(server.to("/v1/tasks").POST(BodyPublishers.ofByteArray(wide)));
        assertEquals(400, answer.statusCode(), answer.body());
    }

    @Test
    void a_type_fault_tells_line_and_column() {
        HttpResponse<String> answer =
                server.call("POST", "/v1/tasks", "{\n  \"title\": \"a\",\n  \"notes\": 7\n}");
        assertEquals("notes must be a text (line 3, column 12).", Json.text(answer, "detail"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=201",
                "limit=-1",
                "limit=x",
                "limit=99999999999999999999",
                "limit=",
                "limit=1&limit=2",
                "after=x",
                "after=%00",
                "order=random",
                "order=",
                "status=",
                "status=open,",
                "project=x",
                "label=0197b2a0",
                "q=%",
                "q=%ff",
                "q=%c0%80",
                "due_from=soon",
                "due_before=2026-03-29T09:30:00%2B02:00",
                "updated_since=yesterday",
                "updated_since=2026-01-01",
                "colour=red",
                "%=1",
            })
    void a_parameter_that_does_not_fit_is_refused(String query) {
        String request =
                "GET /v1/tasks?"
                        + query
                        + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer "
                        + server.admin
                        + "\r\n\r\n";
        String answer = Wire.answer(server.port, request);
        assertEquals(400, Wire.status(answer), answer);
        assertTrue(answer.contains("application/problem+json"), answer);
        assertTrue(answer.contains("/problems/invalid"), answer);
    }

    @Test
    void a_cursor_of_another_order_is_refused() {
        for (int i = 0; i < 3; i++) {
            server.call("POST", "/v1/tasks", "{\"title\":\"x\"}");
        }
        String next = Json.text(server.get("/v1/tasks?limit=1&order=due"), "next");
        assertEquals(200, server.get("/v1/tasks?order=due&after=" + next).statusCode());
        assertEquals(400, server.get("/v1/tasks?order=created&after=" + next).statusCode());
        assertEquals(400, server.get("/v1/projects?after=" + next).statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/tasks/x",
                "/v1/tasks/0197b2a0-0000-7000-8000-00000000000",
                "/v1/tasks/0197b2a0-0000-7000-8000-0000000000000",
                "/v1/tasks/+197b2a0-0000-7000-8000-000000000000",
                "/v1/tasks/%30197b2a0-0000-7000-8000-000000000000",
                "/v1/tasks/%00",
                "/v1/tasks/%",
                "/v1/tasks/\u00ff",
                "/v1/tasks/",
                "/v1/tasks//comments",
                "/v1//tasks",
                "//v1/tasks",
                "/v1/tasks;a=b",
                "/v1/../v1/tasks",
                "/V1/tasks",
                "/v1/",
                "/v1/nothing",
            })
    void a_path_that_names_nothing_is_not_found(String path) {
        String request =
                "GET "
                        + path
                        + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer "
                        + server.admin
                        + "\r\n\r\n";
        String answer = Wire.answer(server.port, request);
        assertEquals(404, Wire.status(answer), answer);
        assertTrue(answer.contains("application/problem+json"), answer);
    }

    @Test
    void only_json_is_taken_and_given() {
        for (String type :
                List.of(
                        "text/plain",
                        "application/x-www-form-urlencoded",
                        "application/json; charset=latin1",
                        "json",
                        "multipart/form-data; boundary=x")) {
            HttpResponse<String> answer = typed("Content-Type", type);
            assertEquals(415, answer.statusCode(), type);
            assertEquals("/problems/unsupported-media-type", Json.text(answer, "type"));
        }
        for (String type : List.of("application/json", "Application/JSON; charset=\"UTF-8\"")) {
            assertEquals(201, typed("Content-Type", type).statusCode(), type);
        }
        for (String type : List.of("text/html", "image/*", "*/*;q=0", "application/json;q=0.0")) {
            HttpResponse<String> answer = typed("Accept", type);
            assertEquals(406, answer.statusCode(), type);
            assertEquals("/problems/not-acceptable", Json.text(answer, "type"));
        }
        for (String type : List.of("application/*", "text/html, */*;q=0.1", "application/json")) {
            assertEquals(201, typed("Accept", type).statusCode(), type);
        }
    }

    private HttpResponse<String> typed(String header, String value) {
        return server.send(
                server.to("/v1/tasks")
                        .header(header, value)
                        .POST(BodyPublishers.ofString("{\"title\":\"a\"}")));
    }
}
