package dev.rocket.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.rocket.http.OpenApiDocument.Operation;
import dev.rocket.http.OpenApiDocument.Placed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The document's schemas are schemas, and let nothing through that they do not name. */
class OpenApiSchemaTest {

    /** Every keyword that the schemas may use; a misspelt one would be passed over in silence. */
    private static final Set<String> KEYWORDS =
            Set.of(
                    "$ref",
                    "additionalProperties",
                    "allOf",
                    "anyOf",
                    "const",
                    "default",
                    "description",
                    "enum",
                    "examples",
                    "format",
                    "items",
                    "maxItems",
                    "maxLength",
                    "maximum",
                    "minItems",
                    "minLength",
                    "minimum",
                    "oneOf",
                    "pattern",
                    "properties",
                    "required",
                    "type",
                    "unevaluatedProperties",
                    "uniqueItems");

    /** What a client sends as a part of its own choice. */
    private static final Set<String> OPEN = Set.of("/items/body");

    private final OpenApiDocument document = served();
    private final OpenApiJudge judge = new OpenApiJudge(document);
    private final Schema metaschema =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(
                            SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));

    private static OpenApiDocument served() {
        try (TestServer server = TestServer.plain()) {
            return OpenApiDocument.of(server.get("/openapi.json").body());
        }
    }

    private List<JsonNode> schemas() {
        List<JsonNode> all = new ArrayList<>();
        document.components("schemas").value().forEach(all::add);
        collect(document.resolve("#/paths").value(), all);
        for (String kind : List.of("parameters", "headers", "responses")) {
            collect(document.components(kind).value(), all);
        }
        return all;
    }

    /** What stands under the name "schema" outside of schemas and examples. */
    private static void collect(JsonNode at, List<JsonNode> into) {
        at.properties()
                .forEach(
                        member -> {
                            if (member.getKey().equals("schema")) {
                                into.add(member.getValue());
                            } else if (!member.getKey().startsWith("example")) {
                                collect(member.getValue(), into);
                            }
                        });
        if (at.isArray()) {
            at.forEach(item -> collect(item, into));
        }
    }

    @Test
    void every_schema_is_one_by_the_metaschema_and_uses_known_words() {
        List<JsonNode> all = schemas();
        assertTrue(all.size() > 150, all.size() + " schemas");
        for (JsonNode schema : all) {
            assertEquals(List.of(), metaschema.validate(schema), schema.toString());
            assertEquals(Set.of(), unknown(schema), schema.toString());
        }
        assertFalse(metaschema.validate(OpenApiDocument.json("{\"type\":7}")).isEmpty());
        JsonNode misspelt = OpenApiDocument.json("{\"allOf\":[{\"maxLenght\":7}]}");
        assertEquals(Set.of("maxLenght"), unknown(misspelt));
    }

    private static Set<String> unknown(JsonNode schema) {
        Set<String> unknown = new TreeSet<>();
        schema.properties()
                .forEach(
                        member -> {
                            JsonNode value = member.getValue();
                            switch (member.getKey()) {
                                case "properties" -> value.forEach(x -> unknown.addAll(unknown(x)));
                                case "allOf", "anyOf", "oneOf" ->
                                        value.forEach(x -> unknown.addAll(unknown(x)));
                                case "items" -> unknown.addAll(unknown(value));
                                case "const", "default", "enum", "examples" -> {}
                                default -> {
                                    if (!KEYWORDS.contains(member.getKey())) {
                                        unknown.add(member.getKey());
                                    }
                                }
                            }
                        });
        return unknown;
    }

    @Test
    void every_example_is_valid_and_no_object_in_it_takes_another_member() {
        int planted = 0;
        Placed all = document.components("schemas");
        for (String name : all.names()) {
            Placed schema = all.member(name);
            for (JsonNode example : schema.value().path("examples")) {
                assertEquals(List.of(), judge.faults(schema, example), name);
                for (JsonNode more : planted(example, example, "")) {
                    planted++;
                    assertFalse(judge.faults(schema, more).isEmpty(), name + " takes " + more);
                }
            }
        }
        assertTrue(planted > 60, planted + " members were planted");
    }

    /** Copies of a whole, each with a member planted into one of the objects in it. */
    private static List<JsonNode> planted(JsonNode whole, JsonNode part, String path) {
        List<JsonNode> all = new ArrayList<>();
        if (part instanceof ObjectNode object && !OPEN.contains(path)) {
            object.put("planted", 1);
            all.add(whole.deepCopy());
            object.remove("planted");
        }
        part.properties()
                .forEach(
                        member ->
                                all.addAll(
                                        planted(
                                                whole,
                                                member.getValue(),
                                                path + "/" + member.getKey())));
        if (part.isArray()) {
            part.forEach(item -> all.addAll(planted(whole, item, path)));
        }
        return all;
    }

    @Test
    void every_part_of_a_path_is_a_parameter_and_the_other_way_round() {
        for (Operation operation : document.operations()) {
            Set<String> told = new TreeSet<>();
            document.parameters(operation).stream()
                    .filter(each -> each.value().get("in").asText().equals("path"))
                    .forEach(each -> told.add("{" + each.value().get("name").asText() + "}"));
            Set<String> wanted = new TreeSet<>();
            for (String segment : operation.path().split("/", -1)) {
                if (segment.startsWith("{")) {
                    wanted.add(segment);
                }
            }
            assertEquals(wanted, told, operation.name());
        }
    }
}
