package dev.rocket.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.usecase.UseCases;
import dev.rocket.http.observe.Metrics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SetupTest {

    private static HttpResponse<String> post(HttpClient client, int port, String body)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + "/v1/setup");
        return client.send(
                HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(body)).build(),
                BodyHandlers.ofString());
    }

    @Test
    void the_setup_token_makes_one_admin_token() throws IOException, InterruptedException {
        MemoryStore store = new MemoryStore();
        Metrics metrics = new Metrics();
        InstantSource clock = InstantSource.system();
        SecureRandom chance = new SecureRandom();
        UseCases useCases = UseCases.over(store, clock, chance, metrics);
        HttpAdapter.Parts parts =
                new HttpAdapter.Parts(
                        useCases,
                        TestMaintenance.over(store, clock, metrics),
                        store.probe(),
                        metrics,
                        clock,
                        chance);
        try (HttpAdapter adapter =
                        new HttpAdapter(HttpConfig.loopback(0), parts, Optional.of("once"));
                HttpClient client = HttpClient.newHttpClient()) {
            int port = adapter.start();
            assertEquals(400, post(client, port, "{}").statusCode());
            assertEquals(401, post(client, port, "{\"token\":\"guess\"}").statusCode());
            HttpResponse<String> done = post(client, port, "{\"token\":\"once\",\"name\":\"Ada\"}");
            assertEquals(201, done.statusCode(), done.body());
            assertEquals("Ada", Json.text(done, "name"));
            String secret = Json.text(done, "token");
            assertEquals("token:" + Json.text(done, "id"), actor(useCases, secret));
            HttpResponse<String> again = post(client, port, "{\"token\":\"once\"}");
            assertEquals(409, again.statusCode());
            assertEquals("/problems/already-set-up", Json.text(again, "type"));
        }
    }

    private static String actor(UseCases useCases, String secret) {
        return useCases.authenticate().caller(secret).actor().id();
    }

    @Test
    void a_store_that_has_a_token_takes_no_setup() {
        try (TestServer server = TestServer.plain()) {
            String body = "{\"token\":\"" + TestServer.SETUP + "\"}";
            HttpResponse<String> answer = server.call("POST", "/v1/setup", body);
            assertEquals(409, answer.statusCode(), answer.body());
        }
    }

    @Test
    void a_ticket_is_short_lived_and_secret() {
        try (TestServer server = TestServer.plain()) {
            HttpResponse<String> answer = server.call("POST", "/v1/tickets", "");
            assertEquals(201, answer.statusCode(), answer.body());
            assertTrue(Json.text(answer, "ticket").length() >= 32, answer.body());
            assertEquals("30", Json.text(answer, "expiresIn"));
            assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElse(""));
        }
    }
}
