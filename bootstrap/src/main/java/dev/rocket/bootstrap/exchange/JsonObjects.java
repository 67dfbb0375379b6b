package dev.rocket.bootstrap.exchange;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a JSON file, one at a time: an array of them, or one a line.
 *
 * <p>A line that is no object is told and passed over, and so is a comma at a line's end. An array
 * that breaks off cannot be read on. Arrays may follow one another, as appended exports do.
 */
final class JsonObjects {

    /**
     * One object.
     *
     * @param where its place in the file, for people
     * @param members texts (numbers and truths as such too), lists and maps of these, in order
     */
    record Found(String where, Map<String, Object> members) {}

    private static final int MAX_DEPTH = 20;
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
                    .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxStringLength(Lines.LINE_BYTES)
                                    .build())
                    .build();

    private final Origin origin;
    private final Optional<JsonParser> array;
    private final Lines lines;

    /**
     * Reads objects.
     *
     * @param in one that can be marked
     */
    JsonObjects(Origin origin, InputStream in) throws IOException {
        this.origin = origin;
        boolean bracket = Format.firstByte(in) == '[';
        this.array = bracket ? Optional.of(JSON.createParser(in)) : Optional.empty();
        this.lines = new Lines(bracket ? InputStream.nullInputStream() : in, false);
        if (array.isPresent()) {
            array.get().nextToken();
        }
    }

    /** The next object; empty at the end. */
    Optional<Found> next() throws IOException {
        return array.isPresent() ? element(array.get()) : line();
    }

    private Optional<Found> element(JsonParser parser) throws IOException {
        try {
            JsonToken token = parser.nextToken();
            while (token != null) {
                if (token == JsonToken.END_ARRAY) {
                    token = nextArray(parser);
                    if (token == null) {
                        return Optional.empty();
                    }
                    continue;
                }
                String where = origin.place("line " + parser.currentTokenLocation().getLineNr());
                if (token == JsonToken.START_OBJECT) {
                    return Optional.of(new Found(where, members(parser)));
                }
                origin.lost(where, "element", parser.getText(), "is no object");
                parser.skipChildren();
                token = parser.nextToken();
            }
            throw new IOException(origin.place("breaks off in the middle of its array"));
        } catch (JsonProcessingException e) {
            long number = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            String what = "line " + number + " is not JSON: " + e.getOriginalMessage();
            throw new IOException(origin.place(what), e);
        }
    }

    private @Nullable JsonToken nextArray(JsonParser parser) throws IOException {
        JsonToken token = parser.nextToken();
        if (token == null) {
            return null;
        }
        if (token != JsonToken.START_ARRAY) {
            String where = "line " + parser.currentTokenLocation().getLineNr();
            throw new IOException(origin.place(where + " goes on after the end of the array"));
        }
        return parser.nextToken();
    }

    private Optional<Found> line() throws IOException {
        for (Optional<Lines.Line> next = lines.next(); next.isPresent(); next = lines.next()) {
            Lines.Line line = next.get();
            String where = origin.place("line " + line.number());
            if (!line.flaw().isEmpty()) {
                origin.lost(where, "line", line.text(), line.flaw());
            }
            if (!line.text().isBlank()) {
                Optional<Map<String, Object>> members = object(line.text(), where);
                if (members.isPresent()) {
                    return Optional.of(new Found(where, members.get()));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Map<String, Object>> object(String line, String where) {
        String text = line.strip();
        String bare = text.endsWith(",") ? text.substring(0, text.length() - 1) : text;
        String why = "is no JSON object";
        try (JsonParser parser = JSON.createParser(bare)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                Map<String, Object> members = members(parser);
                if (parser.nextToken() == null) {
                    return Optional.of(members);
                }
            }
        } catch (JsonProcessingException e) {
            why = "is not JSON: " + e.getOriginalMessage();
        } catch (IOException e) {
            why = "cannot be read: " + e.getMessage();
        }
        origin.lost(where, "line", text, why);
        return Optional.empty();
    }

    private static Map<String, Object> members(JsonParser parser) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        return members;
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> members(parser);
            case START_ARRAY -> {
                List<Object> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser));
                }
                yield items;
            }
            case VALUE_NULL -> "";
            default -> parser.getText();
        };
    }
}
