package dev.rocket.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rocket.http.OpenApiDocument.Operation;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The server answers as the document says, and the document says all that it answers.
 *
 * <p>Every operation is led to every status that is documented for it, with a store that fails on
 * demand, a quota of one request, and servers that ask for no token or wait for their setup. Each
 * answer is judged by a schema validator: status, media type, body and headers.
 */
class OpenApiExerciseTest {

    private static OpenApiDocument served() {
        try (TestServer server = TestServer.plain()) {
            return OpenApiDocument.of(server.get("/openapi.json").body());
        }
    }

    @Test
    void every_documented_status_is_met_and_every_answer_is_documented() {
        OpenApiDocument document = served();
        TreeSet<String> unmet = new TreeSet<>();
        try (Exercise exercise = new Exercise(document)) {
            for (Operation operation : document.operations()) {
                operation.statuses().forEach(status -> unmet.add(operation + " " + status));
                exercise.run(operation);
            }
            assertEquals(List.of(), exercise.faults(), () -> String.join("\n", exercise.faults()));
            unmet.removeAll(exercise.seen());
            assertEquals(new TreeSet<>(), unmet);
        }
    }
}
