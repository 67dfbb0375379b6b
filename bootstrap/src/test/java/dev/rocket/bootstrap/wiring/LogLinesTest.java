package dev.rocket.bootstrap.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Installs the log as a server does, on a standard output that the test reads. */
class LogLinesTest {

    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?Z";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream before = System.out;
    private final Logger root = Logger.getLogger("");
    private final Logger own = Logger.getLogger("dev.rocket");
    private final List<Handler> handlers = List.of(root.getHandlers());
    private final Level rootLevel = root.getLevel();

    @BeforeEach
    void takeStandardOutput() {
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void giveItBack() {
        System.setOut(before);
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        handlers.forEach(root::addHandler);
        root.setLevel(rootLevel);
        own.setLevel(null);
    }

    private static void install(boolean json, String level) {
        LogLines.install(new Config.LogConfig(json, level));
    }

    private static System.Logger log(String part) {
        return System.getLogger("dev.rocket." + part);
    }

    private List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static Map<String, String> object(String line) throws IOException {
        Map<String, String> members = new LinkedHashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(line)) {
            assertEquals(JsonToken.START_OBJECT, parser.nextToken());
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                assertEquals(JsonToken.VALUE_STRING, parser.nextToken(), name);
                members.put(name, parser.getText());
            }
            assertEquals(JsonToken.END_OBJECT, parser.currentToken());
            assertEquals(null, parser.nextToken());
        }
        return members;
    }

    @Test
    void a_text_line_says_when_how_bad_where_and_what() {
        install(false, "info");
        log("store").log(System.Logger.Level.WARNING, "gr\u00fcn {0}");
        assertEquals(1, lines().size());
        assertTrue(
                lines().get(0).matches(TIME + " WARN  store: gr\u00fcn \\{0\\}"), lines().get(0));
    }

    @Test
    void a_json_line_is_one_object_whatever_it_tells() throws IOException {
        install(true, "info");
        String message = "a \"quote\", a \\, a\nline, a \u0001 and a \u2028";
        log("http.live").log(System.Logger.Level.INFO, message);
        assertEquals(1, lines().size(), lines().toString());
        Map<String, String> told = object(lines().get(0));
        assertEquals(List.of("time", "level", "part", "message"), List.copyOf(told.keySet()));
        assertTrue(String.valueOf(told.get("time")).matches(TIME), told.toString());
        assertEquals("info", told.get("level"));
        assertEquals("http.live", told.get("part"));
        assertEquals(message, told.get("message"));
    }

    @Test
    void an_exception_is_told_with_its_trace_and_causes() throws IOException {
        Exception thrown = new IOException("no disk", new IllegalStateException("cable"));
        install(false, "info");
        log("store").log(System.Logger.Level.ERROR, "Failed", thrown);
        assertEquals(1, lines().size(), lines().toString());
        String line = lines().get(0);
        assertTrue(
                line.contains("ERROR store: Failed | java.io.IOException: no disk | at dev."),
                line);
        assertTrue(line.contains(" | Caused by: java.lang.IllegalStateException: cable | "), line);
        bytes.reset();
        install(true, "info");
        log("store").log(System.Logger.Level.ERROR, "Failed", thrown);
        assertEquals(1, lines().size());
        String message = String.valueOf(object(lines().get(0)).get("message"));
        assertTrue(message.startsWith("Failed" + System.lineSeparator() + "java.io.IOException"));
        assertTrue(message.contains("Caused by: java.lang.IllegalStateException: cable"), message);
    }

    @Test
    void nobodys_words_begin_a_line_of_their_own() {
        install(false, "info");
        String forged = "2031-01-01T00:00:00Z ERROR store: all is lost";
        Exception thrown = new IOException("a\r\n" + forged);
        String message = "tab\t, \u001b[2J, \u0085, \u2028\n" + forged + "\r\0";
        log("store").log(System.Logger.Level.INFO, message, thrown);
        assertEquals(1, lines().size(), lines().toString());
        String line = lines().get(0);
        String escaped =
                "tab\\t, \\u001b[2J, \\u0085, \\u2028\\n" + forged + "\\r\\u0000 | java.io.";
        assertTrue(line.contains(" INFO  store: " + escaped), line);
        assertTrue(line.contains("IOException: a | " + forged + " | at "), line);
        assertTrue(line.chars().noneMatch(Character::isISOControl), line);
    }

    @ParameterizedTest
    @CsvSource({"debug, 4", "info, 3", "warn, 2", "error, 1"})
    void what_is_below_the_level_is_not_told(String level, int told) {
        install(false, level);
        log("part").log(System.Logger.Level.DEBUG, "debug");
        log("part").log(System.Logger.Level.INFO, "info");
        log("part").log(System.Logger.Level.WARNING, "warn");
        log("part").log(System.Logger.Level.ERROR, "error");
        assertEquals(told, lines().size(), lines().toString());
        assertTrue(lines().get(0).endsWith(" part: " + level), lines().get(0));
    }

    @Test
    void other_libraries_are_heard_from_warnings_on_under_their_full_name() {
        install(false, "debug");
        System.getLogger("org.example.Pool").log(System.Logger.Level.INFO, "chatter");
        System.getLogger("org.example.Pool").log(System.Logger.Level.WARNING, "trouble");
        assertEquals(1, lines().size(), lines().toString());
        assertTrue(lines().get(0).endsWith(" WARN  org.example.Pool: trouble"), lines().get(0));
    }

    @Test
    void installed_twice_it_tells_each_line_once() {
        install(false, "info");
        install(false, "info");
        log("part").log(System.Logger.Level.INFO, "once");
        assertEquals(1, lines().size(), lines().toString());
    }

    @Test
    void closing_the_log_leaves_standard_output_and_error_open() {
        install(false, "info");
        for (Handler handler : root.getHandlers()) {
            handler.close();
        }
        System.out.println("last words");
        assertFalse(System.out.checkError());
        assertFalse(System.err.checkError());
        assertEquals(List.of("last words"), lines());
        log("part").log(System.Logger.Level.INFO, "and still a line");
        assertEquals(2, lines().size(), lines().toString());
    }
}
