package dev.rocket.bootstrap.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Programs run as processes in a home of their own.
 *
 * @param home the folder that they take for the person's own, and start in
 */
public record Programs(Path home) {

    /** The zone that every program is told to be in. */
    public static final String ZONE = "Europe/Rome";

    private static final int PATIENCE_SECONDS = 120;

    /** What a process came to. */
    public record Result(int code, String out, String err) {

        /** The same, once it is sure that the process ended well. */
        public Result well() {
            assertEquals(0, code, out + err);
            return this;
        }
    }

    /** Fails in one line when a program is not there. */
    public static void need(String program, String debianPackage) {
        String path = System.getenv().getOrDefault("PATH", "");
        boolean found =
                Arrays.stream(path.split(File.pathSeparator, -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        if (!found) {
            fail(program + " is missing; get it with: apt-get install -y " + debianPackage);
        }
    }

    /** Runs a program to its end; nothing is on its standard input. */
    public Result run(String... words) throws IOException, InterruptedException {
        return run(new File("/dev/null"), List.of(words));
    }

    /** Runs the packaged Rocket. */
    public Result rocket(String... words) throws IOException, InterruptedException {
        return rocketReading(new File("/dev/null"), words);
    }

    /** Runs the packaged Rocket with a file on its standard input. */
    public Result rocketReading(File input, String... words)
            throws IOException, InterruptedException {
        String folder = System.getProperty("rocket.distribution", "");
        Path program = Path.of(folder, "bin", "rocket");
        assertTrue(Files.isExecutable(program), program + " is missing; run: mvn verify");
        List<String> command = new java.util.ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(words));
        return run(input, command);
    }

    private Result run(File input, List<String> words) throws IOException, InterruptedException {
        Path out = Files.createTempFile(home, "said", ".out");
        Path err = Files.createTempFile(home, "said", ".err");
        ProcessBuilder builder = new ProcessBuilder(words).directory(home.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("ROCKET_"));
        environment.putAll(
                Map.of(
                        "HOME", home.toString(),
                        "XDG_CONFIG_HOME", home.resolve(".config").toString(),
                        "XDG_CACHE_HOME", home.resolve(".cache").toString(),
                        "XDG_DATA_HOME", home.resolve(".local/share").toString(),
                        "TASKRC", home.resolve(".taskrc").toString(),
                        "TASKDATA", home.resolve(".task").toString(),
                        "EDITOR", home.resolve("editor").toString(),
                        "LC_ALL", "C.UTF-8",
                        "TZ", ZONE));
        Process process =
                builder.redirectInput(input)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            fail(words + " did not end in " + PATIENCE_SECONDS + " s: " + Files.readString(err));
        }
        Result result =
                new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        Files.delete(out);
        Files.delete(err);
        return result;
    }
}
