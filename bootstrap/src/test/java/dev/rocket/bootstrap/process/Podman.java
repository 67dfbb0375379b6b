package dev.rocket.bootstrap.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rocket.bootstrap.exchange.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Podman with a store of images of its own, which needs no daemon and no registry.
 *
 * <p>Images are made of Debian's packages by mmdebstrap, under the names that the deployment files
 * give. Nothing of the machine's own images, containers and volumes is seen or touched.
 */
final class Podman implements AutoCloseable {

    /** What the Dockerfile builds on. */
    private static final String BASE = "docker.io/library/debian:bookworm-slim";

    /** A Debian with services: a Postgres where that of the compose file is looked for. */
    private static final String SERVICES = "docker.io/library/postgres:18";

    private static final Path ENTRY =
            Path.of("src/test/resources/deploy/postgres-entry").toAbsolutePath();

    /** Packages are put together once for all tests; the build's folder keeps the result. */
    private static final Path MADE = Distribution.home().resolveSibling("containers");

    /** All it keeps is in one folder; more than these bounds would need a right. */
    private static final String SETTINGS =
            """
            [containers]
            default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
            [engine]
            # The other runtime, crun, refuses machines that have both kinds of control groups.
            runtime = "runc"
            cgroup_manager = "cgroupfs"
            events_logger = "file"
            tmp_dir = "FOLDER/tmp"
            [network]
            network_backend = "netavark"
            network_config_dir = "FOLDER/networks"
            """;

    private static final String STORAGE =
            """
            [storage]
            driver = "DRIVER"
            graphroot = "FOLDER/store"
            runroot = "FOLDER/run"
            """;

    private static final int PATIENCE_SECONDS = 300;

    private final Path folder;

    private Podman(Path folder) {
        this.folder = folder;
    }

    /** Keeps all it has in a folder; images are copied where their files cannot be shared. */
    static Podman in(Path folder) throws IOException, InterruptedException {
        Programs.need("podman", "podman netavark aardvark-dns iptables");
        Programs.need("runc", "runc");
        Podman podman = new Podman(folder);
        podman.write("containers.conf", SETTINGS);
        podman.write("storage.conf", STORAGE.replace("DRIVER", "overlay"));
        if (podman.run("info").exit() != 0) {
            podman.write("storage.conf", STORAGE.replace("DRIVER", "vfs"));
        }
        return podman;
    }

    private void write(String name, String text) throws IOException {
        DeployFiles.write(folder.resolve(name), text.replace("FOLDER", folder.toString()));
    }

    /** What any program that calls podman has to be told. */
    Map<String, String> environment() {
        return Map.of(
                "CONTAINERS_CONF",
                folder.resolve("containers.conf").toString(),
                "CONTAINERS_STORAGE_CONF",
                folder.resolve("storage.conf").toString(),
                // Timers of health checks are systemd's; here they are run by hand.
                "DISABLE_HC_SYSTEMD",
                "true",
                "BUILDAH_ISOLATION",
                "chroot",
                "BUILDAH_LAYERS",
                "false",
                "BUILDAH_FORMAT",
                "docker");
    }

    private ProcessBuilder command(List<String> words) {
        List<String> command = new ArrayList<>(List.of("podman"));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment());
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

    /** A Debian of such packages in a file. */
    private Path debian(String name, String... words) throws IOException, InterruptedException {
        Programs.need("mmdebstrap", "mmdebstrap");
        Path root = MADE.resolve(name + ".tar");
        if (Files.notExists(root)
                || Files.getLastModifiedTime(root).compareTo(Files.getLastModifiedTime(ENTRY))
                        < 0) {
            Path made = Files.createDirectories(MADE).resolve("being-made.tar");
            List<String> command = new ArrayList<>(List.of("mmdebstrap", "-q"));
            command.addAll(
                    List.of("--variant=essential", "--dpkgopt=path-exclude=/usr/share/doc/*"));
            command.addAll(List.of(words));
            command.addAll(List.of("bookworm", made.toString()));
            well(end(new ProcessBuilder(command).directory(folder.toFile())));
            Files.move(made, root, StandardCopyOption.REPLACE_EXISTING);
        }
        return root;
    }

    /** Makes the base image. */
    void makeBase() throws IOException, InterruptedException {
        well(run("import", debian("base", "--include=passwd").toString(), BASE));
    }

    /** Makes the image with services; its name. */
    String makeServices() throws IOException, InterruptedException {
        Path root =
                debian(
                        "services",
                        "--include=passwd,postgresql,systemd-sysv,dbus,curl",
                        "--customize-hook=upload " + ENTRY + " /entry");
        String entry = "ENTRYPOINT [\"sh\", \"/entry\"]";
        well(run("import", "--change", entry, root.toString(), SERVICES));
        return SERVICES;
    }

    /** Boots a machine of the image with services, with systemd for its first process. */
    void boot(String name, String volume) throws IOException, InterruptedException {
        String image = makeServices();
        well(
                run(
                        "run",
                        "--detach",
                        "--name",
                        name,
                        "--privileged",
                        "--systemd=always",
                        "--cgroupns",
                        "private",
                        "--volume",
                        volume,
                        "--entrypoint",
                        "[\"/sbin/init\"]",
                        image));
    }

    /** Runs a script of the shell in a container of the base image, on this machine's network. */
    Distribution.Result inBase(String volume, List<String> more, String script)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("run", "--rm", "--network", "host"));
        words.addAll(List.of("--volume", volume));
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

    /** Ends what is left, and throws away what is in the folder. */
    @Override
    public void close() throws IOException {
        try {
            run("rm", "--all", "--force", "--time", "1");
            run("network", "prune", "--force");
            end(new ProcessBuilder("rm", "-rf", "store", "run").directory(folder.toFile()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
