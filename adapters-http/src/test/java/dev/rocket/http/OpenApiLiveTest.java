package dev.rocket.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rocket.http.OpenApiDocument.Placed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is said on a WebSocket is what the document says. */
class OpenApiLiveTest {

    /** Comes after twenty seconds of silence, for which no test waits. */
    private static final String SLOW = "LiveHeartbeat";

    private final TestServer server = TestServer.plain();
    private final OpenApiDocument document = OpenApiDocument.of(server.get("/openapi.json").body());
    private final OpenApiJudge judge = new OpenApiJudge(document);
    private final Set<String> heard = new TreeSet<>();

    private Placed schema(String name) {
        return document.components("schemas").member(name);
    }

    /** The names of the schemas of one side's messages. */
    private List<String> messages(String side) {
        List<String> names = new ArrayList<>();
        for (JsonNode each : schema(side).member("oneOf").value()) {
            String ref = each.get("$ref").asText();
            names.add(ref.substring(ref.lastIndexOf('/') + 1));
        }
        return names;
    }

    /** The next message of a type, judged; others before it are judged as well. */
    private void hear(Socket socket, String type) {
        JsonNode message = OpenApiDocument.json("{}");
        while (!message.path("type").asText().equals(type)) {
            Map<String, Object> next = socket.next();
            message = OpenApiDocument.tree(next);
            assertEquals(
                    List.of(),
                    judge.faults(schema("LiveServerMessage"), message),
                    message.toString());
            heard.add(message.get("type").asText());
        }
    }

    private static String task(String status) {
        return "{\"title\":\"x\",\"status\":\"" + status + "\"}";
    }

    @Test
    void every_message_of_the_server_is_documented_and_heard() {
        Set<String> told = new TreeSet<>();
        for (String name : messages("LiveServerMessage")) {
            if (!name.equals(SLOW)) {
                told.add(schema(name).value().at("/properties/type/const").asText());
            }
        }
        try (Socket socket = Socket.open(server)) {
            socket.subscribe(",\"filter\":{\"status\":[\"open\"]}");
            socket.say("{\"type\":\"subscribe\",\"id\":\"all\"}");
            hear(socket, "subscribed");
            String id = Json.text(server.call("POST", "/v1/tasks", task("open")), "id");
            hear(socket, "change");
            server.call("PATCH", "/v1/tasks/" + id, task("done"));
            hear(socket, "left");
            server.delete("/v1/tasks/" + id);
            socket.say("{\"type\":\"ping\"}");
            hear(socket, "pong");
            socket.say("{\"type\":\"subscribe\",\"id\":\"all\"}");
            hear(socket, "error");
            socket.say("{\"type\":7}");
            hear(socket, "error");
            socket.say("{\"type\":\"unsubscribe\",\"id\":\"all\"}");
            hear(socket, "unsubscribed");
            socket.say("{\"type\":\"subscribe\",\"id\":\"r\",\"after\":99999}");
            hear(socket, "reset");
            server.adapter.drain(Duration.ofSeconds(10));
            hear(socket, "bye");
        } finally {
            server.close();
        }
        assertEquals(told, heard);
    }

    @Test
    void the_messages_that_the_document_shows_are_understood() {
        try (Socket socket = Socket.open(server)) {
            int shown = 0;
            for (String name : messages("LiveClientMessage")) {
                for (JsonNode example : schema(name).member("examples").value()) {
                    shown++;
                    socket.say(example.toString());
                    assertNotEquals("error", socket.next().get("type"), example.toString());
                }
            }
            assertEquals(3, shown);
        } finally {
            server.close();
        }
    }

    @Test
    void a_member_of_a_message_that_is_not_told_is_found() {
        try (Socket socket = Socket.open(server)) {
            Map<String, Object> message = socket.subscribe("");
            OpenApiDocument tampered =
                    document.with(
                            copy ->
                                    ((ObjectNode)
                                                    copy.components("schemas")
                                                            .member("LiveSubscribed")
                                                            .member("properties")
                                                            .value())
                                            .remove("seq"));
            Placed schema = tampered.components("schemas").member("LiveServerMessage");
            JsonNode said = OpenApiDocument.tree(message);
            assertEquals(List.of(), judge.faults(schema, said));
            assertNotEquals(List.of(), new OpenApiJudge(tampered).faults(schema, said));
        } finally {
            server.close();
        }
    }
}
