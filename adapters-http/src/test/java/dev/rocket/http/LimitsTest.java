package dev.rocket.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Quotas, client addresses and sizes. */
class LimitsTest {

    private static final HttpConfig THREE =
            HttpConfig.loopback(0)
                    .withRateLimit(
                            Optional.of(new HttpConfig.RateLimit(3, Duration.ofMinutes(15))));

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static int from(TestServer server, String name, String value) {
        return server.send(server.to("/v1/tasks").header(name, value)).statusCode();
    }

    @Test
    void a_used_up_quota_is_told_and_comes_back() {
        try (TestServer server = new TestServer(THREE)) {
            HttpResponse<String> answer = server.get("/v1/tasks");
            assertEquals("\"default\";q=3;w=900", header(answer, "RateLimit-Policy"));
            assertEquals("\"default\";r=2;t=900", header(answer, "RateLimit"));
            assertEquals(404, server.get("/v1/tasks/x").statusCode());
            assertEquals("\"default\";r=0;t=900", header(server.get("/v1/tasks"), "RateLimit"));
            server.ahead.set(Duration.ofMinutes(5));
            HttpResponse<String> over = server.get("/v1/tasks");
            assertEquals(429, over.statusCode());
            assertEquals("/problems/rate-limited", Json.text(over, "type"));
            long wait = Long.parseLong(header(over, "Retry-After"));
            assertTrue(wait > 590 && wait <= 600, over.headers().toString());
            assertEquals(200, server.get("/healthz").statusCode());
            assertEquals(200, server.get("/metrics").statusCode());
            server.ahead.set(Duration.ofSeconds(901));
            assertEquals(200, server.get("/v1/tasks").statusCode());
        }
    }

    @Test
    void a_stranger_s_forwarding_header_changes_nothing() {
        try (TestServer server = new TestServer(THREE)) {
            for (int i = 0; i < 3; i++) {
                assertEquals(200, from(server, "X-Forwarded-For", "192.0.2." + i));
            }
            assertEquals(429, from(server, "X-Forwarded-For", "192.0.2.9"));
        }
    }

    @Test
    void behind_a_proxy_each_client_has_its_own_quota() {
        HttpConfig config = THREE.withTrustedProxies(List.of("127.0.0.0/8", "10.0.0.0/8"));
        try (TestServer server = new TestServer(config)) {
            for (int i = 0; i < 3; i++) {
                String forged = "203.0.113." + i + ", 192.0.2.1, 10.0.0.7";
                assertEquals(200, from(server, "X-Forwarded-For", forged));
            }
            assertEquals(429, from(server, "X-Forwarded-For", "192.0.2.1"));
            assertEquals(429, from(server, "X-Forwarded-For", "192.0.2.1:5050"));
            assertEquals(429, from(server, "Forwarded", "for=192.0.2.1;proto=https"));
            assertEquals(200, from(server, "X-Forwarded-For", "192.0.2.2"));
            for (int i = 0; i < 3; i++) {
                String six = "for=\"[2001:db8:1:2:" + i + "::1]:443\"";
                assertEquals(200, from(server, "Forwarded", six));
            }
            assertEquals(429, from(server, "X-Forwarded-For", "2001:db8:1:2:ffff::"));
            assertEquals(200, from(server, "X-Forwarded-For", "2001:db8:1:3::1"));
            assertEquals(200, from(server, "X-Forwarded-For", "unknown"));
        }
    }

    @Test
    void forwarding_headers_that_disagree_count_for_the_proxy() {
        HttpConfig config = THREE.withTrustedProxies(List.of("127.0.0.1"));
        try (TestServer server = new TestServer(config)) {
            for (int i = 0; i < 4; i++) {
                HttpResponse<String> answer =
                        server.send(
                                server.to("/v1/tasks")
                                        .header("X-Forwarded-For", "192.0.2.1")
                                        .header("Forwarded", "for=192.0.2." + (2 + i)));
                assertEquals(i < 3 ? 200 : 429, answer.statusCode());
            }
        }
    }

    @Test
    void who_sends_far_too_much_before_reading_gets_the_answer() throws Exception {
        try (TestServer server = TestServer.plain();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port)) {
            int bytes = 30 << 20;
            OutputStream out = socket.getOutputStream();
            String head = "POST /v1/tasks HTTP/1.1\r\nHost: a\r\nContent-Length: " + bytes;
            out.write((head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            for (int sent = 0; sent < bytes; sent += 1 << 20) {
                out.write(new byte[1 << 20]);
            }
            socket.shutdownOutput();
            byte[] read = socket.getInputStream().readAllBytes();
            String answer = new String(read, StandardCharsets.US_ASCII);
            assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
            assertTrue(answer.contains("/problems/too-large"), answer);
        }
    }

    @Test
    void a_body_beyond_its_bound_is_refused() {
        try (TestServer server = TestServer.plain()) {
            String body = "{\"title\":\"" + "x".repeat(1 << 20) + "\"}";
            HttpResponse<String> known = server.call("POST", "/v1/tasks", body);
            assertEquals(413, known.statusCode());
            assertEquals("/problems/too-large", Json.text(known, "type"));
            HttpResponse<String> chunked =
                    server.send(
                            server.to("/v1/tasks")
                                    .POST(
                                            BodyPublishers.fromPublisher(
                                                    BodyPublishers.ofString(body))));
            assertEquals(413, chunked.statusCode());
            HttpResponse<String> small =
                    server.send(
                            server.to("/v1/tasks")
                                    .POST(
                                            BodyPublishers.fromPublisher(
                                                    BodyPublishers.ofString("{\"title\":\"a\"}"))));
            assertEquals(201, small.statusCode(), small.body());
            String setup = "{\"token\":\"" + "x".repeat(5000) + "\"}";
            assertEquals(413, server.call("POST", "/v1/setup", setup).statusCode());
        }
    }
}
