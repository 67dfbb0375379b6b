package dev.rocket.bootstrap.process;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The deployment files of the distribution, and what tests do with them. */
final class DeployFiles {

    private DeployFiles() {}

    /** Where one is. */
    static Path at(String name) {
        return Distribution.home().resolve("deploy").resolve(name);
    }

    /** What one says. */
    static String text(String name) throws IOException {
        return Files.readString(at(name));
    }

    /** A port that nobody listens on. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Runs a program in a folder that it takes for home; what it printed, and its end. */
    static Distribution.Result run(Path folder, Map<String, String> more, List<String> words)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("XDG_DATA_HOME", folder.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(more);
        return Distribution.run(builder);
    }

    /** Writes a file. */
    static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text, StandardCharsets.UTF_8);
    }
}
