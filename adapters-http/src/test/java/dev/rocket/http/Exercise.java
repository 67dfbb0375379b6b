package dev.rocket.http;

import dev.rocket.http.OpenApiDocument.Example;
import dev.rocket.http.OpenApiDocument.Operation;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A client that leads every operation to every status that the document names. */
final class Exercise implements AutoCloseable {

    private static final String UPGRADE =
            String.join(
                    "\r\n",
                    "Connection: Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                    "");

    private final OpenApiDocument document;
    private final OpenApiJudge judge;
    private final HttpClient client = HttpClient.newHttpClient();
    private final FaultyServer server = FaultyServer.of(HttpConfig.loopback(0));
    private final GoodShots good;
    private final RefusedShots refused;
    private final Set<String> seen = new TreeSet<>();
    private final List<String> faults = new ArrayList<>();

    Exercise(OpenApiDocument document) {
        this.document = document;
        this.judge = new OpenApiJudge(document);
        this.good = new GoodShots(document, client, server);
        this.refused = new RefusedShots(client, good, server);
    }

    /** What was found wrong. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    /** The operations and statuses that were met. */
    Set<String> seen() {
        return Set.copyOf(seen);
    }

    /** Leads one operation to all its statuses. */
    void run(Operation operation) {
        for (int status : operation.statuses()) {
            for (Exchange answer : answers(operation, status)) {
                judge(operation, answer);
            }
        }
    }

    private List<Exchange> answers(Operation operation, int status) {
        return switch (status) {
            case 101 -> List.of(upgraded(operation));
            case 200, 201, 204 -> succeeded(operation);
            case 304 ->
                    List.of(
                            good.one(operation).with("If-None-Match", "*").send(client),
                            good.one(operation).with("If-None-Match", "\"x\"").send(client));
            default -> refused.answers(operation, status);
        };
    }

    private Exchange upgraded(Operation operation) {
        Exchange answer = good.one(operation).raw("HTTP/1.1", UPGRADE);
        // What follows the head of this answer is not HTTP any more.
        return new Exchange(answer.status(), answer.headers(), "");
    }

    private List<Exchange> succeeded(Operation operation) {
        List<Exchange> answers = new ArrayList<>();
        for (Example example : document.examples(operation)) {
            for (String fault : judge.faults(example.schema(), example.value().value())) {
                faults.add(operation + " example " + fault);
            }
            answers.add(good.with(operation, example).send(client));
        }
        if (answers.isEmpty()) {
            answers.add(good.one(operation).send(client));
        }
        for (Exchange answer : answers) {
            if (answer.status() >= 300) {
                faults.add(operation + " refuses what the document shows: " + answer);
            }
        }
        return answers;
    }

    /** Compares an answer with the document, and remembers that it was met. */
    void judge(Operation operation, Exchange answer) {
        seen.add(operation + " " + answer.status());
        for (String fault : judge.faults(operation, answer)) {
            faults.add(operation + " " + answer.status() + ": " + fault + " in " + answer);
        }
    }

    @Override
    public void close() {
        client.close();
        good.close();
        refused.close();
        server.close();
    }
}
