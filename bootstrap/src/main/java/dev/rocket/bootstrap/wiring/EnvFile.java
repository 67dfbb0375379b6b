package dev.rocket.bootstrap.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A {@code .env} file: {@code NAME=value} lines.
 *
 * <p>Blank lines and lines that begin with {@code #} are skipped, {@code export } before a name is
 * allowed, a value may stand in single or double quotes; unquoted, it ends at a blank followed by
 * {@code #}.
 */
final class EnvFile {

    private EnvFile() {}

    /** The names and values of a file; none when there is no file. Problems are added as lines. */
    static Map<String, String> read(Path file, List<String> problems) {
        Map<String, String> values = new LinkedHashMap<>();
        if (!Files.exists(file)) {
            return values;
        }
        try {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip();
                if (!line.isEmpty() && !line.startsWith("#") && !put(line, values)) {
                    problems.add(
                            file + ":" + (i + 1) + " is not NAME=value; mend or remove the line.");
                }
            }
        } catch (IOException e) {
            problems.add(file + " cannot be read (" + e.getMessage() + "); check its rights.");
        }
        return values;
    }

    private static boolean put(String line, Map<String, String> values) {
        String text = line.startsWith("export ") ? line.substring(7).strip() : line;
        int equals = text.indexOf('=');
        if (equals < 1 || !text.substring(0, equals).strip().matches("[A-Za-z_][A-Za-z0-9_]*")) {
            return false;
        }
        String value = text.substring(equals + 1).strip();
        char quote = value.isEmpty() ? ' ' : value.charAt(0);
        if (quote == '"' || quote == '\'') {
            int end = value.indexOf(quote, 1);
            if (end < 0) {
                return false;
            }
            value = value.substring(1, end);
        } else if (value.contains(" #")) {
            value = value.substring(0, value.indexOf(" #")).strip();
        }
        values.put(text.substring(0, equals).strip(), value);
        return true;
    }
}
