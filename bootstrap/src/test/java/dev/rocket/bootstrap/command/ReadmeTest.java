package dev.rocket.bootstrap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class ReadmeTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().resolveSibling("");

    private static String read(String path) throws IOException {
        return Files.readString(ROOT.resolve(path));
    }

    /** What stands between two texts, which must both be there. */
    private static String between(String text, String begin, String end) {
        int start = text.indexOf(begin);
        assertTrue(start >= 0, "missing: " + begin);
        start += begin.length();
        int stop = text.indexOf(end, start);
        assertTrue(stop >= 0, "missing after " + begin + ": " + end);
        return text.substring(start, stop);
    }

    private static String embedding() throws IOException {
        String readme = read("README.md") + "\n## ";
        return between(readme, "\n## Embed\n", "\n## ");
    }

    private static Element xml(String text)
            throws ParserConfigurationException, SAXException, IOException {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(text)))
                .getDocumentElement();
    }

    /** The text of the first element of that name, which stands before those of dependencies. */
    private static String first(Element xml, String name) {
        return xml.getElementsByTagName(name).item(0).getTextContent().strip();
    }

    @Test
    void the_table_of_settings_is_the_one_that_the_program_prints() throws IOException {
        String table =
                between(
                        read("README.md"),
                        "<!-- configuration -->\n",
                        "<!-- end of configuration -->\n");
        Run run = Run.of("config", "--markdown");
        assertEquals(0, run.code(), run.err());
        assertEquals(run.out().strip(), table.strip());
    }

    @Test
    void the_code_for_embedding_is_compiled_and_run_by_the_build() throws IOException {
        String example =
                read(
                        "adapters-sqlite/src/test/java/dev/rocket/sqlite/example/"
                                + "EmbeddingExample.java");
        String shown = between(example, "// README: begin\n", "// README: end\n").stripIndent();
        assertTrue(shown.lines().count() <= 30, "too long to be read at a glance");
        assertEquals(shown.strip(), between(embedding(), "```java\n", "```\n").strip());
    }

    @Test
    void the_dependency_for_embedding_is_what_the_build_makes()
            throws IOException, ParserConfigurationException, SAXException {
        Element dependency = xml(between(embedding(), "```xml\n", "```\n"));
        Element module = xml(read("adapters-sqlite/pom.xml"));
        assertEquals(first(module, "groupId"), first(dependency, "groupId"));
        assertEquals(first(module, "version"), first(dependency, "version"));
        Element own = (Element) module.getElementsByTagName("artifactId").item(1);
        assertEquals(own.getTextContent().strip(), first(dependency, "artifactId"));
    }
}
