package dev.rocket.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rocket.http.OpenApiDocument.Operation;
import dev.rocket.http.OpenApiDocument.Placed;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bounds in the document are those that the server keeps. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiBoundsTest {

    private final TestServer server = TestServer.plain();
    private final OpenApiDocument document = OpenApiDocument.of(server.get("/openapi.json").body());

    @AfterAll
    void close() {
        server.close();
    }

    /** Whether a list is given for a value of a parameter. */
    private boolean takes(String path, String name, String value) {
        Exchange answer = Exchange.of(server.get(path + "?" + name + "=" + value));
        assertTrue(answer.status() == 200 || answer.status() == 400, answer.toString());
        return answer.status() == 200;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/tasks", "/v1/projects", "/v1/tokens", "/v1/changes"})
    void parameters_are_bounded_as_the_document_says(String path) {
        server.call("POST", "/v1/tasks", "{\"title\":\"so that there is a change\"}");
        int tried = 0;
        for (Placed parameter : document.parameters(document.operation("GET", path))) {
            JsonNode schema = document.follow(parameter.member("schema")).value();
            String name = parameter.value().get("name").asText();
            boolean isPlace = name.equals("after");
            if (parameter.value().get("in").asText().equals("query") && !isPlace) {
                tried += tryBounds(path, name, schema);
            }
        }
        assertTrue(tried > 0, path + " has no bounds");
    }

    private int tryBounds(String path, String name, JsonNode schema) {
        if (schema.has("maximum")) {
            long least = schema.get("minimum").asLong();
            long most = schema.get("maximum").asLong();
            assertTrue(takes(path, name, "" + least), name + least);
            assertTrue(takes(path, name, "" + most), name + most);
            assertFalse(takes(path, name, "" + (least - 1)), name + least);
            assertFalse(takes(path, name, "" + (most + 1)), name + most);
        } else if (schema.has("maxLength") && !schema.has("pattern")) {
            int most = schema.get("maxLength").asInt();
            assertTrue(takes(path, name, "x".repeat(most)), name + most);
            assertFalse(takes(path, name, "x".repeat(most + 1)), name + most);
        } else if (schema.has("enum")) {
            schema.get("enum").forEach(each -> assertTrue(takes(path, name, each.asText()), name));
            assertFalse(takes(path, name, "nonsense"), name);
        } else {
            return 0;
        }
        return 1;
    }

    @ParameterizedTest
    @ValueSource(strings = {"tasks", "projects", "labels", "members", "tokens"})
    void members_are_bounded_as_the_document_says(String collection) {
        String path = "/v1/" + collection;
        Operation operation = document.operation("POST", path);
        OpenApiDocument.Example example = document.examples(operation).get(0);
        int tried = 0;
        for (Placed owner : owners(document.follow(example.schema()))) {
            Placed properties = owner.member("properties");
            for (String name : properties.names()) {
                JsonNode schema = text(properties.member(name));
                if (schema.has("maxLength") && !schema.has("pattern")) {
                    tried++;
                    int most = schema.get("maxLength").asInt();
                    ObjectNode body = example.value().value().deepCopy();
                    assertEquals(201, status(path, body.put(name, "x".repeat(most))), name);
                    assertEquals(400, status(path, body.put(name, "x".repeat(most + 1))), name);
                }
            }
        }
        assertTrue(tried > 0, collection + " has no bounds");
    }

    private int status(String path, ObjectNode body) {
        return server.call("POST", path, body.toString()).statusCode();
    }

    /** What has the properties: the schema itself, or what it consists of. */
    private List<Placed> owners(Placed schema) {
        if (schema.names().contains("properties")) {
            return List.of(schema);
        }
        Placed all = schema.member("allOf");
        return List.of(document.follow(new Placed(all.pointer() + "/0", all.value().get(0))));
    }

    /** The schema of a member's text, which may also be null. */
    private JsonNode text(Placed property) {
        JsonNode either = property.value().path("anyOf").path(0);
        Placed text = either.isMissingNode() ? property : new Placed(property.pointer(), either);
        return document.follow(text).value();
    }

    @Test
    void comments_are_bounded_as_the_document_says() {
        String task = Json.text(server.call("POST", "/v1/tasks", "{\"title\":\"x\"}"), "id");
        String path = "/v1/tasks/" + task + "/comments";
        Placed said = document.components("schemas").member("Said");
        int most = said.member("maxLength").value().asInt();
        for (int chars : List.of(1, most, most + 1)) {
            String body = "{\"text\":\"" + "x".repeat(chars) + "\"}";
            int status = server.call("POST", path, body).statusCode();
            assertEquals(chars <= most ? 201 : 400, status);
        }
    }
}
