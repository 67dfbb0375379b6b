package dev.rocket.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rocket.http.guard.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** An OpenAPI document as a tree, with its references followed. */
final class OpenApiDocument {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    private final ObjectNode root;

    private OpenApiDocument(ObjectNode root) {
        this.root = root;
    }

    /** The document in a text. */
    static OpenApiDocument of(String text) {
        return new OpenApiDocument((ObjectNode) json(text));
    }

    /** The JSON in a text. */
    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    /** Maps and lists as JSON. */
    static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** A copy with something changed in it. */
    OpenApiDocument with(Consumer<OpenApiDocument> change) {
        OpenApiDocument copy = new OpenApiDocument(root.deepCopy());
        change.accept(copy);
        return copy;
    }

    /**
     * Something in the document.
     *
     * @param pointer where it stands, a JSON pointer
     * @param value what is there
     */
    record Placed(String pointer, JsonNode value) {

        /** A member of it, which must be there. */
        Placed member(String name) {
            JsonNode found = value.get(name);
            if (found == null) {
                throw new AssertionError(pointer + " has no member " + name);
            }
            return new Placed(pointer + "/" + escaped(name), found);
        }

        /** The names of its members. */
        List<String> names() {
            List<String> names = new ArrayList<>();
            value.fieldNames().forEachRemaining(names::add);
            return names;
        }
    }

    /**
     * One operation.
     *
     * @param method in capitals
     * @param path with its parts in braces
     * @param text what the document says of it
     */
    record Operation(String method, String path, Placed text) {

        /** Its method and path, as people say it. */
        String name() {
            return method + " " + path;
        }

        /** What the document says that the caller must be allowed. */
        Access access() {
            JsonNode scope = text.value().path("x-rocket-scope");
            if (scope.isMissingNode()) {
                return Access.OPEN;
            }
            String prefix = text.value().path("x-rocket-local").asBoolean() ? "LOCAL_OR_" : "";
            return Access.valueOf(prefix + scope.asText().toUpperCase(Locale.ROOT));
        }

        /** The statuses that it may answer with. */
        Set<Integer> statuses() {
            Set<Integer> statuses = new TreeSet<>();
            text.member("responses").names().forEach(s -> statuses.add(Integer.parseInt(s)));
            return statuses;
        }

        @Override
        public String toString() {
            return name();
        }
    }

    /** Every operation, in the document's order. */
    List<Operation> operations() {
        List<Operation> all = new ArrayList<>();
        Placed paths = new Placed("", root).member("paths");
        for (String path : paths.names()) {
            Placed item = paths.member(path);
            for (String name : item.names()) {
                if (METHODS.contains(name)) {
                    String method = name.toUpperCase(Locale.ROOT);
                    all.add(new Operation(method, path, item.member(name)));
                }
            }
        }
        return all;
    }

    /** The operation of that method and path. */
    Operation operation(String method, String path) {
        return operations().stream()
                .filter(each -> each.method().equals(method) && each.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no operation " + method + " " + path));
    }

    /** What is said of an operation's answer of a status; empty when it is not documented. */
    Optional<Placed> response(Operation operation, int status) {
        Placed responses = operation.text().member("responses");
        return responses.names().contains(Integer.toString(status))
                ? Optional.of(follow(responses.member(Integer.toString(status))))
                : Optional.empty();
    }

    /** The bodies that an operation shows as examples, each with its media type. */
    List<Example> examples(Operation operation) {
        List<Example> all = new ArrayList<>();
        if (operation.text().names().contains("requestBody")) {
            Placed content = follow(operation.text().member("requestBody")).member("content");
            for (String type : content.names()) {
                Placed examples = content.member(type).member("examples");
                for (String name : examples.names()) {
                    Placed value = examples.member(name).member("value");
                    all.add(new Example(type, content.member(type).member("schema"), value));
                }
            }
        }
        return all;
    }

    /** The parameters of an operation, those of its path first. */
    List<Placed> parameters(Operation operation) {
        List<Placed> all = new ArrayList<>();
        Placed item = resolve("#/paths").member(operation.path());
        for (Placed owner : List.of(item, operation.text())) {
            if (owner.names().contains("parameters")) {
                Placed list = owner.member("parameters");
                for (int i = 0; i < list.value().size(); i++) {
                    Placed one = new Placed(list.pointer() + "/" + i, list.value().get(i));
                    all.add(follow(one));
                }
            }
        }
        return all;
    }

    /** A body that the document shows. */
    record Example(String mediaType, Placed schema, Placed value) {}

    /** Something, references followed to their end. */
    Placed follow(Placed from) {
        Placed at = from;
        while (at.value().path("$ref").isTextual()) {
            at = resolve(at.value().get("$ref").asText());
        }
        return at;
    }

    /** What a reference leads to. */
    Placed resolve(String ref) {
        if (!ref.startsWith("#/")) {
            throw new AssertionError("not a reference within the document: " + ref);
        }
        JsonNode found = root.at(ref.substring(1));
        if (found.isMissingNode()) {
            throw new AssertionError(ref + " leads nowhere");
        }
        return new Placed(ref.substring(1), found);
    }

    /** Every reference in the document. */
    Set<String> references() {
        Set<String> all = new TreeSet<>();
        root.findValues("$ref").forEach(ref -> all.add(ref.asText()));
        return all;
    }

    /** The components of a kind. */
    Placed components(String kind) {
        return new Placed("", root).member("components").member(kind);
    }

    /** The text of the document. */
    String text() {
        return root.toString();
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
