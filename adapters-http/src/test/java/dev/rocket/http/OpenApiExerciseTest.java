package dev.rocket.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rocket.http.OpenApiDocument.Operation;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * The server answers as the document says, and the document says all that it answers.
 *
 * <p>Every operation is led to every status that is documented for it, with a store that fails on
 * demand, a quota of one request, and servers that ask for no token or wait for their setup. Each
 * answer is judged by a schema validator: status, media type, body and headers.
 */
class OpenApiExerciseTest {

    private static final String RESPONSES = "/paths/~1v1~1tasks/post/responses";

    private static OpenApiDocument served() {
        try (TestServer server = TestServer.plain()) {
            return OpenApiDocument.of(server.get("/openapi.json").body());
        }
    }

    @Test
    void every_documented_status_is_met_and_every_answer_is_documented() {
        OpenApiDocument document = served();
        Set<String> unmet = new TreeSet<>();
        try (Exercise exercise = new Exercise(document)) {
            new Stories(document, exercise).tell();
            for (Operation operation : document.operations()) {
                exercise.run(operation);
                unmet.addAll(exercise.unmet(operation));
            }
            assertEquals(List.of(), exercise.faults(), () -> String.join("\n", exercise.faults()));
            assertEquals(Set.of(), unmet);
        }
    }

    /** What an exercise of one operation finds wrong with a document that was tampered with. */
    private static String found(String method, String path, Consumer<OpenApiDocument> change) {
        OpenApiDocument tampered = served().with(change);
        Operation operation = tampered.operation(method, path);
        try (Exercise exercise = new Exercise(tampered)) {
            exercise.run(operation);
            return String.join("\n", exercise.faults()) + exercise.unmet(operation);
        }
    }

    private static void assertFound(String wanted, String found) {
        assertTrue(found.contains(wanted), wanted + " was not found, but " + found);
    }

    private static ObjectNode at(OpenApiDocument document, String pointer) {
        return (ObjectNode) document.resolve("#" + pointer).value();
    }

    @Test
    void a_document_that_is_right_has_no_faults() {
        assertEquals("[]", found("POST", "/v1/tasks", document -> {}));
    }

    @Test
    void a_status_that_is_not_told_is_found() {
        for (String status : List.of("201", "400", "412", "415", "503")) {
            String found =
                    found("POST", "/v1/tasks", document -> at(document, RESPONSES).remove(status));
            boolean isMet = !status.equals("412");
            assertEquals(isMet, found.contains(status + ": the status is not documented"), found);
        }
    }

    @Test
    void a_status_that_never_comes_is_found() {
        String found =
                found(
                        "POST",
                        "/v1/tasks",
                        document ->
                                at(document, RESPONSES)
                                        .putObject("418")
                                        .put("description", "Never."));
        assertFound("POST /v1/tasks 418", found);
    }

    @Test
    void a_member_that_is_not_told_or_never_comes_is_found() {
        String task = "/components/schemas/Task";
        String untold =
                found(
                        "POST",
                        "/v1/tasks",
                        document -> at(document, task + "/properties").remove("position"));
        assertFound("'position' is not defined in the schema", untold);
        String absent =
                found(
                        "POST",
                        "/v1/tasks",
                        document -> ((ArrayNode) at(document, task).get("required")).add("colour"));
        assertFound("required property 'colour' not found", absent);
        String problem =
                found(
                        "POST",
                        "/v1/tasks",
                        document ->
                                at(document, "/components/schemas/ProblemFields/properties")
                                        .remove("errors"));
        assertFound("property 'errors' is not evaluated", problem);
    }

    @Test
    void a_header_or_media_type_that_is_not_told_is_found() {
        String created = RESPONSES + "/201";
        assertFound(
                "the header location is not documented",
                found(
                        "POST",
                        "/v1/tasks",
                        document -> at(document, created + "/headers").remove("Location")));
        assertFound(
                "the header Retry-After is missing",
                found(
                        "POST",
                        "/v1/tasks",
                        document ->
                                at(document, created + "/headers")
                                        .putObject("Retry-After")
                                        .put("required", true)
                                        .putObject("schema")));
        assertFound(
                "the media type Optional[application/json] is not documented",
                found(
                        "POST",
                        "/v1/tasks",
                        document -> at(document, created + "/content").removeAll()));
    }

    @Test
    void an_example_that_the_server_refuses_is_found() {
        String found =
                found(
                        "POST",
                        "/v1/tasks",
                        document ->
                                at(
                                                document,
                                                "/paths/~1v1~1tasks/post/requestBody/content"
                                                        + "/application~1json/examples/example"
                                                        + "/value")
                                        .put("colour", "red"));
        assertFound("POST /v1/tasks refuses what the document shows", found);
        assertFound("POST /v1/tasks example", found);
    }
}
