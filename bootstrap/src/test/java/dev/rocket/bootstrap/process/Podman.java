package dev.rocket.bootstrap.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rocket.bootstrap.exchange.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Podman with a store of images of its own, which needs no daemon and no registry.
 *
 * <p>The base image is made of Debian's packages by mmdebstrap under the name that the Dockerfile
 * gives. Nothing of the machine's own images, containers and volumes is seen or touched.
 */
final class Podman implements AutoCloseable {

    /** What the Dockerfile builds on. */
    private static final String BASE = "docker.io/library/debian:bookworm-slim";

    /** Bounds that any container may have; more than the caller's own would need a right. */
    private static final List<String> BOUNDS =
            List.of("--ulimit", "nofile=4096:4096", "--ulimit", "nproc=4096:4096");

    private static final int PATIENCE_SECONDS = 300;

    private final Path folder;
    private final List<Process> running = new ArrayList<>();

    /** Keeps all it has in a folder. */
    Podman(Path folder) {
        this.folder = folder;
    }

    private ProcessBuilder command(List<String> words) {
        List<String> command = new ArrayList<>(List.of("podman"));
        // The other runtime, crun, refuses machines that have both kinds of control groups.
        command.addAll(List.of("--runtime", "runc", "--cgroup-manager", "cgroupfs"));
        command.addAll(List.of("--storage-driver", "vfs", "--events-backend", "file"));
        command.addAll(List.of("--root", folder.resolve("store").toString()));
        command.addAll(List.of("--runroot", folder.resolve("run").toString()));
        command.addAll(List.of("--tmpdir", folder.resolve("tmp").toString()));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        // Timers of health checks are systemd's; here they are run by hand.
        builder.environment().put("DISABLE_HC_SYSTEMD", "true");
        return builder;
    }

    /** Runs a command of podman to its end. */
    Distribution.Result run(String... words) throws IOException, InterruptedException {
        return end(command(List.of(words)));
    }

    private Distribution.Result end(ProcessBuilder builder)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(builder.command() + " took too long");
        }
        return new Distribution.Result(
                process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static void well(Distribution.Result result) {
        assertEquals(0, result.exit(), result.out() + result.err());
    }

    /** Makes the base image out of packages. */
    void makeBase() throws IOException, InterruptedException {
        Programs.need("podman", "podman");
        Programs.need("runc", "runc");
        Programs.need("mmdebstrap", "mmdebstrap");
        String root = folder.resolve("root.tar").toString();
        List<String> words = List.of("mmdebstrap", "-q", "--variant=essential", "--include=passwd");
        List<String> command = new ArrayList<>(words);
        command.addAll(List.of("bookworm", root));
        well(end(new ProcessBuilder(command).directory(folder.toFile())));
        well(run("import", root, BASE));
        Files.delete(Path.of(root));
    }

    /**
     * Builds the distribution's Dockerfile as its first lines say, under the name {@code rocket}.
     */
    void build() throws IOException, InterruptedException {
        String file = DeployFiles.at("docker/Dockerfile").toString();
        List<String> words = new ArrayList<>(List.of("build", "--isolation", "chroot"));
        words.addAll(List.of("--pull=never", "--layers=false", "--format", "docker"));
        words.addAll(List.of("-f", file, "-t", "rocket", Distribution.home().toString()));
        well(end(command(words)));
    }

    /**
     * Starts a container of {@code rocket} as the compose file does; what it says goes to a file.
     */
    Process start(String name, Path said, List<String> more) throws IOException {
        List<String> words = new ArrayList<>(List.of("run", "--rm", "--name", name));
        words.addAll(List.of("--network", "host", "--read-only", "--tmpfs", "/tmp"));
        words.addAll(List.of("--cap-drop", "ALL", "--security-opt", "no-new-privileges"));
        words.addAll(BOUNDS);
        words.addAll(more);
        words.add("rocket");
        Process process =
                command(words).redirectErrorStream(true).redirectOutput(said.toFile()).start();
        running.add(process);
        return process;
    }

    /** Runs a script of the shell in a container of the base image. */
    Distribution.Result inBase(List<String> more, String script)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("run", "--rm", "--network", "host"));
        words.addAll(BOUNDS);
        words.addAll(more);
        words.addAll(List.of(BASE, "sh", "-c", script));
        return end(command(words));
    }

    /** Where a volume is on this machine. */
    Path volume(String name) throws IOException, InterruptedException {
        Distribution.Result found = run("volume", "inspect", "--format", "{{.Mountpoint}}", name);
        well(found);
        return Path.of(found.out().strip());
    }

    /** Ends what is left; the folder may be thrown away then. */
    @Override
    public void close() throws IOException {
        try {
            run("rm", "--all", "--force", "--time", "1");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running.forEach(Process::destroyForcibly);
    }
}
