package dev.rocket.bootstrap.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rocket.bootstrap.process.RunningRocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A browser and a packaged server that serves the page from a source tree: a copy of this one. */
class SourcePageIT {

    private static final Path PAGES =
            Path.of("adapters-http/src/main/resources/dev/rocket/http/web");

    @TempDir private Path folder = Path.of("");
    @TempDir private Path profile = Path.of("");

    private Path copies = Path.of("");

    @BeforeEach
    void copy() throws IOException {
        copies = Files.createDirectories(folder.resolve(PAGES));
        Path root = Path.of("").toAbsolutePath().resolveSibling("");
        try (Stream<Path> files = Files.list(root.resolve(PAGES))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copies.resolve(file.getFileName()));
            }
        }
    }

    private RunningRocket start(int port) throws IOException, InterruptedException {
        Map<String, String> settings =
                Map.of(
                        "ROCKET_ENV",
                        "development",
                        "ROCKET_ADMIN_TOKEN",
                        RunningRocket.TOKEN,
                        "ROCKET_JAVA_OPTS",
                        "-Drocket.home=" + folder.resolve("bootstrap/target/rocket"));
        return RunningRocket.start(folder, settings, port);
    }

    private void title(String title) throws IOException {
        Path html = copies.resolve("index.html");
        String text = Files.readString(html);
        String changed = text.replaceFirst("<title>[^<]*", "<title>" + title);
        Files.writeString(html, changed);
    }

    @Test
    void a_page_is_loaded_anew_when_its_files_change_and_when_another_server_answers()
            throws IOException, InterruptedException {
        try (Browser browser = Browser.start(profile)) {
            Tab tab = browser.tab();
            int port;
            try (RunningRocket server = start(0)) {
                port = server.url().getPort();
                tab.open(server.url().toString());
                tab.await("document.title === 'Rocket'");
                title("Rocket, edited");
                tab.await("document.title === 'Rocket, edited'");
                assertEquals(List.of(), tab.errors(401));
                tab.evaluate("window.marked = true");
                assertEquals(0, server.stop(), server.said());
            }
            try (RunningRocket server = start(port)) {
                tab.await("window.marked === undefined && document.title === 'Rocket, edited'");
                assertEquals(0, server.stop(), server.said());
            }
        }
    }
}
