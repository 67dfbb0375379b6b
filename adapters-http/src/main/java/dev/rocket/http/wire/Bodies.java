package dev.rocket.http.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * A JSON object, read once, strictly, from begin to end.
 *
 * <p>Refused, each with path, line and column: unknown and repeated members, wrong types, text that
 * is no UTF-8, anything behind the object, nesting beyond {@link #DEPTH}, numbers beyond {@link
 * #NUMBER_CHARS} digits. Nothing is built in between: values go straight to whoever asks. Source:
 * RFC 8259.
 */
public final class Bodies {

    /** Objects and arrays within each other. */
    public static final int DEPTH = 16;

    /** Characters of a number. */
    public static final int NUMBER_CHARS = 20;

    private static final int NAME_CHARS = 100;
    private static final int POOLED = 64;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEPTH)
                                    .maxNumberLength(NUMBER_CHARS)
                                    .maxNameLength(NAME_CHARS)
                                    .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .disable(JsonFactory.Feature.CHARSET_DETECTION)
                    .recyclerPool(JsonRecyclerPools.newBoundedPool(POOLED))
                    .build();

    private final JsonParser parser;
    private final Part part;

    /** A part of a text, with its place for messages. */
    public static final class Part {

        private final byte[] bytes;
        private final int from;
        private final int to;
        private final Malformed.Place begin;

        private Part(byte[] bytes, int from, int to, Malformed.Place begin) {
            this.bytes = bytes;
            this.from = from;
            this.to = to;
            this.begin = begin;
        }

        /** A whole text. */
        public static Part whole(byte[] bytes) {
            return new Part(bytes, 0, bytes.length, new Malformed.Place(1, 1));
        }

        private Malformed.Place at(JsonLocation there) {
            int line = there.getLineNr();
            int column = there.getColumnNr();
            int before = line == 1 ? begin.column() - 1 : 0;
            return new Malformed.Place(begin.line() + line - 1, before + column);
        }
    }

    /** Takes the value of one member. */
    public interface Member {

        /**
         * Takes the value that is next; throws {@link Bodies#unknown} for a name it does not know.
         *
         * @throws IOException when the text is no JSON
         */
        void take(String name) throws IOException;
    }

    /**
     * Reads something.
     *
     * @param <T> what it makes
     */
    public interface Reading<T> {

        /**
         * Reads the object, whole.
         *
         * @throws IOException when the text is no JSON
         */
        T read(Bodies body) throws IOException;
    }

    private Bodies(JsonParser parser, Part part) {
        this.parser = parser;
        this.part = part;
    }

    /**
     * Reads a text.
     *
     * @throws Malformed when it is no JSON, or is not what the reading wants
     */
    public static <T> T read(byte[] text, Reading<T> reading) {
        return read(Part.whole(text), reading);
    }

    /**
     * Reads a part of a text.
     *
     * @throws Malformed when it is no JSON, or is not what the reading wants
     */
    public static <T> T read(Part part, Reading<T> reading) {
        if (part.to == part.from) {
            throw empty(part);
        }
        try (JsonParser parser = FACTORY.createParser(part.bytes, part.from, part.to - part.from)) {
            Bodies body = new Bodies(parser, part);
            if (parser.nextToken() == null) {
                throw empty(part);
            }
            T result = reading.read(body);
            if (parser.nextToken() != null) {
                throw body.bad(ProblemType.MALFORMED, "is followed by something else");
            }
            return result;
        } catch (StreamConstraintsException e) {
            throw malformed(part, e, "exceeds a bound: " + plain(e.getOriginalMessage()));
        } catch (JsonProcessingException e) {
            throw malformed(part, e, "is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new Malformed(ProblemType.MALFORMED, "", "is not UTF-8", part.begin);
        }
    }

    /** The library's message without the name of its own setting. */
    private static String plain(String message) {
        int from = message.indexOf(", from `");
        return from < 0 ? message : message.substring(0, from) + ")";
    }

    private static Malformed empty(Part part) {
        return new Malformed(ProblemType.MALFORMED, "", "is empty; send a JSON object", part.begin);
    }

    private static Malformed malformed(Part part, JsonProcessingException e, String problem) {
        JsonLocation at = e.getLocation();
        Malformed.Place place = at == null ? part.begin : part.at(at);
        return new Malformed(ProblemType.MALFORMED, "", problem, place);
    }

    /**
     * Takes the object that is next, member by member.
     *
     * @throws IOException when the text is no JSON
     * @throws Malformed when it is no object
     */
    public void object(Member member) throws IOException {
        if (!parser.isExpectedStartObjectToken()) {
            throw wrong("an object");
        }
        String name = parser.nextFieldName();
        while (name != null) {
            parser.nextToken();
            member.take(name);
            name = parser.nextFieldName();
        }
    }

    /**
     * Takes the array of objects that is next, each by {@code item}.
     *
     * @throws IOException when the text is no JSON
     * @throws Malformed when it is no array
     */
    public void array(Member item) throws IOException {
        if (!parser.isExpectedStartArrayToken()) {
            throw wrong("an array");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            item.take("");
        }
    }

    /**
     * The text that is next.
     *
     * @throws IOException when the text is no JSON
     * @throws Malformed when it is none
     */
    public String text() throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            throw wrong("a text");
        }
        return parser.getText();
    }

    /**
     * What is made of the text that is next; empty for null.
     *
     * @throws IOException when the text is no JSON
     * @throws Malformed when it is something else
     */
    public <T> Optional<T> maybe(Function<String, T> made) throws IOException {
        return isNull() ? Optional.empty() : Optional.of(made.apply(text()));
    }

    /** Whether null is next, which clears a member (RFC 7396). */
    public boolean isNull() {
        return parser.hasToken(JsonToken.VALUE_NULL);
    }

    /**
     * The whole number that is next, not negative.
     *
     * @throws IOException when the text is no JSON
     * @throws Malformed when it is none
     */
    public long count() throws IOException {
        boolean fits =
                parser.hasToken(JsonToken.VALUE_NUMBER_INT)
                        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                        && parser.getLongValue() >= 0;
        if (!fits) {
            throw wrong("a whole number from 0");
        }
        return parser.getLongValue();
    }

    /** The truth that is next; Malformed when it is none. */
    public boolean truth() {
        if (!parser.hasToken(JsonToken.VALUE_TRUE) && !parser.hasToken(JsonToken.VALUE_FALSE)) {
            throw wrong("true or false");
        }
        return parser.hasToken(JsonToken.VALUE_TRUE);
    }

    /** The id in the text that was just taken; Malformed when it is none. */
    public UUID id(String text) {
        UUID id = Uuids.parse(text);
        if (id == null) {
            throw bad(ProblemType.INVALID, "must be an id, a UUID of 36 characters");
        }
        return id;
    }

    /**
     * The texts in the array that is next; none for null.
     *
     * @throws IOException when the text is no JSON
     * @throws Malformed when it is something else
     */
    public List<String> texts() throws IOException {
        List<String> texts = new ArrayList<>();
        if (!isNull()) {
            array(item -> texts.add(text()));
        }
        return texts;
    }

    /**
     * What is made of the ids in the array that is next; nothing for null.
     *
     * @throws IOException when the text is no JSON
     * @throws Malformed when it is something else
     */
    public <T> List<T> ids(Function<UUID, T> made) throws IOException {
        List<T> ids = new ArrayList<>();
        if (!isNull()) {
            array(item -> ids.add(made.apply(id(text()))));
        }
        return ids;
    }

    /**
     * Where the object that is next stands; it is skipped.
     *
     * @throws IOException when the text is no JSON
     * @throws Malformed when it is no object
     */
    public Part skipped() throws IOException {
        if (!parser.isExpectedStartObjectToken()) {
            throw wrong("an object");
        }
        JsonLocation begin = parser.currentTokenLocation();
        parser.skipChildren();
        int from = part.from + (int) begin.getByteOffset();
        int to = part.from + (int) parser.currentLocation().getByteOffset();
        return new Part(part.bytes, from, to, part.at(begin));
    }

    /** The fault of a member that is not known here. */
    public Malformed unknown() {
        return bad(ProblemType.INVALID, "is not a member that is known here");
    }

    /** The fault of a member that must hold something. */
    public Malformed needed() {
        return bad(ProblemType.INVALID, "cannot be cleared");
    }

    private Malformed wrong(String wanted) {
        return bad(ProblemType.INVALID, "must be " + wanted);
    }

    private Malformed bad(ProblemType type, String problem) {
        String pointer = parser.getParsingContext().pathAsPointer().toString();
        String path = pointer.isEmpty() ? "" : pointer.substring(1);
        return new Malformed(type, path, problem, part.at(parser.currentTokenLocation()));
    }
}
