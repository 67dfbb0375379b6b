package dev.rocket.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * When the launcher starts the server again, with a server that only says that it came and went.
 */
class LauncherDevelopTest {

    @TempDir Path folder;

    private Clone clone = new Clone(new Machine(Path.of(""), Map.of()), Path.of(""));

    @BeforeEach
    void a_clone_whose_program_runs_until_it_is_told_to_end() throws IOException {
        clone = Clone.on(folder);
        clone.machine().jdk(clone.machine().at("usr/lib/jvm/java-25"), "25");
        clone.machine()
                .script(
                        clone.machine().at("bin/mvn.program"),
                        "trap 'echo down; kill $!; exit 7' TERM",
                        "echo up $*",
                        "sleep 600 > /dev/null &",
                        "wait");
    }

    private Process start(String... words) throws IOException {
        String[] command = new String[words.length + 1];
        command[0] = clone.at("rocket").toString();
        System.arraycopy(words, 0, command, 1, words.length);
        return clone.machine()
                .command(clone.machine().folder(), command)
                .redirectError(clone.machine().at("said").toFile())
                .start();
    }

    private void asked() {
        clone.machine().environment().put("ROCKET_ENV", "development");
    }

    private void save(String name) throws IOException {
        Path file = clone.at(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, "saved at " + System.nanoTime());
    }

    @Test
    void settings_and_classes_that_change_start_the_server_again_and_pages_do_not()
            throws IOException, InterruptedException {
        asked();
        Process launcher = start("serve", "--port", "1");
        try (BufferedReader said = launcher.inputReader()) {
            assertEquals("up serve --port 1", said.readLine());
            Files.writeString(clone.machine().at(".env"), "PORT=2\n");
            assertEquals("down", said.readLine());
            assertEquals("up serve --port 1", said.readLine());
            assertEquals(1, clone.calls().size(), "settings need no build");
            save("adapters-http/src/main/resources/dev/rocket/http/web/app.js");
            save("core/src/main/A.java");
            assertEquals("down", said.readLine());
            assertEquals("up serve --port 1", said.readLine());
            assertEquals(2, clone.calls().size());
            launcher.toHandle().destroy();
            assertEquals("down", said.readLine());
            assertEquals(7, Machine.end(launcher), "it ends as the server does");
        }
    }

    @Test
    void a_build_that_fails_is_told_and_leaves_the_server_alone()
            throws IOException, InterruptedException {
        asked();
        Process launcher = start("serve");
        try (BufferedReader said = launcher.inputReader()) {
            assertEquals("up serve", said.readLine());
            clone.maven("echo '[ERROR] A.java:[1,2] wrong'", "exit 1");
            save("core/src/main/A.java");
            while (clone.calls().size() < 2) {
                Thread.onSpinWait();
            }
            clone.maven(Clone.BUILT);
            save("core/src/main/A.java");
            assertEquals("down", said.readLine());
            assertEquals("up serve", said.readLine());
            launcher.toHandle().destroy();
            assertEquals("down", said.readLine());
            Machine.end(launcher);
        }
        String told = Files.readString(clone.machine().at("said"));
        assertTrue(told.contains("[ERROR] A.java:[1,2] wrong"), told);
    }

    @Test
    void a_server_that_ends_by_itself_ends_the_launcher() throws IOException, InterruptedException {
        clone.machine().script(clone.machine().at("bin/mvn.program"), "echo up", "exit 2");
        Files.writeString(clone.machine().at(".env"), "ROCKET_ENV=development\n");
        Process launcher = start("serve");
        assertEquals(2, Machine.end(launcher));
    }

    @Test
    void nothing_is_watched_unless_somebody_asked_for_development()
            throws IOException, InterruptedException {
        for (String env : new String[] {"", "production"}) {
            clone.machine().environment().put("ROCKET_ENV", env);
            Process launcher = start("serve");
            try (BufferedReader said = launcher.inputReader()) {
                assertEquals("up serve", said.readLine());
                launcher.toHandle().destroy();
                assertEquals("down", said.readLine());
                assertEquals(7, Machine.end(launcher));
            }
            assertTrue(Files.notExists(clone.at("bootstrap/target/launcher.seen")));
        }
    }
}
