package dev.rocket.bootstrap.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.page.Browser;
import dev.rocket.bootstrap.page.Tab;
import dev.rocket.bootstrap.process.RunningRocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The session in README happens as it is written there.
 *
 * <p>Method: its blocks are carried out from top to bottom. Commands behind a dollar sign are typed
 * into a shell, scripts into the console of a browser that shows the server's page; what either
 * prints is compared with what README says. The server is a packaged one on a new database.
 */
class SessionIT {

    private static final String SERVE = "./rocket serve";
    private static final String HEARD =
            "window.heard = []; console.log = text => void heard.push(text); true";

    /** Stands for the end of a line that a command goes on behind. */
    private static final String TYPED_ON = "\r";

    @TempDir private Path folder;

    private final Transcript transcript = new Transcript();
    private int commands;
    private int messages;

    @Test
    void it_happens_as_it_is_written() throws IOException, InterruptedException {
        Path data = Files.createDirectory(folder.resolve("data"));
        List<Readme.Block> blocks = new ArrayList<>(Readme.blocks(Readme.section("Start")));
        blocks.addAll(Readme.blocks(Readme.section("A session")));
        try (RunningRocket rocket = RunningRocket.start(data, Map.of());
                Shell shell = new Shell(folder);
                Browser browser = Browser.start(folder)) {
            transcript.bind("127.0.0.1:9000", rocket.url().getAuthority());
            Tab tab = browser.tab();
            tab.open(rocket.url().toString());
            tab.await("document.readyState === 'complete'");
            tab.evaluate(HEARD);
            for (Readme.Block block : blocks) {
                switch (block.language()) {
                    case "console" -> type(block.text(), rocket, shell);
                    case "js" ->
                            tab.evaluate("(async () => {" + transcript.now(block.text()) + "})()");
                    case "json" -> hear(block.text(), tab);
                    default -> {}
                }
            }
            assertEquals(Integer.toString(messages), tab.evaluate("heard.length"));
        }
        assertTrue(commands >= 8 && messages >= 3, commands + " commands, " + messages);
    }

    /** Types what stands behind the dollar signs, and compares what stands below each. */
    private void type(String block, RunningRocket rocket, Shell shell)
            throws IOException, InterruptedException {
        assertTrue(block.startsWith("$ "), block);
        for (String step : block.substring(2).split("\n\\$ ", -1)) {
            String[] parts = step.replace("\n> ", TYPED_ON).split("\n", 2);
            String command = parts[0].replace(TYPED_ON, "\n");
            String shown = parts.length > 1 ? parts[1] : "";
            boolean isServer = command.equals(SERVE);
            String said = isServer ? rocket.said() : shell.run(transcript.now(command));
            transcript.assertSame(shown, said);
            commands++;
        }
    }

    /** Waits for as many messages as are shown, and compares them. */
    private void hear(String shown, Tab tab) {
        int more = (int) shown.lines().filter(line -> !line.startsWith("  ")).count();
        tab.await("heard.length >= " + (messages + more));
        String slice = "heard.slice(" + messages + ", " + (messages + more) + ").join('\\n')";
        transcript.assertSame(shown, tab.evaluate(slice));
        messages += more;
    }
}
