package dev.rocket.bootstrap.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.rocket.core.model.InstantText;
import dev.rocket.core.model.JsonOut;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Token;
import dev.rocket.core.usecase.ManageTokens;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The tokens of a running server. */
final class RemoteTokens {

    private static final String PATH = "/v1/tokens";

    private final ManageToken.Where where;

    private RemoteTokens(ManageToken.Where where) {
        this.where = where;
    }

    static RemoteTokens at(ManageToken.Where where) {
        return new RemoteTokens(where);
    }

    /** A token that another replaces, and until when it is good. */
    record Replaced(Token.Id id, Instant until) {}

    /** Issues a token; its secret. */
    String create(ManageTokens.Wish wish, Optional<Replaced> replaced) throws IOException {
        StringBuilder body = new StringBuilder();
        JsonOut json = new JsonOut(body).begin().text("name", wish.name());
        json.plains("scopes", wish.scopes().stream().map(Token.Scope::wire).sorted().toList());
        wish.expires().ifPresent(at -> json.instant("expires", at));
        replaced.ifPresent(
                old -> json.plain("replaces", old.id().text()).instant("until", old.until()));
        json.end();
        try (Remote remote = where.remote()) {
            String answer = remote.ask("POST", PATH, Optional.of(body.toString()));
            return Remote.find(answer, "token")
                    .orElseThrow(() -> new IOException("the server gave no token: " + answer));
        }
    }

    void revoke(UUID id) throws IOException {
        try (Remote remote = where.remote()) {
            remote.ask("DELETE", PATH + "/" + id, Optional.empty());
        }
    }

    /** All of them, page by page. */
    List<NamedToken> all() throws IOException {
        List<NamedToken> all = new ArrayList<>();
        try (Remote remote = where.remote()) {
            Optional<String> next = Optional.of("");
            while (next.isPresent()) {
                String after = next.get().isEmpty() ? "" : "&after=" + next.get();
                String page =
                        remote.ask("GET", PATH + "?limit=" + Limits.PAGE + after, Optional.empty());
                next = read(page, all);
            }
        }
        return all;
    }

    /** Adds the tokens of a page; where the next page begins. */
    private static Optional<String> read(String page, List<NamedToken> all) throws IOException {
        Optional<String> next = Optional.empty();
        try (JsonParser parser = new JsonFactory().createParser(page)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (field.equals("items")) {
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        all.add(token(parser));
                    }
                } else if (field.equals("next") && value == JsonToken.VALUE_STRING) {
                    next = Optional.of(parser.getText());
                }
            }
        }
        return next;
    }

    private static NamedToken token(JsonParser parser) throws IOException {
        UUID id = new UUID(0, 0);
        String name = "";
        Set<Token.Scope> scopes = EnumSet.noneOf(Token.Scope.class);
        Optional<Instant> expires = Optional.empty();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "id" -> id = UUID.fromString(parser.getText());
                case "name" -> name = parser.getText();
                case "expires" -> expires = Optional.of(InstantText.parse(parser.getText()));
                case "scopes" -> {
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        scopes.add(Token.Scope.parse(parser.getText()));
                    }
                }
                default -> parser.skipChildren();
            }
        }
        return new NamedToken(id, name, scopes, expires);
    }
}
