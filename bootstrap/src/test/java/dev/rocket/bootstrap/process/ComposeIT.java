package dev.rocket.bootstrap.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.exchange.Programs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The compose file as it is shipped, used for real: its build, networks, names, secrets, volumes,
 * bounds and restarts.
 *
 * <p>Goal: who types what stands on top of it has a server, on either engine. Method:
 * podman-compose on a copy of the distribution. Limits: the image of Postgres is made of Debian's
 * packages, with the official one's name and settings.
 */
class ComposeIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final int USER = 10_001;

    @TempDir private static Path folder = Path.of("");

    private static Podman podman;
    private static Path place = folder;

    private int port;

    @BeforeAll
    static void a_copy_of_the_distribution() throws IOException, InterruptedException {
        Programs.need("podman-compose", "podman-compose");
        podman = Podman.in(Files.createDirectory(folder.resolve("podman")));
        podman.makeBase();
        List<String> copy = List.of("cp", "-a", Distribution.home() + "/.", "rocket");
        Files.createDirectory(folder.resolve("rocket"));
        assertEquals(0, DeployFiles.run(folder, Map.of(), copy).exit());
        place = folder.resolve("rocket/deploy/docker");
    }

    @AfterAll
    static void throw_all_away() throws IOException {
        podman.close();
    }

    @BeforeEach
    void a_token() throws IOException {
        port = DeployFiles.freePort();
        secret("admin-token", RunningRocket.TOKEN, USER);
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        compose("--profile", "postgres", "down");
    }

    /** As the compose file asks for: nobody but who needs it may read it. */
    private static void secret(String name, String text, int reader) throws IOException {
        Path file = place.resolve(name);
        Files.deleteIfExists(file);
        DeployFiles.write(file, text);
        Files.setAttribute(file, "unix:uid", reader);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    }

    private void compose(String... words) throws IOException, InterruptedException {
        Map<String, String> settings = new HashMap<>(podman.environment());
        settings.put("PORT", Integer.toString(port));
        List<String> command = new java.util.ArrayList<>(List.of("podman-compose"));
        command.addAll(List.of(words));
        Distribution.Result result = DeployFiles.run(place, settings, command);
        assertEquals(0, result.exit(), result.out() + result.err());
    }

    /** The feed, once a container answers. */
    private String changes(String container) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/changes"))
                        .timeout(SOON)
                        .header("Authorization", "Bearer " + RunningRocket.TOKEN)
                        .build();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(SOON).build()) {
            while (System.nanoTime() < deadline) {
                try {
                    HttpResponse<String> answer =
                            client.send(request, HttpResponse.BodyHandlers.ofString());
                    if (answer.statusCode() == 200) {
                        return answer.body();
                    }
                } catch (IOException e) {
                    Thread.onSpinWait();
                }
            }
        }
        Distribution.Result said = podman.run("logs", container);
        throw new IOException("it did not answer: " + said.out() + said.err());
    }

    private static void assertOwned(Path file, String mode) throws IOException {
        assertEquals(USER, Files.getAttribute(file, "unix:uid"), file.toString());
        assertEquals(USER, Files.getAttribute(file, "unix:gid"), file.toString());
        String found = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        assertEquals(mode, found, file.toString());
    }

    private String smoke(String container) throws IOException, InterruptedException {
        Map<String, String> settings = Map.of("ROCKET_TOKEN", RunningRocket.TOKEN);
        String url = "http://127.0.0.1:" + port;
        Distribution.Result smoke = Distribution.run(folder, settings, "smoke", url);
        assertEquals(0, smoke.exit(), smoke.out() + smoke.err());
        String changes = changes(container);
        assertTrue(changes.contains("\"cause\":\"task.create\""), changes);
        return changes;
    }

    /** Ends a container's process as a fault would, which is no wish that it stays ended. */
    private void kill(String container) throws IOException, InterruptedException {
        Distribution.Result found = podman.run("inspect", "--format", "{{.State.Pid}}", container);
        ProcessHandle process = ProcessHandle.of(Long.parseLong(found.out().strip())).orElseThrow();
        process.destroyForcibly();
        process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Test
    void compose_builds_serves_starts_a_killed_server_again_and_keeps_the_volume()
            throws IOException, InterruptedException {
        String server = "rocket_rocket_1";
        compose("build", "rocket");
        compose("up", "-d", "rocket");
        changes(server);
        String before = smoke(server);
        assertEquals(0, podman.run("healthcheck", "run", server).exit());
        Path data = podman.volume("rocket_data");
        assertOwned(data, "rwx------");
        assertOwned(data.resolve("rocket.db"), "rw-------");
        kill(server);
        assertEquals(before, changes(server));
        compose("stop");
        String ended = podman.run("inspect", "--format", "{{.State.ExitCode}}", server).out();
        assertEquals("0\n", ended);
        String said = podman.run("logs", server).out();
        assertTrue(said.endsWith("\"Stopped\"}\n"), said);
        compose("down");
        assertTrue(podman.run("ps", "--all", "--quiet").out().isEmpty());
        compose("up", "-d", "rocket");
        assertEquals(before, changes(server));
    }

    @Test
    void compose_serves_from_postgres_and_outlives_its_restart()
            throws IOException, InterruptedException {
        podman.makeServices();
        secret("postgres-password", "a-password-of-tests", 0);
        String url = "postgres://rocket:a-password-of-tests@postgres:5432/rocket";
        secret("database-url", url, USER);
        compose("--profile", "postgres", "build", "rocket-on-postgres");
        compose("--profile", "postgres", "up", "-d", "rocket-on-postgres");
        String server = "rocket_rocket-on-postgres_1";
        changes(server);
        String before = smoke(server);
        kill("rocket_postgres_1");
        assertEquals(before, changes(server));
        String password = "PGPASSWORD=a-password-of-tests";
        String count = "select count(*) > 0 from rocket.change";
        Distribution.Result counted =
                podman.run(
                        "exec",
                        "--env",
                        password,
                        "rocket_postgres_1",
                        "psql",
                        "-h",
                        "127.0.0.1",
                        "-U",
                        "rocket",
                        "-At",
                        "-c",
                        count);
        assertEquals("t\n", counted.out(), counted.err());
    }
}
