package dev.rocket.bootstrap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

class HelpTest {

    private static final int COLUMNS = 80;

    /** Every command of the tree, called by the words that lead to it. */
    private static Stream<Named<CommandSpec>> commands() {
        List<CommandSpec> found = new ArrayList<>();
        collect(new CommandLine(new Rocket()), found);
        assertTrue(found.stream().anyMatch(c -> c.qualifiedName().equals("rocket token create")));
        return found.stream().map(command -> Named.of(command.qualifiedName(), command));
    }

    private static void collect(CommandLine line, List<CommandSpec> found) {
        found.add(line.getCommandSpec());
        line.getSubcommands().values().forEach(below -> collect(below, found));
    }

    private static Run help(String words) {
        String[] parts = (words + " --help").split(" ", -1);
        return Run.of((Object[]) Arrays.copyOfRange(parts, 1, parts.length));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void the_help_fits_eighty_columns_as_it_was_written(CommandSpec command) {
        List<String> lines = help(command.qualifiedName()).out().lines().toList();
        for (String line : lines) {
            assertTrue(line.length() <= COLUMNS, line);
        }
        // What is too wide would be broken by the printer, and pass the check above.
        UsageMessageSpec written = command.usageMessage();
        assertTrue(
                written.description().length > 0,
                command.qualifiedName() + " says not what it does");
        for (String[] block : List.of(written.description(), written.footer())) {
            for (String line : block) {
                assertTrue(lines.contains(line), "broken or missing: " + line);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void the_help_names_every_option_and_says_what_it_does(CommandSpec command) {
        Run help = help(command.qualifiedName());
        assertEquals(0, help.code(), help.err());
        for (OptionSpec option : command.options()) {
            assertFalse(option.hidden(), option.longestName());
            assertTrue(String.join("", option.description()).length() > 5, option.longestName());
            for (String name : option.names()) {
                assertTrue(help.out().matches("(?s).*[ \\[,]" + name + "[ =,\\[\\]\n].*"), name);
            }
        }
        for (PositionalParamSpec place : command.positionalParameters()) {
            String label = place.paramLabel();
            String told = String.join("", place.description());
            assertTrue(told.length() > 5, label);
            String opening = told.substring(0, Math.min(30, told.length()));
            assertTrue(
                    help.out().matches("(?s).*\\Q" + label + "\\E.* \\Q" + opening + "\\E.*"),
                    label);
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void a_command_above_names_the_command_in_its_help(CommandSpec command) {
        String words = command.qualifiedName();
        int last = words.lastIndexOf(' ');
        String above = last < 0 ? words : words.substring(0, last);
        String listed = last < 0 ? "Commands:" : "\n  " + words.substring(last + 1) + " ";
        assertTrue(help(above).out().contains(listed), listed);
    }
}
