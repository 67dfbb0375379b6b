package dev.rocket.bootstrap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.readme.LimitsTable;
import dev.rocket.bootstrap.readme.Readme;
import java.io.IOException;
import java.io.StringReader;
import java.util.concurrent.Callable;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import picocli.CommandLine;

class ReadmeTest {

    private static String block(String language) throws IOException {
        return Readme.blocks(Readme.section("Embed")).stream()
                .filter(block -> block.language().equals(language))
                .map(Readme.Block::text)
                .findFirst()
                .orElseThrow();
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
        Run run = Run.of("config", "--markdown");
        assertEquals(0, run.code(), run.err());
        assertEquals(run.out().strip(), Readme.marked("configuration"));
    }

    @Test
    void the_table_of_limits_is_read_from_the_code()
            throws IOException, ReflectiveOperationException {
        assertEquals(LimitsTable.markdown().strip(), Readme.marked("limits"));
    }

    @Test
    void the_table_of_commands_has_every_command_and_what_its_help_says() throws IOException {
        StringBuilder table = new StringBuilder("| command | what it does |\n|---|---|\n");
        list(new CommandLine(new Rocket()), table);
        assertEquals(table.toString().strip(), Readme.marked("commands"));
    }

    private static void list(CommandLine above, StringBuilder table) {
        for (CommandLine line : above.getSubcommands().values()) {
            CommandLine.Model.CommandSpec command = line.getCommandSpec();
            if (line.getSubcommands().isEmpty() || line.getCommand() instanceof Callable) {
                table.append("| `").append(command.qualifiedName()).append("` | ");
                table.append(command.usageMessage().description()[0]).append(" |\n");
            }
            list(line, table);
        }
    }

    @Test
    void the_exit_codes_are_those_that_the_help_names() throws IOException {
        StringBuilder table = new StringBuilder("| exit code | meaning |\n|---|---|\n");
        for (String line : new CommandLine(new Rocket()).getCommandSpec().usageMessage().footer()) {
            if (line.matches("  \\d  .*")) {
                table.append("| ").append(line.charAt(2)).append(" | ");
                table.append(line.substring(5)).append(" |\n");
            }
        }
        assertEquals(table.toString().strip(), Readme.marked("exit codes"));
    }

    @Test
    void the_code_for_embedding_is_compiled_and_run_by_the_build() throws IOException {
        String example =
                Readme.read(
                        "adapters-sqlite/src/test/java/dev/rocket/sqlite/example/"
                                + "EmbeddingExample.java");
        String shown =
                Readme.between(example, "// README: begin\n", "// README: end\n").stripIndent();
        assertTrue(shown.lines().count() <= 30, "too long to be read at a glance");
        assertEquals(shown.strip(), block("java").strip());
    }

    @Test
    void the_code_for_joining_a_transaction_is_compiled_and_run_by_the_build() throws IOException {
        String example =
                Readme.read(
                        "adapters-postgres/src/test/java/dev/rocket/postgres/example/"
                                + "JoiningExample.java");
        String shown =
                Readme.between(example, "// README: begin\n", "// README: end\n").stripIndent();
        String section = Readme.section("Embed in your own transaction");
        assertEquals(shown.strip(), Readme.between(section, "```java\n", "```\n").strip());
    }

    @Test
    void the_dependency_for_embedding_is_what_the_build_makes()
            throws IOException, ParserConfigurationException, SAXException {
        Element dependency = xml(block("xml"));
        Element module = xml(Readme.read("adapters-sqlite/pom.xml"));
        assertEquals(first(module, "groupId"), first(dependency, "groupId"));
        assertEquals(first(module, "version"), first(dependency, "version"));
        Element own = (Element) module.getElementsByTagName("artifactId").item(1);
        assertEquals(own.getTextContent().strip(), first(dependency, "artifactId"));
    }
}
