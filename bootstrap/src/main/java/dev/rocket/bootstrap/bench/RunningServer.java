package dev.rocket.bootstrap.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.OptionalLong;

/** A server that somebody else started. */
record RunningServer(InetSocketAddress address, String token) implements Target {

    /**
     * The server at an address, once it has shown that it can be measured.
     *
     * @throws IOException when it is not at a plain http address, does not answer, does not know
     *     the token, or has no empty handlers
     */
    static RunningServer at(String url, String token) throws IOException {
        URI uri = URI.create(url);
        if (!"http".equals(uri.getScheme()) || uri.getHost() == null) {
            throw new IOException(
                    url + " is not measured: give a plain address, such as http://127.0.0.1:9000");
        }
        int port = uri.getPort() < 0 ? 80 : uri.getPort();
        RunningServer server = new RunningServer(new InetSocketAddress(uri.getHost(), port), token);
        server.expect("/v1/tasks?limit=1", "set ROCKET_TOKEN to a token with the scope write");
        server.expect("/bench/empty", "start it with ROCKET_BENCH=on");
        return server;
    }

    private void expect(String path, String remedy) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            int status =
                    client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode();
            if (status / 100 != 2) {
                throw new IOException(uri(path) + " was answered " + status + "; " + remedy);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking " + uri(path), e);
        }
    }

    @Override
    public OptionalLong cpuMicros() {
        return OptionalLong.empty();
    }

    @Override
    public OptionalLong residentBytes() {
        return OptionalLong.empty();
    }
}
