package dev.rocket.http.api;

import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.JsonOut;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Token;
import dev.rocket.core.usecase.FindTasks;
import dev.rocket.core.usecase.ManageTokens;
import dev.rocket.core.usecase.UseCases;
import dev.rocket.http.guard.Ask;
import dev.rocket.http.guard.Tickets;
import dev.rocket.http.wire.Answer;
import dev.rocket.http.wire.Bodies;
import dev.rocket.http.wire.CatalogJson;
import dev.rocket.http.wire.Encoded;
import dev.rocket.http.wire.Etags;
import dev.rocket.http.wire.Problems;
import dev.rocket.http.wire.Query;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Tokens, tickets, and the setup that makes the first token. */
public final class TokenRoutes {

    private final ManageTokens tokens;
    private final FindTasks find;
    private final Tickets tickets;
    private final AtomicReference<Optional<String>> setupToken;

    /**
     * Answers from these use cases.
     *
     * @param setupToken the one-time token of the setup; empty when there is none to be done
     */
    public TokenRoutes(UseCases useCases, Tickets tickets, Optional<String> setupToken) {
        this.tokens = useCases.tokens();
        this.find = useCases.find();
        this.tickets = tickets;
        this.setupToken = new AtomicReference<>(setupToken);
    }

    /**
     * {@code POST /v1/tokens}: 201 with the token and, this once, its secret in {@code token}; 400,
     * 413, 415.
     */
    public Answer create(Ask ask) {
        CatalogJson.TokenWish wish = CatalogJson.wish(Bodies.Part.whole(ask.body()));
        ManageTokens.Wish made = new ManageTokens.Wish(wish.name(), wish.scopes(), wish.expires());
        return issued(
                wish.replaces()
                        .map(old -> tokens.replace(ask.caller(), made, old.id(), old.until()))
                        .orElseGet(() -> tokens.create(ask.caller(), made)));
    }

    /** {@code GET /v1/tokens}: 200 with {@code items} and {@code next}; 400. */
    public Answer list(Ask ask) {
        Query query = ask.query(CatalogRoutes.KNOWN);
        return Encoded.page(
                find.list(
                        ask.caller(),
                        new Listing.All<>(
                                Token.class,
                                Image.Kind.TOKEN,
                                Pages.after(query, Cursor.BY_ID),
                                Pages.limit(query))));
    }

    /** {@code GET /v1/tokens/{id}}: 200 with the token and {@code ETag}, or 304; 404. */
    public Answer one(Ask ask) {
        return Conditions.answer(ask, find.one(ask.caller(), new Token.Id(ask.id())));
    }

    /** {@code DELETE /v1/tokens/{id}}: 204, and nobody gets in with it any more; 404. */
    public Answer revoke(Ask ask) {
        tokens.revoke(ask.writer(), new Token.Id(ask.id()));
        return Answer.empty(Status.NO_CONTENT_204);
    }

    /**
     * {@code POST /v1/setup} with the one-time token: 201 with the first token of the server and
     * its secret; 400, 401 for another token, 409 when it was done before.
     */
    public Answer setUp(Ask ask) {
        CatalogJson.Setup setup = CatalogJson.setup(Bodies.Part.whole(ask.body()));
        String wanted = setupToken.get().orElseThrow(Problems::alreadySetUp);
        boolean right =
                MessageDigest.isEqual(
                        wanted.getBytes(StandardCharsets.UTF_8),
                        setup.token().getBytes(StandardCharsets.UTF_8));
        if (!right) {
            throw Problems.unauthenticated("This is not the setup token.");
        }
        Answer answer = issued(tokens.setUp(setup.name()));
        setupToken.set(Optional.empty());
        return answer;
    }

    /**
     * {@code POST /v1/tickets}: 201 with a {@code ticket} that opens one WebSocket within {@code
     * expiresIn} seconds; 503 when too many are open.
     */
    public Answer ticket(Ask ask) {
        StringBuilder out = new StringBuilder(96);
        new JsonOut(out)
                .begin()
                .plain("ticket", tickets.issue(ask.caller()))
                .number("expiresIn", Tickets.GOOD_FOR.toSeconds())
                .end();
        return Answer.json(Status.CREATED_201, out).with(Answer.NO_STORE);
    }

    private static Answer issued(ManageTokens.Issued issued) {
        Token token = issued.token();
        StringBuilder out = new StringBuilder(256);
        CatalogJson.print(out, token, Optional.of(issued.secret()));
        return Answer.json(Status.CREATED_201, out)
                .with(Etags.header(token.revision()))
                .with(HeaderNames.LOCATION, "/v1/tokens/" + token.id().text())
                .with(Answer.NO_STORE);
    }
}
