package dev.rocket.bootstrap.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rocket.bootstrap.exchange.Programs;
import dev.rocket.bootstrap.page.JsonTree;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A real Prometheus that scrapes a server each second, and that is asked over its own API. */
final class Prometheus implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 30;
    private static final long LOOK_NANOS = 100_000_000;

    private final Process process;
    private final URI url;
    private final HttpClient client = HttpClient.newHttpClient();

    private Prometheus(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /**
     * Starts one in a folder.
     *
     * @param target what it scrapes
     */
    static Prometheus start(Path folder, Path rules, URI target)
            throws IOException, InterruptedException {
        Programs.need("prometheus", "prometheus");
        Path file = folder.resolve("prometheus.yml");
        DeployFiles.write(file, config(rules, target.getAuthority()));
        String address = "127.0.0.1:" + DeployFiles.freePort();
        Path said = folder.resolve("prometheus.log");
        Process process =
                new ProcessBuilder(
                                "prometheus",
                                "--config.file=" + file,
                                "--storage.tsdb.path=" + folder.resolve("prometheus"),
                                "--web.listen-address=" + address)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        Prometheus prometheus = new Prometheus(process, URI.create("http://" + address));
        try {
            prometheus.awaitReady(said);
            return prometheus;
        } catch (IOException | InterruptedException | RuntimeException e) {
            prometheus.close();
            throw e;
        }
    }

    private static String config(Path rules, String target) {
        return """
        global:
          scrape_interval: 1s
          evaluation_interval: 1s
        rule_files: ['%s']
        scrape_configs:
          - job_name: rocket
            static_configs:
              - targets: ['%s']
        """
                .formatted(rules, target);
    }

    private void awaitReady(Path said) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException("it did not come up: " + Files.readString(said));
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private boolean isReady() throws IOException, InterruptedException {
        try {
            return ask("/-/ready").statusCode() == 200;
        } catch (ConnectException e) {
            return false;
        }
    }

    private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(url.resolve(path))
                        .timeout(Duration.ofSeconds(PATIENCE_SECONDS))
                        .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private Map<String, Object> answer(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = ask(path);
        assertEquals(200, answer.statusCode(), answer.body());
        Map<String, Object> json = JsonTree.parse(answer.body());
        assertEquals("success", JsonTree.text(json, "status"), answer.body());
        return json;
    }

    /** Whether a query, which must be understood, gives a number by now. */
    boolean knows(String query) throws IOException, InterruptedException {
        String path = "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
        Map<String, Object> data = JsonTree.object(answer(path), "data");
        return Api.objects(data, "result").stream()
                .map(sample -> sample.getOrDefault("value", List.of()))
                .anyMatch(value -> value instanceof List<?> pair && !"NaN".equals(pair.get(1)));
    }

    /** Every rule that it goes by, as it tells of it. */
    List<Map<String, Object>> rules() throws IOException, InterruptedException {
        Map<String, Object> data = JsonTree.object(answer("/api/v1/rules"), "data");
        return Api.objects(data, "groups").stream()
                .flatMap(group -> Api.objects(group, "rules").stream())
                .toList();
    }

    /** The names of all figures that it has, its own among them. */
    Set<String> figures() throws IOException, InterruptedException {
        return texts("/api/v1/label/__name__/values");
    }

    /** The names of all labels that it has. */
    Set<String> labels() throws IOException, InterruptedException {
        return texts("/api/v1/labels");
    }

    private Set<String> texts(String path) throws IOException, InterruptedException {
        Set<String> texts = new TreeSet<>();
        if (answer(path).getOrDefault("data", List.of()) instanceof List<?> list) {
            list.forEach(text -> texts.add(String.valueOf(text)));
        }
        return texts;
    }

    @Override
    public void close() {
        client.close();
        process.destroyForcibly().onExit().join();
    }
}
