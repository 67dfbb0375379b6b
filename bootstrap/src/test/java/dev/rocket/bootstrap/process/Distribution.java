package dev.rocket.bootstrap.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The packaged program in the folder that the build made. */
public final class Distribution {

    private static final int PATIENCE_SECONDS = 120;

    private Distribution() {}

    /** What a command did. */
    public record Result(int exit, String out, String err) {}

    /** Where the program is. */
    public static Path home() {
        Path home = Path.of(System.getProperty("rocket.distribution", "target/rocket"));
        if (!Files.isExecutable(home.resolve("bin/rocket"))) {
            throw new IllegalStateException(
                    home + " holds no bin/rocket; build it with ./rocket --version");
        }
        return home.toAbsolutePath();
    }

    /**
     * A command that is ready to start, in a folder, with an environment that holds no settings but
     * those given and knows of no JDK.
     */
    public static ProcessBuilder command(
            Path folder, Map<String, String> settings, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(home().resolve("bin/rocket").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("LANG", "C.UTF-8");
        environment.put("HOME", folder.toString());
        environment.putAll(settings);
        return builder;
    }

    /** Runs a command to its end. */
    public static Result run(Path folder, Map<String, String> settings, String... arguments)
            throws IOException, InterruptedException {
        return run(command(folder, settings, arguments));
    }

    /** Runs to its end what is ready to start. */
    public static Result run(ProcessBuilder command) throws IOException, InterruptedException {
        Process process = command.start();
        process.getOutputStream().close();
        CompletableFuture<String> out = read(process.getInputStream());
        CompletableFuture<String> err = read(process.getErrorStream());
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(
                    command.command() + " took longer than " + PATIENCE_SECONDS + " s");
        }
        return new Result(process.exitValue(), out.join(), err.join());
    }

    private static CompletableFuture<String> read(java.io.InputStream stream) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (stream) {
                        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                    } catch (IOException e) {
                        return "unreadable: " + e.getMessage();
                    }
                });
    }
}
