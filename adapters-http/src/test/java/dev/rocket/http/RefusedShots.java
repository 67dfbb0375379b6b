package dev.rocket.http;

import dev.rocket.core.model.Token;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.usecase.Caller;
import dev.rocket.core.usecase.ManageTokens;
import dev.rocket.http.OpenApiDocument.Operation;
import dev.rocket.http.guard.Access;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Requests that must be refused, each for a reason that leads to a given status. */
final class RefusedShots implements AutoCloseable {

    private static final String HTTP = "HTTP/1.1";
    private static final HttpConfig CONFIG = HttpConfig.loopback(0);
    private static final HttpConfig.RateLimit ONE =
            new HttpConfig.RateLimit(1, Duration.ofMinutes(15));
    private static final List<StoreException.Kind> PASSING =
            List.of(
                    StoreException.Kind.OVERLOADED,
                    StoreException.Kind.UNAVAILABLE,
                    StoreException.Kind.UNKNOWN_OUTCOME,
                    StoreException.Kind.READ_ONLY);

    private final HttpClient client;
    private final GoodShots good;
    private final FaultyServer server;
    private final Conflicts conflicts;
    private final FaultyServer open = FaultyServer.of(CONFIG.withAuth(false));
    private final FaultyServer scarce = FaultyServer.of(CONFIG.withRateLimit(Optional.of(ONE)));

    RefusedShots(HttpClient client, GoodShots good, FaultyServer server) {
        this.client = client;
        this.good = good;
        this.server = server;
        this.conflicts = new Conflicts(client, good, server);
    }

    /** What an operation answers to requests that should lead to a status. */
    List<Exchange> answers(Operation operation, int status) {
        Shot shot = good.one(operation);
        return switch (status) {
            case 400 -> malformed(shot);
            case 401 -> unproven(shot);
            case 403 -> forbidden(shot);
            case 404 -> missing(shot);
            case 405, 409, 412, 422 -> conflicts.answers(shot, status);
            case 406 -> List.of(shot.with("Accept", "text/html").send(client));
            case 413 -> List.of(shot.raw(HTTP, "Content-Length: 99999999\r\n"));
            case 414 -> List.of(shot.to(shot.target() + "?" + "q".repeat(9000)).raw(HTTP, ""));
            case 415 -> List.of(shot.with("Content-Type", "text/plain").send(client));
            case 426 -> List.of(shot.send(client));
            case 429 -> List.of(shot.at(scarce).send(client), shot.at(scarce).send(client));
            case 431 -> List.of(shot.raw(HTTP, "X-Long: " + "x".repeat(20_000) + "\r\n"));
            case 501 -> List.of(shot.raw(HTTP, "Transfer-Encoding: gzip, chunked\r\n"));
            case 500 -> broken(shot);
            case 503 -> PASSING.stream().flatMap(kind -> failed(shot, kind).stream()).toList();
            case 505 -> List.of(shot.raw("HTTP/1.0", ""));
            case 507 -> failed(shot, StoreException.Kind.FULL);
            default -> List.of();
        };
    }

    private List<Exchange> malformed(Shot shot) {
        List<Exchange> answers = new ArrayList<>();
        answers.add(shot.raw(HTTP, "no colon\r\n"));
        if (shot.body().isPresent()) {
            answers.add(shot.saying("{").send(client));
            answers.add(shot.saying("").send(client));
            answers.add(shot.saying("{\"nonsense\":1}").send(client));
            answers.add(shot.saying("{}").send(client));
        }
        if (shot.operation().path().startsWith("/v1/")) {
            answers.add(shot.to(shot.target() + "?nonsense=1").send(client));
            for (String header : List.of("If-Match", "If-None-Match", "Last-Event-ID")) {
                answers.add(shot.with(header, "x").send(client));
            }
            answers.add(shot.with("Idempotency-Key", "x".repeat(201)).send(client));
        }
        return answers;
    }

    private List<Exchange> unproven(Shot shot) {
        if (shot.operation().access() == Access.OPEN) {
            return List.of(shot.saying("{\"token\":\"guess\"}").send(client));
        }
        Shot nobody = shot.fromNobody();
        return List.of(nobody.send(client), nobody.as("rkt_nonsense").send(client));
    }

    private List<Exchange> forbidden(Shot shot) {
        List<Exchange> answers = new ArrayList<>();
        Shot foreign = shot.at(open).with("Origin", "https://evil.example");
        answers.add(foreign.with(Shot.FORWARDED, "192.0.2.1").send(client));
        Token.Scope needed = shot.operation().access().scope().orElse(Token.Scope.READ);
        if (needed != Token.Scope.READ) {
            ManageTokens.Wish wish =
                    new ManageTokens.Wish("reader", Set.of(Token.Scope.READ), Optional.empty());
            String reader = server.useCases.tokens().create(Caller.system("t"), wish).secret();
            answers.add(shot.as(reader).send(client));
        }
        return answers;
    }

    /** What a server that asks for no token answers to a foreign page that wants a WebSocket. */
    Exchange upgradedByStranger(Shot shot, String upgrade) {
        return shot.at(open).with("Origin", "https://evil.example").raw(HTTP, upgrade);
    }

    private List<Exchange> missing(Shot shot) {
        String template = shot.operation().path();
        if (template.equals("/v1/batch")) {
            return List.of(conflicts.batch(shot, "DELETE", "/v1/tasks/" + UUID.randomUUID(), ""));
        }
        return List.of(UUID.randomUUID().toString(), "x").stream()
                .map(part -> shot.to(template.replaceAll("\\{[a-z]+}", part)).send(client))
                .toList();
    }

    private List<Exchange> broken(Shot shot) {
        List<Exchange> answers = new ArrayList<>(failed(shot, StoreException.Kind.CORRUPT));
        if (shot.operation().path().equals("/readyz")) {
            answers.add(failed(shot, new IllegalStateException("planted")));
        }
        return answers;
    }

    /** With a store that fails in the route, and one that fails at the door. */
    private List<Exchange> failed(Shot shot, StoreException.Kind kind) {
        RuntimeException failure = FaultyServer.failure(kind);
        Exchange inside = failed(shot, failure);
        shot.server().forget();
        return List.of(inside, failed(shot.with(Shot.FORWARDED, "192.0.2.1"), failure));
    }

    private Exchange failed(Shot shot, RuntimeException failure) {
        return shot.server().failing(failure, () -> shot.send(client));
    }

    @Override
    public void close() {
        open.close();
        scarce.close();
    }
}
