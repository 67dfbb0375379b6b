package dev.rocket.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON texts as maps and lists, for tests. */
final class Json {

    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /** The object in an answer's body. */
    static Map<String, Object> object(HttpResponse<String> answer) {
        return object(answer.body());
    }

    /** The object in a text. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> object(String text) {
        return (Map<String, Object>) parse(text);
    }

    /** A text member of an answer's body; empty when it is missing. */
    static String text(HttpResponse<String> answer, String name) {
        return String.valueOf(object(answer).getOrDefault(name, ""));
    }

    /** The items of a list. */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> items(HttpResponse<String> answer) {
        return (List<Map<String, Object>>) object(answer).getOrDefault("items", List.of());
    }

    /** A member of each item of a list. */
    static List<String> each(HttpResponse<String> answer, String name) {
        return items(answer).stream().map(item -> String.valueOf(item.get(name))).toList();
    }

    private static Object parse(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            parser.nextToken();
            return value(parser);
        } catch (IOException e) {
            throw new UncheckedIOException("no JSON: " + text, e);
        }
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> members = new LinkedHashMap<>();
                for (String name = parser.nextFieldName();
                        name != null;
                        name = parser.nextFieldName()) {
                    parser.nextToken();
                    members.put(name, value(parser));
                }
                yield members;
            }
            case START_ARRAY -> {
                List<Object> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser));
                }
                yield items;
            }
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
            default -> parser.getText();
        };
    }
}
