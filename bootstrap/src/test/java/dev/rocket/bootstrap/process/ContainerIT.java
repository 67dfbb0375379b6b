package dev.rocket.bootstrap.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.exchange.Programs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image that the Dockerfile makes and the Debian package, used for real.
 *
 * <p>Goal: what it says of user, folder, health and stop is true. Method: podman builds it on a
 * base image of the same Debian, and runs it with what the compose file asks for, on the machine's
 * own network, since making another takes rights that a test may not have.
 */
class ContainerIT {

    private static final int PATIENCE_SECONDS = 90;
    private static final int USER = 10_001;

    /** Typed in a bare Debian, where nothing but what the package says may be needed. */
    private static final String INSTALL =
            """
            set -eux
            dpkg -i /deb/*.deb
            rocket --version
            cd /tmp
            rocket serve --port PORT > said.txt 2>&1 &
            until rocket smoke --ready http://127.0.0.1:PORT; do kill -0 $!; done
            rocket smoke http://127.0.0.1:PORT
            kill $!
            wait $!
            echo '# mine' >> /etc/rocket/rocket.env
            dpkg -i /deb/*.deb
            grep mine /etc/rocket/rocket.env
            mkdir /var/lib/rocket
            mv rocket.db /var/lib/rocket
            dpkg -r rocket
            test -e /etc/rocket/rocket.env -a ! -e /usr/lib/rocket -a ! -e /usr/bin/rocket
            dpkg -P rocket
            test ! -e /etc/rocket -a -e /var/lib/rocket/rocket.db
            """;

    @TempDir private static Path own = Path.of("");
    private static Podman podman = new Podman(own);

    @TempDir private Path folder = Path.of("");

    @BeforeAll
    static void make_the_base() throws IOException, InterruptedException {
        podman = new Podman(own);
        podman.makeBase();
    }

    @AfterAll
    static void throw_all_away() throws IOException {
        podman.close();
    }

    private Path secret() throws IOException {
        Path file = DeployFiles.write(folder.resolve("admin-token"), RunningRocket.TOKEN);
        // As the compose file asks for: nobody but the container's user may read it.
        Files.setAttribute(file, "unix:uid", USER);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    }

    private List<String> options(int port) throws IOException {
        String volume = secret() + ":/run/secrets/admin-token:ro";
        return List.of(
                "--env",
                "PORT=" + port,
                "--env",
                "ROCKET_ADMIN_TOKEN_FILE=/run/secrets/admin-token",
                "--env",
                "ROCKET_TRUSTED_PROXIES=172.16.0.0/12",
                "--volume",
                volume,
                "--volume",
                "data:/data",
                "--health-cmd",
                healthCheck(port));
    }

    /** The image's own check, for a port that is free on this machine. */
    private static String healthCheck(int port) {
        String url = "http://127.0.0.1:" + port;
        return "[\"/opt/rocket/bin/rocket\", \"smoke\", \"--ready\", \"" + url + "\"]";
    }

    private static HttpResponse<String> ask(int port, String path)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Authorization", "Bearer " + RunningRocket.TOKEN)
                        .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static void awaitReady(int port, Process container, Path said)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        int status = 0;
        while (status != 200) {
            boolean alive = container.isAlive() && System.nanoTime() < deadline;
            assertTrue(alive, "it did not become ready: " + Files.readString(said));
            try {
                status = ask(port, "/readyz").statusCode();
            } catch (IOException e) {
                Thread.onSpinWait();
            }
        }
    }

    private void smoke(int port) throws IOException, InterruptedException {
        Map<String, String> settings = Map.of("ROCKET_TOKEN", RunningRocket.TOKEN);
        Distribution.Result smoke =
                Distribution.run(folder, settings, "smoke", "http://127.0.0.1:" + port);
        assertEquals(0, smoke.exit(), smoke.out() + smoke.err());
    }

    private static void assertOwned(Path file, String mode) throws IOException {
        assertEquals(USER, Files.getAttribute(file, "unix:uid"), file.toString());
        assertEquals(USER, Files.getAttribute(file, "unix:gid"), file.toString());
        String found = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        assertEquals(mode, found, file.toString());
    }

    @Test
    void the_image_serves_is_healthy_stops_gracefully_and_keeps_its_volume()
            throws IOException, InterruptedException {
        int port = DeployFiles.freePort();
        Path said = folder.resolve("said.txt");
        podman.build();
        Process first = podman.start("first", said, options(port));
        awaitReady(port, first, said);
        smoke(port);
        assertEquals(0, podman.run("healthcheck", "run", "first").exit());
        assertOwned(podman.volume("data"), "rwx------");
        assertOwned(podman.volume("data").resolve("rocket.db"), "rw-------");
        HttpResponse<String> before = ask(port, "/v1/changes");
        assertEquals(0, podman.run("stop", "--time", "45", "first").exit());
        assertTrue(first.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
        assertEquals(0, first.exitValue(), Files.readString(said));
        assertTrue(Files.readString(said).endsWith("\"Stopped\"}\n"), Files.readString(said));

        Process second = podman.start("second", said, options(port));
        awaitReady(port, second, said);
        assertEquals(before.body(), ask(port, "/v1/changes").body());
        assertTrue(before.body().contains("\"cause\":\"task.create\""), before.body());
    }

    @Test
    void the_debian_package_installs_serves_keeps_its_settings_and_goes()
            throws IOException, InterruptedException {
        Programs.need("dpkg-deb", "dpkg");
        Path deb = Files.createDirectory(folder.resolve("deb"));
        String make = DeployFiles.at("debian/make-deb").toString();
        Distribution.Result made = DeployFiles.run(folder, Map.of(), List.of(make, "deb"));
        assertEquals(0, made.exit(), made.err());
        String script = INSTALL.replace("PORT", Integer.toString(DeployFiles.freePort()));
        Distribution.Result done =
                podman.inBase(
                        List.of(
                                "--env", "ROCKET_ADMIN_TOKEN=" + RunningRocket.TOKEN,
                                "--env", "ROCKET_TOKEN=" + RunningRocket.TOKEN,
                                "--volume", deb + ":/deb:ro"),
                        script);
        assertEquals(0, done.exit(), done.out() + done.err());

        // The units are the distribution's, but for where the program is.
        Path unpacked = folder.resolve("unpacked");
        try (DirectoryStream<Path> packages = Files.newDirectoryStream(deb)) {
            String file = packages.iterator().next().toString();
            List<String> unpack = List.of("dpkg-deb", "-x", file, unpacked.toString());
            assertEquals(0, DeployFiles.run(folder, Map.of(), unpack).exit());
        }
        String service =
                Files.readString(unpacked.resolve("usr/lib/systemd/system/rocket.service"));
        String own = DeployFiles.text("systemd/rocket.service");
        assertEquals(
                own.substring(own.indexOf("[Unit]"))
                        .replace("/opt/rocket/current", "/usr/lib/rocket"),
                service);
    }
}
