package dev.rocket.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rocket.http.OpenApiDocument.Operation;
import dev.rocket.http.guard.Route;
import dev.rocket.http.web.Pages;
import dev.rocket.http.wire.ProblemType;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The document says of the server's routes what the server's own table says.
 *
 * <p>The empty handlers below {@code /bench/} stand beside the table, for benchmarks alone, so the
 * document has nothing on them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {

    private final TestServer server = TestServer.plain();
    private final HttpResponse<String> served = bare("");
    private final OpenApiDocument document = OpenApiDocument.of(served.body());

    @AfterAll
    void close() {
        server.close();
    }

    private HttpResponse<String> bare(String known) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.port + "/openapi.json"));
        return server.send(known.isEmpty() ? request : request.header("If-None-Match", known));
    }

    @Test
    void anyone_gets_the_document_and_asks_for_it_again_cheaply() {
        assertEquals(200, served.statusCode());
        assertEquals("application/json", served.headers().firstValue("Content-Type").orElse(""));
        assertEquals("no-cache", served.headers().firstValue("Cache-Control").orElse(""));
        String tag = served.headers().firstValue("ETag").orElse("");
        for (String known : List.of(tag, "W/" + tag, "\"x\", " + tag, "*")) {
            assertEquals(304, bare(known).statusCode(), known);
            assertEquals("", bare(known).body());
        }
        for (String other : List.of("\"x\"", tag.substring(1), "")) {
            assertEquals(200, bare(other).statusCode(), other);
        }
    }

    @Test
    void document_and_server_know_the_same_routes_with_the_same_access() {
        Map<String, String> told = new TreeMap<>();
        for (Operation each : document.operations()) {
            told.put(each.name(), each.access().name());
        }
        Map<String, String> known = new TreeMap<>();
        for (Route route : server.adapter.table()) {
            known.put(route.method() + " " + route.template(), route.access().name());
        }
        // The page's files are no part of the interface; PageTest judges them.
        new Pages().files().forEach(file -> known.remove("GET " + file.path()));
        assertEquals(known, told);
        assertTrue(known.size() > 30, known.keySet().toString());
    }

    @Test
    void what_is_said_of_access_agrees_with_security() {
        for (Operation each : document.operations()) {
            List<String> ways = new TreeSet<>(ways(each)).stream().toList();
            List<String> wanted =
                    switch (each.access()) {
                        case OPEN -> List.of();
                        case LOCAL_OR_READ -> List.of("", "bearer[read]");
                        case READ ->
                                each.path().equals("/v1/live")
                                        ? List.of("bearer[read]", "ticket[]")
                                        : List.of("bearer[read]");
                        case WRITE -> List.of("bearer[write]");
                        case ADMIN -> List.of("bearer[admin]");
                    };
            assertEquals(wanted, ways, each.name());
        }
    }

    private static List<String> ways(Operation operation) {
        List<String> ways = new ArrayList<>();
        for (JsonNode way : operation.text().member("security").value()) {
            StringBuilder text = new StringBuilder();
            way.fieldNames().forEachRemaining(name -> text.append(name).append(way.get(name)));
            ways.add(text.toString().replace("\"", ""));
        }
        return ways;
    }

    @Test
    void every_reference_leads_somewhere_and_every_component_is_used() {
        Set<String> used = document.references();
        used.forEach(document::resolve);
        for (String kind : List.of("schemas", "responses", "headers", "parameters")) {
            for (String name : document.components(kind).names()) {
                String place = "#/components/" + kind + "/" + name;
                assertTrue(used.contains(place), place + " is used nowhere");
            }
        }
    }

    @Test
    void every_type_of_problem_is_listed() {
        Set<String> told = new TreeSet<>();
        document.components("schemas")
                .member("ProblemType")
                .member("enum")
                .value()
                .forEach(type -> told.add(type.asText()));
        List<String> known =
                Stream.of(ProblemType.values()).map(type -> "/problems/" + type.slug()).toList();
        assertEquals(new TreeSet<>(known), told);
    }

    @Test
    void every_operation_has_a_name_of_its_own_and_explains_itself() {
        Set<String> names = new TreeSet<>();
        for (Operation each : document.operations()) {
            assertTrue(names.add(each.text().member("operationId").value().asText()), each.name());
            for (String member : List.of("summary", "description")) {
                assertFalse(each.text().member(member).value().asText().isBlank(), each.name());
            }
        }
    }

    private HttpResponse<String> ask(String method, String path) {
        URI uri = URI.create("http://127.0.0.1:" + server.port + path);
        return server.send(HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody()));
    }

    @Test
    void every_path_tells_its_methods_and_refuses_others_as_the_description_says() {
        Map<String, Set<String>> methods = new TreeMap<>();
        for (Operation each : document.operations()) {
            Set<String> known =
                    methods.computeIfAbsent(each.path(), path -> new TreeSet<>(Set.of("OPTIONS")));
            known.add(each.method());
            if (each.method().equals("GET")) {
                known.add("HEAD");
            }
        }
        methods.forEach(
                (template, known) -> {
                    String path = template.replaceAll("[{}]", "");
                    HttpResponse<String> options = ask("OPTIONS", path);
                    assertEquals(204, options.statusCode(), path);
                    HttpResponse<String> other = ask("PUT", path);
                    assertEquals(405, other.statusCode(), path);
                    for (HttpResponse<String> answer : List.of(options, other)) {
                        String allow = answer.headers().firstValue("Allow").orElse("");
                        assertEquals(known, Set.of(allow.split(", ", -1)), path);
                    }
                    if (known.contains("HEAD")) {
                        HttpResponse<String> head = ask("HEAD", path);
                        assertEquals(ask("GET", path).statusCode(), head.statusCode(), path);
                        assertEquals("", head.body());
                    }
                });
        assertEquals(404, ask("POST", "/v1/nothing").statusCode());
    }
}
