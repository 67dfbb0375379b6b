package dev.rocket.bootstrap.wiring;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Settings of an environment alone, in a folder without files. */
abstract class Configured {

    @TempDir Path folder = Path.of("");

    /** The configuration of an environment, given as NAME=value, one a word. */
    final Config of(String... variables) {
        Map<String, String> environment = new HashMap<>();
        for (String variable : variables) {
            int equals = variable.indexOf('=');
            environment.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        return Config.of(new ConfigReader(environment, folder).find(Map.of()));
    }

    final List<String> refused(String... variables) {
        ConfigException e = assertThrows(ConfigException.class, () -> of(variables));
        return String.valueOf(e.getMessage()).lines().toList();
    }
}
