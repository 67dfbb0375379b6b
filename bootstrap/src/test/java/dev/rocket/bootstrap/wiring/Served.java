package dev.rocket.bootstrap.wiring;

import dev.rocket.bootstrap.command.Rehearsal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A server in this process, on a free port, with a client that shows it the admin token. */
final class Served implements AutoCloseable {

    private static final String TOKEN = "a-token-for-tests-that-nobody-else-uses";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_NANOS = 20_000_000;

    private final Server server;
    private final HttpClient client = HttpClient.newHttpClient();

    private Served(Server server) {
        this.server = server;
    }

    /** Starts one on a file in a folder, unless the settings beside it lead to Postgres. */
    static Served start(Path folder, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        if (!settings.containsKey("ROCKET_DATABASE_URL")) {
            all.put("ROCKET_DB_PATH", folder.resolve("rocket.db").toString());
        }
        all.put("PORT", "0");
        all.put("ROCKET_ADMIN_TOKEN", TOKEN);
        all.put("ROCKET_RATE_LIMIT", "off");
        Config config = Config.of(new ConfigReader(all, folder).find(Map.of()));
        return new Served(Wiring.server(config, Rehearsal.stage()));
    }

    /** Asks; an empty body is none. */
    HttpResponse<String> ask(String method, String path, String body)
            throws IOException, InterruptedException {
        URI url = URI.create("http://127.0.0.1:" + server.port() + path);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url)
                        .timeout(PATIENCE)
                        .header("Authorization", "Bearer " + TOKEN)
                        .method(method, BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** Its figures. */
    String scrape() throws IOException, InterruptedException {
        return ask("GET", "/metrics", "").body();
    }

    /** What a figure without labels is now. */
    double figure(String name) throws IOException, InterruptedException {
        return scrape().lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    /** What a path answers once that holds a text. */
    String until(String path, String text) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        String body = ask("GET", path, "").body();
        while (!body.contains(text)) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError(path + " never shows " + text + ": " + body);
            }
            LockSupport.parkNanos(LOOK_NANOS);
            body = ask("GET", path, "").body();
        }
        return body;
    }

    @Override
    public void close() {
        client.close();
        server.stop(Duration.ofSeconds(5));
    }
}
