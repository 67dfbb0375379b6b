package dev.rocket.bootstrap.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * What a server says of its own commits.
 *
 * @param text the Prometheus text of {@code /metrics}
 */
record ServerMetrics(String text) {

    /** Asks a server. */
    static ServerMetrics read(Target server) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(server.uri("/metrics"))
                        .header("Authorization", "Bearer " + server.token())
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return new ServerMetrics(
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading the metrics", e);
        }
    }

    /** Adds the mean group and the mean commit. */
    void into(Figures figures) {
        double commits = value("rocket_writer_group_commands_count");
        if (commits > 0) {
            double commands = value("rocket_writer_group_commands_sum");
            double seconds = value("rocket_writer_commit_duration_seconds_sum");
            figures.add(new Figures.Single("commands a commit", commands / commits, "", ""));
            figures.add(new Figures.Single("a commit to disk", seconds / commits * 1e3, "ms", ""));
        }
    }

    private double value(String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(0);
    }
}
