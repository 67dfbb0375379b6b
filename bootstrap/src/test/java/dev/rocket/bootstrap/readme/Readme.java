package dev.rocket.bootstrap.readme;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** README, cut into the parts that tests compare. */
public final class Readme {

    private static final Path ROOT = Path.of("").toAbsolutePath().resolveSibling("");
    private static final Pattern FENCED =
            Pattern.compile("^```(\\w+)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    private Readme() {}

    /**
     * A fenced block.
     *
     * @param language what stands behind the fence
     * @param text its lines
     */
    public record Block(String language, String text) {}

    /** A file of the repository. */
    public static String read(String path) throws IOException {
        return Files.readString(ROOT.resolve(path));
    }

    /** What stands between two texts, which must both be there. */
    public static String between(String text, String begin, String end) {
        int start = text.indexOf(begin);
        assertTrue(start >= 0, "missing: " + begin);
        start += begin.length();
        int stop = text.indexOf(end, start);
        assertTrue(stop >= 0, "missing after " + begin + ": " + end);
        return text.substring(start, stop);
    }

    /** What stands below a heading. */
    public static String section(String title) throws IOException {
        return between(read("README.md") + "\n## ", "\n## " + title + "\n", "\n## ");
    }

    /** What stands between two marks of a part that the program or its code gives. */
    public static String marked(String name) throws IOException {
        String end = "<!-- end of " + name + " -->\n";
        return between(read("README.md"), "<!-- " + name + " -->\n", end).strip();
    }

    /** The fenced blocks in a text. */
    public static List<Block> blocks(String text) {
        List<Block> blocks = new ArrayList<>();
        Matcher fenced = FENCED.matcher(text);
        while (fenced.find()) {
            blocks.add(new Block(fenced.group(1), fenced.group(2)));
        }
        return blocks;
    }
}
