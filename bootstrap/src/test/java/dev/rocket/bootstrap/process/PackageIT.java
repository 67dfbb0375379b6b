package dev.rocket.bootstrap.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rocket.bootstrap.exchange.Programs;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Debian package, installed for real.
 *
 * <p>Goal: what README says of it and of the units is true. Method: scripts of what an operator
 * types, in a Debian where nothing else is, and on a machine that systemd has booted: a container
 * whose first process it is, and which sees nothing of this machine's.
 */
class PackageIT {

    private static final Path SCRIPTS = Path.of("src/test/resources/deploy").toAbsolutePath();
    private static final String TOKEN = "ROCKET_TOKEN=" + RunningRocket.TOKEN;

    @TempDir private Path folder = Path.of("");

    private Path deb = folder;

    @BeforeEach
    void a_package_is_made() throws IOException, InterruptedException {
        Programs.need("dpkg-deb", "dpkg");
        deb = Files.createDirectory(folder.resolve("deb"));
        String make = DeployFiles.at("debian/make-deb").toString();
        well(DeployFiles.run(folder, Map.of(), List.of(make, "deb")));
    }

    private static void well(Distribution.Result result) {
        assertEquals(0, result.exit(), result.out() + result.err());
    }

    private String file() throws IOException {
        try (DirectoryStream<Path> packages = Files.newDirectoryStream(deb, "*.deb")) {
            return packages.iterator().next().toString();
        }
    }

    @Test
    void debians_own_judge_finds_nothing_wrong() throws IOException, InterruptedException {
        Programs.need("lintian", "lintian");
        List<String> words = List.of("lintian", "--allow-root", "--fail-on", "error,warning");
        List<String> judge = new java.util.ArrayList<>(words);
        judge.add(file());
        Distribution.Result judged = DeployFiles.run(folder, Map.of(), judge);
        assertEquals("", judged.out());
        well(judged);
    }

    @Test
    void the_units_are_the_distributions_but_for_where_the_program_is()
            throws IOException, InterruptedException {
        Path unpacked = folder.resolve("unpacked");
        List<String> unpack = List.of("dpkg-deb", "-x", file(), unpacked.toString());
        well(DeployFiles.run(folder, Map.of(), unpack));
        String service =
                Files.readString(unpacked.resolve("usr/lib/systemd/system/rocket.service"));
        String own = DeployFiles.text("systemd/rocket.service");
        assertEquals(
                own.substring(own.indexOf("[Unit]"))
                        .replace("/opt/rocket/current", "/usr/lib/rocket"),
                service);
    }

    @Test
    void it_installs_in_a_bare_debian_serves_keeps_its_settings_and_goes()
            throws IOException, InterruptedException {
        String admin = "ROCKET_ADMIN_TOKEN=" + RunningRocket.TOKEN;
        String free = "FREE=" + DeployFiles.freePort();
        List<String> settings = List.of("--env", admin, "--env", TOKEN, "--env", free);
        String script = Files.readString(SCRIPTS.resolve("in-a-bare-debian"));
        try (Podman podman = Podman.in(Files.createDirectory(folder.resolve("podman")))) {
            podman.makeBase();
            well(podman.inBase(deb + ":/deb:ro", settings, script));
        }
    }

    @Test
    void systemd_starts_watches_restarts_and_stops_what_it_installs()
            throws IOException, InterruptedException {
        String script = Files.readString(SCRIPTS.resolve("under-systemd"));
        try (Podman podman = Podman.in(Files.createDirectory(folder.resolve("podman")))) {
            podman.boot("machine", deb + ":/deb:ro");
            well(podman.run("exec", "--env", TOKEN, "machine", "sh", "-c", script));
        }
    }
}
