package dev.rocket.bootstrap.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The routes of a server by which its store is moved. */
final class MoveRoutes implements AutoCloseable {

    private static final String PLACE = "/v1/migration";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Target server;
    private final HttpClient client = HttpClient.newHttpClient();

    MoveRoutes(Target server) {
        this.server = server;
    }

    /** How far a move is, as the server tells it. */
    record Told(String json) {

        /** A member that is text. */
        String text(String name) {
            return value(name, "\"((?:[^\"\\\\]|\\\\.)*)\"");
        }

        /** A member that is a number. */
        long number(String name) {
            return Long.parseLong(value(name, "(\\d+)"));
        }

        /** Whether it waits to be told to go on. */
        boolean isPaused() {
            return value("paused", "(true|false)").equals("true");
        }

        /** When the phase began. */
        Instant since() {
            return Instant.parse(text("since"));
        }

        private String value(String name, String form) {
            Matcher member = Pattern.compile("\"" + name + "\":" + form).matcher(json);
            if (!member.find()) {
                throw new IllegalStateException("no " + name + " in " + json);
            }
            return member.group(1);
        }
    }

    /** How far it is. */
    Told look() throws IOException {
        return new Told(well(send("GET", "", "")).body());
    }

    /** Asks for a move; whether it begins, rather than that it is not the moment. */
    boolean begin(String wish) throws IOException {
        HttpResponse<String> answer = send("POST", "", wish);
        return answer.statusCode() != 409 && well(answer).statusCode() == 202;
    }

    /** Has one that waits go on. */
    void resume() throws IOException {
        well(send("POST", "/resume", ""));
    }

    private static HttpResponse<String> well(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(PLACE + " was answered " + answer.body());
        }
        return answer;
    }

    private HttpResponse<String> send(String method, String under, String body) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.uri(PLACE + under))
                        .version(HttpClient.Version.HTTP_1_1)
                        .timeout(PATIENCE)
                        .header("Authorization", "Bearer " + server.token())
                        .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking " + PLACE, e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
