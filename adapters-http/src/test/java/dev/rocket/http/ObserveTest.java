package dev.rocket.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ObserveTest {

    private final TestServer server = TestServer.plain();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void a_live_process_is_healthy() {
        HttpResponse<String> answer = server.get("/healthz");
        assertEquals(200, answer.statusCode());
        assertEquals("{\"status\":\"up\"}", answer.body());
    }

    @Test
    void readiness_tells_why_not() {
        assertEquals(200, server.get("/readyz").statusCode());
        server.store.close();
        server.ahead.set(Duration.ofSeconds(2));
        HttpResponse<String> answer = server.get("/readyz");
        assertEquals(503, answer.statusCode());
        assertTrue(answer.body().contains("The store is closed."), answer.body());
    }

    @Test
    void the_figures_name_route_method_and_status() {
        server.get("/healthz");
        server.get("/v1/nothing");
        String text = server.get("/metrics").body();
        String labels = "{method=\"GET\",route=\"/healthz\",status=\"200\"}";
        assertTrue(
                text.contains("http_server_request_duration_seconds_count" + labels + " 1"), text);
        assertTrue(text.contains("route=\"other\""), text);
        assertTrue(text.contains("rocket_tasks_created_total 0"), text);
        assertTrue(text.contains("rocket_websocket_connections 0"), text);
        assertTrue(text.contains("rocket_store_info{engine=\"memory\",schema=\"1\"} 1"), text);
    }
}
