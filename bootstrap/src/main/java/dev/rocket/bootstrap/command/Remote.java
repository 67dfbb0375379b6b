package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.wiring.ConfigException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running server, asked over HTTP. */
final class Remote implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final URI base;
    private final String token;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /**
     * A server and the token to show it; empty for none.
     *
     * @throws ConfigException when the address is none of a server
     */
    Remote(String url, String token) {
        this.base = address(url.endsWith("/") ? url : url + "/");
        this.token = token;
    }

    private static URI address(String url) {
        try {
            URI uri = new URI(url);
            String scheme = String.valueOf(uri.getScheme());
            if (uri.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw noAddress(url);
        }
        throw noAddress(url);
    }

    private static ConfigException noAddress(String url) {
        return new ConfigException(
                List.of(url + " is no address of a server; one looks like http://127.0.0.1:9000."));
    }

    /** Where a path is. */
    URI uri(String path) {
        return base.resolve(path.substring(1));
    }

    /** The token that is shown. */
    String token() {
        return token;
    }

    /** The client, for what is not plain HTTP. */
    HttpClient client() {
        return client;
    }

    /**
     * Asks; the body of a good answer.
     *
     * @throws IOException with what the server said when the answer is not good
     */
    String ask(String method, String path, Optional<String> body) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(path))
                        .timeout(PATIENCE)
                        .method(
                                method,
                                body.map(HttpRequest.BodyPublishers::ofString)
                                        .orElse(HttpRequest.BodyPublishers.noBody()));
        if (body.isPresent()) {
            request.header("Content-Type", "application/json");
        }
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<String> answer =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IOException(
                        method
                                + " "
                                + path
                                + " was answered "
                                + answer.statusCode()
                                + ": "
                                + find(answer.body(), "detail").orElse(answer.body()));
            }
            return answer.body();
        } catch (ConnectException e) {
            throw new IOException(base + " cannot be reached; is the server running there?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking " + base, e);
        }
    }

    /** The first text member of that name in an answer. */
    static Optional<String> find(String json, String name) {
        Matcher member = Pattern.compile("\"" + name + "\":\"([^\"\\\\]*)\"").matcher(json);
        return member.find() ? Optional.of(member.group(1)) : Optional.empty();
    }

    @Override
    public void close() {
        // Closing would wait for a WebSocket that nobody ends.
        client.shutdownNow();
    }
}
