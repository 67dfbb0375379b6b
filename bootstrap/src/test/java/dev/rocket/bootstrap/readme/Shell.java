package dev.rocket.bootstrap.readme;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A shell that is typed into, and remembers what was typed. */
final class Shell implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;

    /** A character that no answer holds; the shell prints it when a command is done. */
    private static final int DONE = 1;

    private final Process process;
    private final OutputStream keys;
    private final InputStream screen;

    /** Opens one in a folder, with an environment that nobody has set anything in. */
    Shell(Path folder) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("bash", "--noprofile", "--norc")
                        .directory(folder.toFile())
                        .redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("LANG", "C.UTF-8");
        environment.put("HOME", folder.toString());
        process = builder.start();
        keys = process.getOutputStream();
        screen = process.getInputStream();
    }

    /** Runs a command; what it printed, without the line end behind it. */
    String run(String command) throws IOException, InterruptedException {
        String typed = command + "\nprintf '\\00" + DONE + "'\n";
        keys.write(typed.getBytes(StandardCharsets.UTF_8));
        keys.flush();
        try {
            return CompletableFuture.supplyAsync(this::printed)
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .replace("\r\n", "\n")
                    .stripTrailing();
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("not done: " + command, e);
        }
    }

    private String printed() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            for (int next = screen.read(); next != DONE; next = screen.read()) {
                if (next < 0) {
                    throw new IOException("it ended after " + bytes);
                }
                bytes.write(next);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
