package dev.rocket.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.rocket.http.OpenApiDocument.Operation;
import dev.rocket.http.OpenApiDocument.Placed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares answers with what a document says of them. */
final class OpenApiJudge {

    /** Headers of the connection or of every body, which a document does not list. */
    private static final Set<String> TRANSPORT =
            Set.of("connection", "content-length", "content-type", "date", "transfer-encoding");

    private static final String BASE = "https://rocket.example/openapi.json";

    private final OpenApiDocument document;
    private final SchemaRegistry schemas;

    OpenApiJudge(OpenApiDocument document) {
        this.document = document;
        this.schemas =
                SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        builder ->
                                builder.schemas(Map.of(BASE, document.text()))
                                        .schemaRegistryConfig(
                                                SchemaRegistryConfig.builder()
                                                        .formatAssertionsEnabled(true)
                                                        .build()));
    }

    /** What is wrong with a value, by the schema at a place of the document. */
    List<String> faults(Placed schema, JsonNode value) {
        return schemas
                .getSchema(SchemaLocation.of(BASE + "#" + schema.pointer()))
                .validate(value)
                .stream()
                .map(error -> error.getInstanceLocation() + ": " + error)
                .toList();
    }

    /** What is wrong with an answer. */
    List<String> faults(Operation operation, Exchange answer) {
        Optional<Placed> response = document.response(operation, answer.status());
        if (response.isEmpty()) {
            return List.of("the status is not documented");
        }
        List<String> faults = new ArrayList<>(headers(response.get(), answer));
        faults.addAll(body(response.get(), answer));
        return faults;
    }

    private List<String> headers(Placed response, Exchange answer) {
        List<String> faults = new ArrayList<>();
        Set<String> known = new HashSet<>(TRANSPORT);
        if (response.names().contains("headers")) {
            Placed headers = response.member("headers");
            for (String name : headers.names()) {
                known.add(name.toLowerCase(Locale.ROOT));
                faults.addAll(header(name, document.follow(headers.member(name)), answer));
            }
        }
        for (String name : answer.headers().keySet()) {
            if (!known.contains(name)) {
                faults.add("the header " + name + " is not documented");
            }
        }
        return faults;
    }

    private List<String> header(String name, Placed header, Exchange answer) {
        List<String> values =
                answer.headers().getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        if (values.isEmpty()) {
            boolean isNeeded = header.value().path("required").asBoolean();
            return isNeeded ? List.of("the header " + name + " is missing") : List.of();
        }
        if (values.size() > 1) {
            return List.of("the header " + name + " came more than once");
        }
        Placed schema = header.member("schema");
        boolean isNumber = schema.value().path("type").asText().equals("integer");
        String text = values.get(0);
        JsonNode value =
                isNumber && text.matches("\\d+")
                        ? LongNode.valueOf(Long.parseLong(text))
                        : TextNode.valueOf(text);
        return faults(schema, value).stream().map(fault -> name + " " + fault).toList();
    }

    private List<String> body(Placed response, Exchange answer) {
        Optional<String> type = answer.header("content-type");
        if (!response.names().contains("content")) {
            boolean isEmpty = type.isEmpty() && answer.body().isEmpty();
            return isEmpty ? List.of() : List.of("there is a body, which is not documented");
        }
        Placed content = response.member("content");
        if (type.isEmpty() || !content.names().contains(type.get())) {
            return List.of("the media type " + type + " is not documented");
        }
        JsonNode value =
                type.get().endsWith("json")
                        ? OpenApiDocument.json(answer.body())
                        : TextNode.valueOf(answer.body());
        return faults(content.member(type.get()).member("schema"), value);
    }
}
