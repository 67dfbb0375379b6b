package dev.rocket.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever comes in, the server does not fail.
 *
 * <p>Good requests are broken at random: bytes changed, cut, doubled, values swapped for nasty
 * ones. No answer may be a 5xx but 501 and 505, which are the client's doing, and the server must
 * be well afterwards. The seed is printed.
 */
class FuzzTest {

    private static final int ROUNDS = 3_000;

    private static final List<String> NASTY =
            List.of(
                    "\"\"",
                    "null",
                    "-1",
                    "1e400",
                    "9223372036854775808",
                    "\"\\u0000\"",
                    "\"\\ud800\"",
                    "[[[[]]]]",
                    "{\"\":{}}",
                    "\"\u00ff\u00fe\"",
                    "true",
                    "%00",
                    "%ff",
                    "../..",
                    "'; DROP TABLE task; --",
                    "W/\"1\"",
                    "*",
                    "999999-12-31",
                    "2026-03-29T09:30:00+02:00[Europe/Berlin]",
                    "\r\n",
                    "{",
                    "}",
                    ",",
                    ":");

    private final TestServer server = TestServer.plain();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void broken_requests_never_break_the_server() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        HttpResponse<String> made = server.call("POST", "/v1/tasks", "{\"title\":\"a\"}");
        List<String> good = requests(Json.text(made, "id"));
        for (int i = 0; i < ROUNDS; i++) {
            byte[] broken = broken(random, good.get(random.nextInt(good.size())));
            String answer = Wire.answer(server.port, broken);
            int status = Wire.status(answer);
            boolean fine = status < 500 || status == 501 || status == 505;
            String told = new String(broken, StandardCharsets.ISO_8859_1) + "\n\n" + answer;
            assertTrue(fine, () -> "seed " + seed + "\n" + told);
            assertTrue(status == 0 || status < 400 || isProblem(answer), () -> told);
        }
        assertEquals(200, server.get("/readyz").statusCode());
        assertEquals(200, server.get("/v1/tasks").statusCode());
    }

    private static boolean isProblem(String answer) {
        return answer.contains("application/problem+json") || answer.contains("HTTP/1.1 2");
    }

    private List<String> requests(String id) {
        String task =
                "{\"title\":\"Buy milk\",\"notes\":\"two\",\"status\":\"open\",\"due\":"
                        + "\"2026-03-29\",\"labels\":[],\"priority\":\"high\"}";
        String batch =
                "{\"atomic\":false,\"items\":[{\"method\":\"POST\",\"path\":\"/v1/tasks\","
                        + "\"body\":"
                        + task
                        + "},{\"method\":\"PATCH\",\"path\":\"/v1/tasks/"
                        + id
                        + "\",\"ifMatch\":\"\\\"1\\\"\",\"body\":{\"notes\":null}}]}";
        return List.of(
                request("POST", "/v1/tasks", task),
                request("PATCH", "/v1/tasks/" + id, task),
                request("GET", "/v1/tasks/" + id, ""),
                request("GET", "/v1/tasks?limit=5&status=open&q=milk&order=due&due_from=2026", ""),
                request("GET", "/v1/tasks?after=ZHVlIDAxOTdiMmEw&updated_since=2026-01-01", ""),
                request("POST", "/v1/tasks/" + id + "/comments", "{\"text\":\"well\"}"),
                request("POST", "/v1/projects", "{\"name\":\"Home\",\"color\":\"#1e90ff\"}"),
                request("POST", "/v1/members", "{\"name\":\"Ada\",\"email\":\"a@b.example\"}"),
                request("POST", "/v1/tokens", "{\"name\":\"t\",\"scopes\":[\"read\"]}"),
                request("POST", "/v1/setup", "{\"token\":\"t\",\"name\":\"n\"}"),
                request("POST", "/v1/batch", batch),
                request("GET", "/metrics", ""));
    }

    private String request(String method, String path, String body) {
        return method
                + " "
                + path
                + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer "
                + server.admin
                + "\r\nContent-Type: application/json\r\nIf-Match: \"1\"\r\nIf-None-Match: \"2\""
                + "\r\nIdempotency-Key: k\r\nX-Forwarded-For: 192.0.2.1\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body;
    }

    private static byte[] broken(Random random, String good) {
        String text = good;
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(text.length());
            int to = Math.min(text.length(), at + 1 + random.nextInt(8));
            String nasty = NASTY.get(random.nextInt(NASTY.size()));
            text =
                    switch (random.nextInt(6)) {
                        case 0 -> text.substring(0, at) + nasty + text.substring(at);
                        case 1 -> text.substring(0, at) + nasty + text.substring(to);
                        case 2 -> text.substring(0, at) + text.substring(to);
                        case 3 -> text.substring(0, to) + text.substring(at);
                        case 4 -> body(text, nasty, random);
                        default ->
                                text.substring(0, at)
                                        + (char) random.nextInt(256)
                                        + text.substring(at + 1);
                    };
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Breaks the body alone, and keeps its length true, so that it reaches the parser. */
    private static String body(String text, String nasty, Random random) {
        int head = text.indexOf("\r\n\r\n");
        int length = text.indexOf("Content-Length: ");
        if (head < 0 || length < 0 || head + 4 >= text.length() || length > head) {
            return text;
        }
        String body = text.substring(head + 4);
        int at = random.nextInt(body.length());
        int to = Math.min(body.length(), at + random.nextInt(12));
        String broken = body.substring(0, at) + nasty + body.substring(to);
        return text.substring(0, length)
                + "Content-Length: "
                + broken.length()
                + "\r\n\r\n"
                + broken;
    }
}
