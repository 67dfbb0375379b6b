package dev.rocket.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rocket.http.OpenApiDocument.Example;
import dev.rocket.http.OpenApiDocument.Operation;
import dev.rocket.http.OpenApiDocument.Placed;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A client that leads every operation to every status that the document names. */
final class Exercise implements AutoCloseable {

    /** What is tried on every operation, documented or not; 200 stands for any success. */
    private static final Set<Integer> ALWAYS =
            Set.of(
                    200, 304, 400, 401, 403, 406, 412, 413, 414, 415, 422, 429, 431, 500, 501, 503,
                    505);

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

    /** The documented statuses and media types of an operation that were not met. */
    Set<String> unmet(Operation operation) {
        Set<String> unmet = new TreeSet<>();
        for (int status : operation.statuses()) {
            Placed response = document.response(operation, status).orElseThrow();
            List<String> types =
                    response.names().contains("content")
                            ? response.member("content").names()
                            : List.of("");
            types.forEach(type -> unmet.add(met(operation, status, type)));
        }
        unmet.removeAll(seen);
        return unmet;
    }

    private static String met(Operation operation, int status, String type) {
        return (operation + " " + status + " " + type).strip();
    }

    /** Leads one operation to all its statuses, and tries to lead it to others. */
    void run(Operation operation) {
        Set<Integer> statuses = new TreeSet<>(ALWAYS);
        statuses.addAll(operation.statuses());
        for (int status : statuses) {
            answers(operation, status).forEach(answer -> judge(operation, answer));
        }
    }

    private List<Exchange> answers(Operation operation, int status) {
        return switch (status) {
            case 101 -> handshakes(good.one(operation));
            case 200 -> succeeded(operation);
            case 201, 204 -> List.of();
            case 304 ->
                    List.of(
                            good.one(operation).with("If-None-Match", "*").send(client),
                            good.one(operation).with("If-None-Match", "\"x\"").send(client));
            default -> refused.answers(operation, status);
        };
    }

    private List<Exchange> handshakes(Shot shot) {
        return List.of(
                upgraded(shot),
                upgraded(shot.fromNobody()),
                upgraded(shot.as("rkt_nonsense")),
                upgraded(shot.to(shot.target() + "?nonsense=1")),
                upgraded(shot.to(shot.target() + "?ticket=" + "x".repeat(32))),
                refused.upgradedByStranger(shot, UPGRADE));
    }

    private static Exchange upgraded(Shot shot) {
        Exchange answer = shot.raw("HTTP/1.1", UPGRADE);
        // What follows the head of such an answer is not HTTP any more.
        return answer.status() == 101
                ? new Exchange(answer.status(), answer.headers(), "")
                : answer;
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
            if (answer.status() >= 300 && answer.status() != 426) {
                faults.add(operation + " refuses what the document shows: " + answer);
            }
        }
        return answers;
    }

    /** What is wrong with a value, by a schema of the document's components. */
    List<String> faults(String schema, JsonNode value) {
        return judge.faults(document.components("schemas").member(schema), value);
    }

    /** Compares the changes in a stream of events with their schema. */
    void events(String stream) {
        int changes = 0;
        for (String event : stream.split("\n\n", -1)) {
            if (event.startsWith("event: change\n")) {
                changes++;
                String data = event.substring(event.indexOf("data: ") + 6);
                faults.addAll(faults("Change", OpenApiDocument.json(data)));
            }
        }
        if (changes == 0 || !stream.contains("event: bye\n")) {
            faults.add("the stream told too little: " + stream);
        }
    }

    /** Compares an answer with the document, and remembers that it was met. */
    void judge(Operation operation, Exchange answer) {
        seen.add(met(operation, answer.status(), answer.header("content-type").orElse("")));
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
