package dev.rocket.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A machine made of folders, on which a script of the repository is started.
 *
 * <p>The script is the real one. Beside it stand stubs that say what they were called with, and on
 * the path is nothing but what the machine is given.
 *
 * @param folder where everything of the machine lies
 * @param environment what is set beyond path and home
 */
record Machine(Path folder, Map<String, String> environment) {

    private static final int PATIENCE_SECONDS = 60;

    private static final List<String> TOOLS =
            List.of(
                    "awk",
                    "bash",
                    "cat",
                    "chmod",
                    "dirname",
                    "env",
                    "find",
                    "flock",
                    "grep",
                    "head",
                    "mkdir",
                    "mktemp",
                    "readlink",
                    "rm",
                    "sed",
                    "sh",
                    "sleep",
                    "touch");

    /** What a script did. */
    record Result(int exit, String out, String err) {

        /** The only line of an error. */
        String line() {
            if (err.lines().count() != 1) {
                throw new AssertionError("not one line: " + err);
            }
            return err.strip();
        }
    }

    /** A machine with the tools that every system has, and without Java or Maven. */
    static Machine on(Path folder) throws IOException {
        Machine machine = new Machine(folder.toRealPath(), new HashMap<>());
        for (String name : TOOLS) {
            machine.script(machine.tools().resolve(name), "exec " + tool(name) + " \"$@\"");
        }
        return machine;
    }

    private static Path tool(String name) {
        return Stream.of("/bin", "/usr/bin", "/usr/local/bin")
                .map(place -> Path.of(place, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("this machine has no " + name));
    }

    /** A place on it. */
    Path at(String name) {
        return folder.resolve(name);
    }

    /** Where the tools are. */
    Path tools() {
        return folder.resolve("tools");
    }

    /** Copies a file of the repository. */
    Path copy(String name, Path to) throws IOException {
        Files.createDirectories(to.resolveSibling("."));
        return Files.copy(House.ROOT.resolve(name), to, StandardCopyOption.COPY_ATTRIBUTES);
    }

    /** Writes a file that can be run by {@code sh}. */
    Path script(Path file, String... lines) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    /** A folder that looks like a JDK of that version. */
    Path jdk(Path home, String version) throws IOException {
        script(home.resolve("bin/javac"), "echo javac " + version);
        script(home.resolve("bin/jlink"), "exit 1");
        Files.writeString(
                home.resolve("release"),
                "IMPLEMENTOR=\"99\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Linux\"\n");
        return home;
    }

    /** A process that is ready to start, whose environment is what it is given. */
    ProcessBuilder command(Path at, String... command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(at.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", folder.resolve("bin") + ":" + tools());
        builder.environment().put("HOME", folder.resolve("mine").toString());
        builder.environment().put("JDK_SEARCH_ROOT", folder.toString());
        builder.environment().putAll(environment);
        return builder;
    }

    /** Runs to the end. */
    Result run(Path at, String... command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        Process process =
                command(at, command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        process.getOutputStream().close();
        return new Result(end(process), Files.readString(out), Files.readString(err));
    }

    /** Waits for the end. */
    static int end(Process process) throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("it took longer than " + PATIENCE_SECONDS + " s");
        }
        return process.exitValue();
    }
}
