package dev.rocket.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that are wrong below the level of any route. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProtocolTest {

    private static final String POST_UNREAD =
            "POST /v1/tasks HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{";

    private final TestServer server = TestServer.plain();

    @AfterAll
    void close() {
        server.close();
    }

    private void refused(int status, String request) {
        String answer = Wire.answer(server.port, request);
        assertEquals(status, Wire.status(answer), request + "\n" + answer);
        assertTrue(answer.contains("application/problem+json"), answer);
        assertTrue(answer.contains("\"status\":" + status), answer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | GET /healthz HTTP/1.1\\r\\n\\r\\n",
                "400 | GET /healthz HTTP/1.1\\r\\nHost:\\r\\n\\r\\n",
                "400 | GET /healthz HTTP/1.1\\r\\nHost: a\\r\\nHost: b\\r\\n\\r\\n",
                "400 | GET /healthz HTTP/1.1\\r\\nHost: a\\r\\nno colon\\r\\n\\r\\n",
                "400 | GET /healthz HTTP/1.1\\r\\nHost: a\\r\\nBad Name: x\\r\\n\\r\\n",
                "400 | POST /v1/setup HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: x\\r\\n\\r\\n",
                "400 | POST /v1/setup HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: -1\\r\\n\\r\\n",
                "413 | POST /v1/setup HTTP/1.1\\r\\nHost: a\\r\\n"
                        + "Content-Length: 99999999\\r\\n\\r\\n",
                "400 | POST /v1/setup HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 2\\r\\n"
                        + "Transfer-Encoding: chunked\\r\\n\\r\\n{}",
                "400 | POST /v1/setup HTTP/1.1\\r\\nHost: a\\r\\n"
                        + "Transfer-Encoding: chunked\\r\\n\\r\\nzz\\r\\n{}\\r\\n0\\r\\n\\r\\n",
                "501 | POST /v1/setup HTTP/1.1\\r\\nHost: a\\r\\n"
                        + "Transfer-Encoding: gzip, chunked\\r\\n\\r\\n",
                "404 | BREW /nothing HTTP/1.1\\r\\nHost: a\\r\\nConnection: close\\r\\n\\r\\n",
                "405 | BREW /healthz HTTP/1.1\\r\\nHost: a\\r\\nConnection: close\\r\\n\\r\\n",
                "404 | GET * HTTP/1.1\\r\\nHost: a\\r\\nConnection: close\\r\\n\\r\\n",
            })
    void a_broken_request_gets_a_problem_document(int status, String request) {
        refused(status, request.replace("\\r", "\r").replace("\\n", "\n"));
    }

    @Test
    void a_long_request_line_and_long_headers_are_refused() {
        refused(414, "GET /" + "x".repeat(9000) + " HTTP/1.1\r\nHost: a\r\n\r\n");
        String header = "X-Long: " + "x".repeat(20_000) + "\r\n";
        refused(431, "GET /healthz HTTP/1.1\r\nHost: a\r\n" + header + "\r\n");
    }

    @Test
    void a_connection_survives_a_refused_request() {
        String refused = "GET /v1/tasks HTTP/1.1\r\nHost: a\r\n\r\n";
        String last = "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        String answer = Wire.answer(server.port, refused + refused + last);
        assertEquals(3, answer.split("HTTP/1\\.1 ", -1).length - 1, answer);
        assertTrue(answer.endsWith("{\"status\":\"up\"}"), answer);
    }

    @Test
    void a_connection_ends_behind_its_last_answer() throws IOException {
        String post =
                "POST /v1/tasks HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                        + "Content-Length: 2\r\n\r\n{}";
        for (String request :
                List.of(
                        "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                        "HEAD /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                        post)) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port)) {
                socket.setSoTimeout(20_000);
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                byte[] all = socket.getInputStream().readAllBytes();
                String answer = new String(all, StandardCharsets.US_ASCII);
                assertTrue(answer.contains("\r\nConnection: close\r\n"), answer);
            }
        }
    }

    /** Else a body could hold requests of which whoever sent it knows nothing. */
    @Test
    void a_body_that_is_refused_is_never_taken_for_requests() {
        String next = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";
        String head =
                "POST /v1/tasks HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
                        + server.admin
                        + "\r\n";
        int bytes = HttpConfig.Limits.STANDARD.bodyBytes() + 1;
        String huge = next.repeat(bytes / next.length() + 1).substring(0, bytes);
        String chunk = Integer.toHexString(bytes) + "\r\n" + huge + "\r\n0\r\n\r\n";
        for (String request :
                List.of(
                        head + "Content-Length: " + bytes + "\r\n\r\n" + huge + next,
                        head + "Transfer-Encoding: chunked\r\n\r\n" + chunk + next,
                        head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n" + next)) {
            String answer = Wire.answer(server.port, request);
            assertEquals(2, answer.split("HTTP/1\\.1 [0-9]", -1).length, answer);
            assertTrue(answer.contains("\r\nConnection: close\r\n"), answer);
        }
    }

    /** It asks for much more than the buffers between hold, and reads nothing of it. */
    @Test
    void a_client_that_takes_no_answer_is_let_go() throws IOException {
        HttpConfig.Limits limits = HttpConfig.Limits.STANDARD.withIdle(Duration.ofSeconds(1));
        try (TestServer hasty = new TestServer(HttpConfig.loopback(0).withLimits(limits));
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), hasty.port)) {
            String task = "{\"title\":\"a\",\"notes\":\"" + "n".repeat(90_000) + "\"}";
            for (int i = 0; i < 2; i++) {
                hasty.call("POST", "/v1/tasks", task);
            }
            String get =
                    "GET /v1/tasks HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
                            + hasty.admin
                            + "\r\n\r\n";
            socket.getOutputStream().write(get.repeat(200).getBytes(StandardCharsets.US_ASCII));
            assertThrows(
                    IOException.class,
                    () -> {
                        for (int i = 0; i < 100_000; i++) {
                            hasty.get("/healthz");
                            socket.getOutputStream().write('\r');
                        }
                    });
        }
    }

    @Test
    void a_client_that_stops_in_the_middle_is_let_go() throws IOException {
        HttpConfig.Limits limits = HttpConfig.Limits.STANDARD.withIdle(Duration.ofSeconds(1));
        String post = "POST /v1/setup HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{";
        try (TestServer hasty = new TestServer(HttpConfig.loopback(0).withLimits(limits))) {
            for (String part : List.of("GET / HTTP/1.1\r\nHost", post, POST_UNREAD)) {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), hasty.port)) {
                    socket.setSoTimeout(20_000);
                    socket.getOutputStream().write(part.getBytes(StandardCharsets.US_ASCII));
                    byte[] rest = socket.getInputStream().readAllBytes();
                    int status = Wire.status(new String(rest, StandardCharsets.US_ASCII));
                    assertTrue(status < 500, part + " " + status);
                }
            }
        }
    }

    @Test
    void a_sane_request_id_is_kept_and_another_replaced() {
        String head = "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Request-Id: ";
        String kept = Wire.answer(server.port, head + "abc-1.2_3\r\n\r\n");
        assertTrue(kept.contains("X-Request-Id: abc-1.2_3\r\n"), kept);
        String replaced = Wire.answer(server.port, head + "a b\r\n\r\n");
        assertTrue(!replaced.contains("a b") && replaced.contains("X-Request-Id: "), replaced);
    }
}
