package dev.rocket.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rocket.http.OpenApiDocument.Example;
import dev.rocket.http.OpenApiDocument.Operation;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Requests that must succeed: each operation with each body that the document shows for it. */
final class GoodShots {

    private static final JsonNode EMPTY = OpenApiDocument.json("{}");
    private static final List<String> CATALOGS = List.of("projects", "labels", "members");

    private final OpenApiDocument document;
    private final HttpClient client;
    private final FaultyServer server;
    private final List<FaultyServer> virgins = new ArrayList<>();
    private final AtomicInteger names = new AtomicInteger();

    GoodShots(OpenApiDocument document, HttpClient client, FaultyServer server) {
        this.document = document;
        this.client = client;
        this.server = server;
    }

    /** One request that must succeed. */
    Shot one(Operation operation) {
        List<Example> examples = document.examples(operation);
        return examples.isEmpty() ? bare(operation) : with(operation, examples.get(0));
    }

    /** A request with a body that the document shows; what stands in its way is cleared away. */
    Shot with(Operation operation, Example example) {
        if (!operation.path().contains("{")) {
            CATALOGS.forEach(this::clear);
        }
        return bare(operation)
                .with("Content-Type", example.mediaType())
                .saying(example.value().value().toString());
    }

    private Shot bare(Operation operation) {
        String path = operation.path().replace("{slug}", "not-found");
        if (path.contains("{id}")) {
            path = path.replace("{id}", made(path.split("/", -1)[2]));
        }
        FaultyServer asked = operation.path().equals("/v1/setup") ? virgin() : server;
        return new Shot(asked, operation, path, Map.of(), Optional.empty()).as(server.admin);
    }

    private FaultyServer virgin() {
        FaultyServer virgin = FaultyServer.virgin();
        virgins.add(virgin);
        return virgin;
    }

    /** The id of something new. */
    String made(String collection) {
        String body =
                switch (collection) {
                    case "tasks" -> "{\"title\":\"x\"}";
                    case "comments" -> "{\"text\":\"x\"}";
                    case "tokens" -> "{\"name\":\"x\",\"scopes\":[\"read\"]}";
                    default -> "{\"name\":\"" + freshName() + "\"}";
                };
        String path =
                collection.equals("comments")
                        ? "/v1/tasks/" + made("tasks") + "/comments"
                        : "/v1/" + collection;
        Exchange answer = ask("POST", path, Optional.of(body));
        return OpenApiDocument.json(answer.body()).get("id").asText();
    }

    /** A name that nothing has. */
    String freshName() {
        return "name " + names.incrementAndGet();
    }

    private void clear(String catalog) {
        String path = "/v1/" + catalog;
        Exchange list = ask("GET", path + "?limit=200", Optional.empty());
        OpenApiDocument.json(list.body())
                .get("items")
                .forEach(
                        item ->
                                ask(
                                        "DELETE",
                                        path + "/" + item.get("id").asText(),
                                        Optional.empty()));
    }

    /** What the server answers, which must be success. */
    Exchange ask(String method, String path, Optional<String> body) {
        Operation any = new Operation(method, path, new OpenApiDocument.Placed("", EMPTY));
        Exchange answer = new Shot(server, any, path, Map.of(), body).as(server.admin).send(client);
        if (answer.status() >= 300) {
            throw new AssertionError(method + " " + path + " " + answer);
        }
        return answer;
    }

    /** Stops the servers that were made for one request each. */
    void close() {
        virgins.forEach(FaultyServer::close);
    }
}
