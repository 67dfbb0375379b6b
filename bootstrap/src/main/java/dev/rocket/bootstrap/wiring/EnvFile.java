package dev.rocket.bootstrap.wiring;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code .env} file: {@code NAME=value} lines.
 *
 * <p>Blank lines and lines that begin with {@code #} are skipped, {@code export } before a name is
 * allowed, a value may stand in single or double quotes, within which nothing has a meaning of its
 * own; unquoted, it ends at a blank followed by {@code #}. Problems name the line and never show a
 * value, since that may be a secret.
 */
final class EnvFile {

    private static final Pattern LINE =
            Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=(.*)");
    private static final Pattern QUOTED =
            Pattern.compile("\\s*(?:\"([^\"]*)\"|'([^']*)')\\s*(?:(?<=\\s)#.*)?");
    private static final Pattern COMMENT = Pattern.compile("\\s#.*");

    private final String name;
    private final List<String> problems;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, Integer> places = new HashMap<>();

    private EnvFile(String name, List<String> problems) {
        this.name = name;
        this.problems = problems;
    }

    /** The names and values of a file; none when there is no file. Problems are added as lines. */
    static Map<String, String> read(Path file, List<String> problems) {
        EnvFile env = new EnvFile(file.toString(), problems);
        if (!Files.exists(file)) {
            return env.values;
        }
        try {
            String text = Files.readString(file);
            // Windows editors put a mark of the encoding before the first name.
            List<String> lines =
                    (text.startsWith("\uFEFF") ? text.substring(1) : text).lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                env.line(i + 1, lines.get(i).strip());
            }
        } catch (CharacterCodingException e) {
            problems.add(file + " is not UTF-8 text; save it as that.");
        } catch (IOException e) {
            problems.add(file + " cannot be read; check that it is a file and that this user may.");
        }
        return env.values;
    }

    private void line(int number, String line) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            problem(number, "is not NAME=value; mend or remove the line.");
            return;
        }
        String text = parts.group(2);
        Matcher quoted = QUOTED.matcher(text);
        boolean quotes = text.strip().startsWith("\"") || text.strip().startsWith("'");
        if (quotes && !quoted.matches()) {
            problem(number, "must close its quotes, once and with nothing but a comment after.");
            return;
        }
        String value = quotes ? inner(quoted) : COMMENT.matcher(text).replaceFirst("").strip();
        Integer before = places.put(parts.group(1), number);
        if (before != null) {
            problem(number, "sets what line " + before + " sets; keep one of them.");
        }
        values.put(parts.group(1), value);
    }

    private static String inner(Matcher quoted) {
        return quoted.group(1) == null ? quoted.group(2) : quoted.group(1);
    }

    private void problem(int number, String what) {
        problems.add(name + ":" + number + " " + what);
    }
}
