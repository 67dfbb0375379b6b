package dev.rocket.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** A real stream of server-sent events, read line by line. */
final class Events implements AutoCloseable {

    /** One event; the id is 0 when it has none. */
    record Event(String type, long id, String data) {}

    private final HttpClient client = HttpClient.newHttpClient();
    private final BufferedReader lines;

    private Events(TestServer server, String query, String lastEventId, String token) {
        HttpRequest.Builder request =
                server.to("/v1/changes" + query)
                        .setHeader("Authorization", "Bearer " + token)
                        .header("Accept", "text/event-stream");
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        try {
            HttpResponse<InputStream> answer =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() != 200) {
                throw new AssertionError("a stream was answered " + answer.statusCode());
            }
            lines =
                    new BufferedReader(
                            new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A stream; an empty last id is none. */
    static Events open(TestServer server, String query, String lastEventId) {
        return new Events(server, query, lastEventId, server.admin);
    }

    /** A stream from now on to whoever has that token. */
    static Events open(TestServer server, String token) {
        return new Events(server, "", "", token);
    }

    /** The next event, which must be of that type. */
    Event next(String type) {
        String event = "message";
        long id = 0;
        String data = "";
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) {
                    event = line.substring(7);
                } else if (line.startsWith("id: ")) {
                    id = Long.parseLong(line.substring(4));
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                } else if (line.isEmpty() && !data.isEmpty()) {
                    if (!event.equals(type)) {
                        throw new AssertionError("heard " + event + " instead of " + type);
                    }
                    return new Event(event, id, data);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("the stream ended before " + type);
    }

    /** Whatever comes until the server ends the stream. */
    String rest() {
        return lines.lines().collect(Collectors.joining("\n"));
    }

    /** Whether the stream goes on. */
    boolean hasMore() {
        try {
            return lines.readLine() != null;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
