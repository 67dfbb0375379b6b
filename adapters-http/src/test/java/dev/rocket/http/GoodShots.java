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

    private static final JsonNode NOTHING = OpenApiDocument.json("{}");
    private static final String MIGRATION = "/v1/migration";
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
        String path = operation.path().replace("{slug}", "not-found").replace("{name}", "tidy");
        if (path.contains("{id}")) {
            path = path.replace("{id}", made(path.split("/", -1)[2]));
        }
        if (path.startsWith(MIGRATION) && !operation.method().equals("GET")) {
            server.endMove();
            if (!operation.name().equals("POST " + MIGRATION)) {
                begin();
            }
        }
        FaultyServer asked = operation.path().equals("/v1/setup") ? virgin() : server;
        return new Shot(asked, operation, path, Map.of(), Optional.empty()).as(server.admin);
    }

    private void begin() {
        succeed(create(MIGRATION, "{\"to\":\"there\",\"pauseAt\":\"copying\"}"));
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
        return OpenApiDocument.json(succeed(create(path, body)).body()).get("id").asText();
    }

    /** A name that nothing has. */
    String freshName() {
        return "name " + names.incrementAndGet();
    }

    private void clear(String catalog) {
        String path = "/v1/" + catalog;
        for (JsonNode item :
                OpenApiDocument.json(succeed(request("GET", path + "?limit=200")).body())
                        .get("items")) {
            request("DELETE", path + "/" + item.get("id").asText()).send(client);
        }
    }

    /** A request that creates something. */
    Shot create(String path, String body) {
        return request("POST", path).saying(body).with("Content-Type", "application/json");
    }

    private Shot request(String method, String path) {
        Operation any = new Operation(method, path, new OpenApiDocument.Placed("", NOTHING));
        return new Shot(server, any, path, Map.of(), Optional.empty()).as(server.admin);
    }

    private Exchange succeed(Shot shot) {
        Exchange answer = shot.send(client);
        if (answer.status() >= 300) {
            throw new AssertionError(shot + " " + answer);
        }
        return answer;
    }

    /** Stops the servers that were made for one request each. */
    void close() {
        virgins.forEach(FaultyServer::close);
    }
}
