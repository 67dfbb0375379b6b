package dev.rocket.http;

import dev.rocket.http.OpenApiDocument.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request of one operation, to be sent as it is or varied.
 *
 * @param server whom it asks
 * @param operation what it asks
 * @param target path and query
 * @param headers one value by name
 * @param body its text
 */
record Shot(
        FaultyServer server,
        Operation operation,
        String target,
        Map<String, String> headers,
        Optional<String> body) {

    /** A header that makes the server take a request for one that a proxy passed on. */
    static final String FORWARDED = "X-Forwarded-For";

    Shot {
        headers = Map.copyOf(headers);
    }

    /** The same with a header set. */
    Shot with(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new Shot(server, operation, target, more, body);
    }

    /** The same with another token. */
    Shot as(String secret) {
        return with("Authorization", "Bearer " + secret);
    }

    /** The same without a token, through a proxy. */
    Shot fromNobody() {
        Map<String, String> less = new TreeMap<>(headers);
        less.remove("Authorization");
        less.put(FORWARDED, "192.0.2.1");
        return new Shot(server, operation, target, less, body);
    }

    /** The same for another path. */
    Shot to(String path) {
        return new Shot(server, operation, path, headers, body);
    }

    /** The same with another body. */
    Shot saying(String text) {
        return new Shot(server, operation, target, headers, Optional.of(text));
    }

    /** The same to another server. */
    Shot at(FaultyServer other) {
        return new Shot(other, operation, target, headers, body).as(other.admin);
    }

    /** Sends it through a client library. */
    Exchange send(HttpClient client) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port + target))
                        .method(
                                operation.method(),
                                body.map(BodyPublishers::ofString)
                                        .orElseGet(BodyPublishers::noBody));
        headers.forEach(request::header);
        try {
            return Exchange.of(client.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends its head, with lines added to it, byte by byte and without the body. */
    Exchange raw(String version, String lines) {
        StringBuilder head = new StringBuilder(operation.method());
        head.append(' ').append(target).append(' ').append(version).append("\r\nHost: 127.0.0.1");
        headers.forEach((name, value) -> head.append("\r\n" + name + ": " + value));
        return Exchange.of(Wire.answer(server.port, head + "\r\n" + lines + "\r\n"));
    }
}
