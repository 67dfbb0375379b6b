package dev.rocket.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A token's birth, expiry and replacement over HTTP; each answer is judged by the document. */
class TokenLifeTest {

    private static final String LIST = "/v1/tokens";

    private final TestServer server = TestServer.plain();
    private final OpenApiDocument document = OpenApiDocument.of(server.get("/openapi.json").body());
    private final OpenApiJudge judge = new OpenApiJudge(document);
    private final Instant now = server.clock.instant().truncatedTo(ChronoUnit.MILLIS);

    @AfterEach
    void close() {
        server.close();
    }

    private HttpResponse<String> judged(
            int status, String method, String template, HttpResponse<String> answer) {
        assertEquals(status, answer.statusCode(), answer.body());
        assertEquals(
                List.of(),
                judge.faults(document.operation(method, template), Exchange.of(answer)),
                answer.body());
        return answer;
    }

    private HttpResponse<String> create(int status, String members) {
        String body = "{\"name\":\"phone\",\"scopes\":[\"read\"]" + members + "}";
        return judged(status, "POST", LIST, server.call("POST", LIST, body));
    }

    private HttpResponse<String> one(HttpResponse<String> issued) {
        HttpResponse<String> found = server.get(LIST + "/" + Json.text(issued, "id"));
        return judged(200, "GET", "/v1/tokens/{id}", found);
    }

    private int status(HttpResponse<String> issued) {
        URI tasks = URI.create("http://127.0.0.1:" + server.port + "/v1/tasks");
        String secret = Json.text(issued, "token");
        HttpRequest.Builder request =
                HttpRequest.newBuilder(tasks).header("Authorization", "Bearer " + secret);
        return judged(server.send(request)).statusCode();
    }

    private HttpResponse<String> judged(HttpResponse<String> answer) {
        return judged(answer.statusCode(), "GET", "/v1/tasks", answer);
    }

    private static String replacing(HttpResponse<String> old, Instant until) {
        String id = Json.text(old, "id");
        return ",\"replaces\":\"" + id + "\",\"until\":\"" + until + "\"";
    }

    @Test
    void a_token_tells_when_it_was_made_and_when_it_expires_and_does() {
        Instant end = now.plusSeconds(60);
        HttpResponse<String> issued = create(201, ",\"expires\":\"" + end + "\"");
        Instant made = Instant.parse(Json.text(issued, "created"));
        assertFalse(made.isBefore(now), "its age counts from its birth");
        assertEquals(end, Instant.parse(Json.text(one(issued), "expires")));
        assertEquals(made, Instant.parse(Json.text(one(issued), "created")));
        assertEquals(200, status(issued));
        server.ahead.set(Duration.ofSeconds(61));
        assertEquals(401, status(issued));
        assertEquals(2, Json.items(judged(200, "GET", LIST, server.get(LIST))).size());
    }

    @Test
    void a_token_without_an_end_tells_none() {
        for (String members : List.of("", ",\"expires\":null,\"replaces\":null,\"until\":null")) {
            HttpResponse<String> issued = create(201, members);
            assertFalse(issued.body().contains("expires"), issued.body());
            server.ahead.set(Duration.ofDays(4_000));
            assertEquals(200, status(issued));
        }
    }

    @Test
    void old_and_new_are_both_good_until_the_overlap_is_over() {
        HttpResponse<String> old = create(201, "");
        Instant until = now.plus(Duration.ofHours(1));
        HttpResponse<String> fresh = create(201, replacing(old, until));
        HttpResponse<String> replaced = one(old);
        assertEquals(until, Instant.parse(Json.text(replaced, "expires")));
        assertEquals(Json.text(old, "created"), Json.text(replaced, "created"));
        assertTrue(replaced.body().contains("\"revision\":2"), replaced.body());
        assertEquals(200, status(old));
        assertEquals(200, status(fresh));
        server.ahead.set(Duration.ofMinutes(59));
        assertEquals(200, status(old));
        server.ahead.set(Duration.ofMinutes(61));
        assertEquals(401, status(old));
        assertEquals(200, status(fresh));
    }

    @Test
    void a_sooner_end_of_the_replaced_token_stays() {
        Instant end = now.plusSeconds(60);
        HttpResponse<String> old = create(201, ",\"expires\":\"" + end + "\"");
        create(201, replacing(old, now.plus(Duration.ofDays(1))));
        assertEquals(end, Instant.parse(Json.text(one(old), "expires")));
    }

    @Test
    void what_cannot_be_is_refused_and_issues_nothing() {
        HttpResponse<String> old = create(201, "");
        String unknown = "01a214d0-ef69-7000-8f29-8be8c3ad68d8";
        for (String members :
                List.of(
                        ",\"replaces\":\"" + Json.text(old, "id") + "\"",
                        ",\"until\":\"" + now + "\"",
                        ",\"replaces\":\"" + unknown + "\",\"until\":\"" + now + "\"")) {
            create(400, members);
        }
        create(400, ",\"expires\":5");
        assertEquals(2, Json.items(server.get(LIST)).size());
        assertFalse(one(old).body().contains("expires"));
    }
}
