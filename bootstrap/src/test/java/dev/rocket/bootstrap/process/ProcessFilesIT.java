package dev.rocket.bootstrap.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.exchange.Programs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files for PM2 and for containers, as far as they can be used here. */
class ProcessFilesIT {

    private static final int PATIENCE_SECONDS = 60;
    private static final Pattern PROGRAM = Pattern.compile("\"/opt/rocket/(bin/[a-z]+)\"");

    @TempDir Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    private Distribution.Result pm2(int port, String... words)
            throws IOException, InterruptedException {
        Programs.need("pm2", "npm && npm install -g pm2");
        List<String> command = new java.util.ArrayList<>(List.of("pm2"));
        command.addAll(List.of(words));
        return DeployFiles.run(
                folder,
                Map.of(
                        "PM2_HOME", folder.resolve("pm2").toString(),
                        "ROCKET_ADMIN_TOKEN", RunningRocket.TOKEN,
                        "PORT", Integer.toString(port)),
                command);
    }

    private void awaitReady(int port) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz")).build();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        int status = 0;
        while (status != 200) {
            assertTrue(System.nanoTime() < deadline, "it did not become ready");
            try {
                status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            } catch (IOException e) {
                // Nobody listens yet, or the connection was to the one that was killed.
                Thread.onSpinWait();
            }
        }
    }

    private long pid(int port) throws IOException, InterruptedException {
        return Long.parseLong(pm2(port, "pid", "rocket").out().strip());
    }

    @Test
    void pm2_starts_it_again_when_it_is_killed() throws IOException, InterruptedException {
        int port = DeployFiles.freePort();
        try {
            String file = DeployFiles.at("pm2/ecosystem.config.js").toString();
            Distribution.Result started = pm2(port, "start", file);
            assertEquals(0, started.exit(), started.out() + started.err());
            awaitReady(port);
            long first = pid(port);
            ProcessHandle.of(first).orElseThrow().destroyForcibly();
            ProcessHandle.of(first).ifPresent(handle -> handle.onExit().join());
            awaitReady(port);
            assertNotEquals(first, pid(port));
            assertTrue(Files.exists(folder.resolve("rocket.db")));
        } finally {
            pm2(port, "kill");
        }
    }

    @Test
    void the_container_runs_programs_that_the_distribution_has()
            throws IOException, InterruptedException {
        String file = DeployFiles.text("docker/Dockerfile");
        Matcher program = PROGRAM.matcher(file);
        int found = 0;
        for (; program.find(); found++) {
            assertTrue(Files.isExecutable(Distribution.home().resolve(program.group(1))));
        }
        assertEquals(2, found, file);
        assertTrue(file.contains("\nUSER 10001:10001\n"), file);
    }

    /** What Compose makes of a file, with all its services; Debian's knows no name of a project. */
    private Distribution.Result compose(String text) throws IOException, InterruptedException {
        Programs.need("docker-compose", "docker-compose");
        Path file = folder.resolve("deploy/docker/compose.yaml");
        DeployFiles.write(file, text.replace("name: rocket\n", ""));
        List<String> command =
                List.of("docker-compose", "-f", file.toString(), "--profile", "postgres", "config");
        return DeployFiles.run(folder, Map.of(), command);
    }

    @Test
    void the_compose_file_is_understood_and_a_mistake_in_it_is_found()
            throws IOException, InterruptedException {
        String file = DeployFiles.text("docker/compose.yaml");
        Distribution.Result result = compose(file);
        assertEquals(0, result.exit(), result.err());
        String understood = result.out();
        for (String service : List.of("rocket", "rocket-on-postgres", "postgres")) {
            assertTrue(understood.contains("\n  " + service + ":\n"), understood);
        }
        // What the image is run with where it is tested.
        for (String option : List.of("cap_drop:\n    - ALL\n", "read_only: true\n")) {
            assertEquals(3, understood.split(option, -1).length, understood);
        }
        assertTrue(understood.contains("context: " + folder.toRealPath() + "\n"), understood);
        Distribution.Result wrong = compose(file.replace("cap_drop", "cap_drp"));
        assertNotEquals(0, wrong.exit());
        assertTrue(wrong.err().contains("cap_drp"), wrong.err());
    }

    @Test
    void the_health_check_of_the_container_tells_ready_from_not()
            throws IOException, InterruptedException {
        String[] check = {"smoke", "--ready", ""};
        try (RunningRocket rocket = RunningRocket.start(folder)) {
            check[2] = rocket.url().toString();
            assertEquals(0, Distribution.run(folder, Map.of(), check).exit());
        }
        assertEquals(1, Distribution.run(folder, Map.of(), check).exit());
    }
}
