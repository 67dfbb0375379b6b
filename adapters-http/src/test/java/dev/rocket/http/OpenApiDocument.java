package dev.rocket.http;

import dev.rocket.http.guard.Access;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An OpenAPI document as maps and lists, with its references followed. */
final class OpenApiDocument {

    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    private final Map<String, Object> root;

    OpenApiDocument(Map<String, Object> root) {
        this.root = root;
    }

    /** The document in a text. */
    static OpenApiDocument of(String text) {
        return new OpenApiDocument(Json.object(text));
    }

    /**
     * One operation.
     *
     * @param method in capitals
     * @param path with its parts in braces
     * @param pointer where it stands in the document
     * @param text the operation itself
     */
    record Operation(String method, String path, String pointer, Map<String, Object> text) {

        String name() {
            return method + " " + path;
        }

        /** What the document says that the caller must be allowed. */
        Access access() {
            Object scope = text.get("x-rocket-scope");
            if (scope == null) {
                return Access.OPEN;
            }
            return text.containsKey("x-rocket-local")
                    ? Access.valueOf("LOCAL_OR_" + scope.toString().toUpperCase(Locale.ROOT))
                    : Access.valueOf(scope.toString().toUpperCase(Locale.ROOT));
        }

        /** Its responses by status, references not followed. */
        Map<String, Object> responses() {
            return object(text.get("responses"));
        }
    }

    /** Every operation, in the document's order. */
    List<Operation> operations() {
        List<Operation> all = new ArrayList<>();
        object(root.get("paths"))
                .forEach(
                        (path, item) ->
                                object(item)
                                        .forEach(
                                                (name, operation) -> {
                                                    if (METHODS.contains(name)) {
                                                        all.add(operation(path, name, operation));
                                                    }
                                                }));
        return all;
    }

    private static Operation operation(String path, String method, Object text) {
        String pointer = "#/paths/" + escaped(path) + "/" + method;
        return new Operation(method.toUpperCase(Locale.ROOT), path, pointer, object(text));
    }

    /** The operation of a method and a path with braces. */
    Operation operation(String method, String path) {
        return operations().stream()
                .filter(each -> each.method().equals(method) && each.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no operation " + method + " " + path));
    }

    /** A name as a part of a JSON pointer in a fragment. */
    static String escaped(String name) {
        return name.replace("~", "~0")
                .replace("/", "~1")
                .replace("{", "%7B")
                .replace("}", "%7D")
                .replace(" ", "%20");
    }

    /** A value where it stands: a place in the document and what is there. */
    record Placed(String pointer, Map<String, Object> value) {}

    /** What stands at a pointer, references followed to their end. */
    Placed follow(String pointer, Object value) {
        String at = pointer;
        Map<String, Object> found = object(value);
        while (found.get("$ref") instanceof String ref && found.size() == 1) {
            at = ref;
            found = object(resolve(ref));
        }
        return new Placed(at, found);
    }

    /** What a reference leads to. */
    Object resolve(String ref) {
        if (!ref.startsWith("#/")) {
            throw new AssertionError("not a reference within the document: " + ref);
        }
        Object at = root;
        for (String step : ref.substring(2).split("/", -1)) {
            String name =
                    step.replace("~1", "/")
                            .replace("%7B", "{")
                            .replace("%7D", "}")
                            .replace("%20", " ")
                            .replace("~0", "~");
            Object next =
                    at instanceof List<?> list
                            ? list.get(Integer.parseInt(name))
                            : object(at).get(name);
            if (next == null) {
                throw new AssertionError(ref + " leads nowhere, at " + name);
            }
            at = next;
        }
        return at;
    }

    /** Every reference in the document. */
    List<String> references() {
        List<String> all = new ArrayList<>();
        collect(root, all);
        return all;
    }

    private static void collect(Object value, List<String> refs) {
        if (value instanceof Map<?, ?> map) {
            if (map.get("$ref") instanceof String ref) {
                refs.add(ref);
            }
            map.values().forEach(each -> collect(each, refs));
        } else if (value instanceof List<?> list) {
            list.forEach(each -> collect(each, refs));
        }
    }

    /** The names of a kind of component. */
    Map<String, Object> components(String kind) {
        return object(object(root.get("components")).get(kind));
    }

    /** The document itself. */
    Map<String, Object> root() {
        return root;
    }

    /** A JSON object; empty for none. */
    @SuppressWarnings("unchecked") // Json gives objects as maps by name, and nothing else as maps.
    static Map<String, Object> object(@Nullable Object value) {
        return value == null ? new LinkedHashMap<>() : (Map<String, Object>) value;
    }
}
