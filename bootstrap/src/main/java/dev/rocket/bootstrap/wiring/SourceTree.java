package dev.rocket.bootstrap.wiring;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The source tree that the program was built in, while it still runs there.
 *
 * @param home the folder of the distribution; empty when it runs from classes
 */
record SourceTree(String home) {

    private static final String PAGES = "adapters-http/src/main/resources/dev/rocket/http/web";

    /** That of this process. */
    static SourceTree ofProcess() {
        return new SourceTree(System.getProperty("rocket.home", ""));
    }

    /** The folder of the page's files; empty when the program was taken elsewhere. */
    Optional<Path> pages() {
        return Optional.of(Path.of(home).resolve("../../..").resolve(PAGES).normalize())
                .filter(folder -> !home.isEmpty() && Files.isDirectory(folder));
    }
}
