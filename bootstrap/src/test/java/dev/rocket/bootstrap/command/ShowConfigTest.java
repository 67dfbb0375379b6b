package dev.rocket.bootstrap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.rocket.bootstrap.wiring.ConfigReader;
import dev.rocket.bootstrap.wiring.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShowConfigTest {

    private static final Map<String, String> ENVIRONMENT =
            Map.of(
                    "ROCKET_ADMIN_TOKEN", "do-not-show-this-to-anybody",
                    "ROCKET_DB_PATH", "a \"quoted\" \\ name \u00fc.db",
                    "PORT", "not a port");

    @TempDir private Path folder = Path.of("");

    private ConfigReader.Found found() {
        return new ConfigReader(ENVIRONMENT, folder).find(Map.of());
    }

    /** The members of a JSON object whose members are objects of texts, flat and in order. */
    private static List<String> members(String json) throws IOException {
        List<String> members = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            assertEquals(JsonToken.START_OBJECT, parser.nextToken());
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                StringBuilder member = new StringBuilder(parser.currentName());
                assertEquals(JsonToken.START_OBJECT, parser.nextToken());
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    member.append('|').append(parser.currentName());
                    assertEquals(JsonToken.VALUE_STRING, parser.nextToken());
                    member.append('=').append(parser.getText());
                }
                members.add(member.toString());
            }
            assertEquals(JsonToken.END_OBJECT, parser.currentToken());
            assertFalse(parser.nextToken() != null, "something follows the object");
        }
        return members;
    }

    @Test
    void the_table_has_a_line_a_setting_with_value_and_source_and_no_secret() {
        List<String> lines = ShowConfig.text(found()).lines().toList();
        assertEquals(Setting.values().length, lines.size());
        for (Setting setting : Setting.values()) {
            assertTrue(
                    lines.stream().anyMatch(line -> line.startsWith(setting.key() + " ")),
                    setting.key());
        }
        String text = String.join("\n", lines);
        assertTrue(text.contains("********"), text);
        assertFalse(text.contains("do-not-show"), text);
        assertTrue(lines.get(0).matches("PORT +not a port +environment +port"), lines.get(0));
    }

    @Test
    void the_json_is_one_object_with_value_source_and_unit_of_each_setting() throws IOException {
        String json = ShowConfig.json(found());
        assertEquals(1, json.lines().count());
        List<String> members = members(json);
        assertEquals(Setting.values().length, members.size());
        assertEquals("PORT|value=not a port|source=environment|unit=port", members.get(0));
        assertTrue(
                members.contains(
                        "ROCKET_DB_PATH|value=a \"quoted\" \\ name \u00fc.db|source=environment"
                                + "|unit=path"),
                members.toString());
        assertTrue(
                members.contains(
                        "ROCKET_ADMIN_TOKEN|value=********|source=environment|unit=secret"),
                members.toString());
        assertFalse(json.contains("do-not-show"), json);
    }

    @Test
    void the_command_prints_what_this_process_would_go_by() throws IOException {
        Run text = Run.of("config");
        assertEquals(0, text.code(), text.err());
        assertEquals(ShowConfig.text(ConfigReader.ofProcess().find(Map.of())), text.out());
        Run json = Run.of("config", "--json");
        assertEquals(Setting.values().length, members(json.out()).size());
    }

    @Test
    void the_markdown_has_a_row_a_setting_and_no_bar_that_would_break_it() {
        List<String> lines = Run.of("config", "--markdown").out().lines().toList();
        assertEquals(2 + Setting.values().length, lines.size());
        for (String line : lines) {
            assertEquals(5, line.chars().filter(c -> c == '|').count(), line);
        }
    }
}
