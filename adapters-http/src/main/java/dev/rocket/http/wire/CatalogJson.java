package dev.rocket.http.wire;

import dev.rocket.core.model.CatalogEdit;
import dev.rocket.core.model.InstantText;
import dev.rocket.core.model.JsonOut;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Token;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What clients send about catalogs, comments and tokens. */
public final class CatalogJson {

    private CatalogJson() {}

    /**
     * What a new token shall be.
     *
     * @param name what its owner calls it
     * @param scopes what it allows
     * @param expires from then on it is refused
     * @param replaces the token in whose place it comes
     */
    public record TokenWish(
            String name,
            Set<Token.Scope> scopes,
            Optional<Instant> expires,
            Optional<Replaced> replaces) {}

    /**
     * A token that another replaces.
     *
     * @param id which
     * @param until it is good until then
     */
    public record Replaced(Token.Id id, Instant until) {}

    /**
     * What makes the first token of a server.
     *
     * @param token the one-time setup token
     * @param name what the first token shall be called
     */
    public record Setup(String token, String name) {}

    /**
     * The fields that a body sets on a project, label or member.
     *
     * @throws Malformed when it cannot be read
     * @throws Refused with Invalid when a value breaks a rule
     */
    public static CatalogEdit edit(Bodies.Part text) {
        return Bodies.read(
                text,
                body -> {
                    List<CatalogEdit.Part> parts = new ArrayList<>(4);
                    body.object(name -> parts.add(part(body, name)));
                    return new CatalogEdit(parts);
                });
    }

    private static CatalogEdit.Part part(Bodies body, String name) throws IOException {
        return switch (name) {
            case "name" -> new CatalogEdit.Name(body.text());
            case "notes" -> new CatalogEdit.Notes(body.isNull() ? "" : body.text());
            case "color" -> new CatalogEdit.Color(body.maybe(text -> text));
            case "archived" -> new CatalogEdit.Archived(!body.isNull() && body.truth());
            case "email" -> new CatalogEdit.Email(body.maybe(text -> text));
            default -> throw body.unknown();
        };
    }

    /**
     * The text of a comment in a body.
     *
     * @throws Malformed when it cannot be read
     * @throws Refused with Invalid when there is none
     */
    public static String comment(Bodies.Part text) {
        List<String> said = new ArrayList<>(1);
        Bodies.read(
                text,
                body -> {
                    body.object(
                            name -> {
                                if (!name.equals("text")) {
                                    throw body.unknown();
                                }
                                said.add(body.text());
                            });
                    return said;
                });
        return said.stream().findFirst().orElseThrow(() -> missing("text"));
    }

    /**
     * The wish for a token in a body.
     *
     * @throws Malformed when it cannot be read
     * @throws Refused with Invalid when something is missing or breaks a rule
     */
    public static TokenWish wish(Bodies.Part text) {
        var read =
                new Object() {
                    Optional<String> name = Optional.empty();
                    Optional<Instant> expires = Optional.empty();
                    Optional<Token.Id> replaces = Optional.empty();
                    Optional<Instant> until = Optional.empty();
                    final Set<Token.Scope> scopes = EnumSet.noneOf(Token.Scope.class);
                };
        Bodies.read(
                text,
                body -> {
                    body.object(
                            name -> {
                                switch (name) {
                                    case "name" -> read.name = Optional.of(body.text());
                                    case "scopes" ->
                                            body.texts().stream()
                                                    .map(Token.Scope::parse)
                                                    .forEach(read.scopes::add);
                                    case "expires" ->
                                            read.expires = body.maybe(at -> instant(name, at));
                                    case "replaces" ->
                                            read.replaces =
                                                    body.maybe(id -> new Token.Id(body.id(id)));
                                    case "until" ->
                                            read.until = body.maybe(at -> instant(name, at));
                                    default -> throw body.unknown();
                                }
                            });
                    return read;
                });
        return new TokenWish(
                read.name.orElseThrow(() -> missing("name")),
                read.scopes,
                read.expires,
                replaced(read.replaces, read.until));
    }

    private static Optional<Replaced> replaced(Optional<Token.Id> id, Optional<Instant> until) {
        if (id.isPresent() != until.isPresent()) {
            throw Refused.invalid("until", "goes with replaces, and replaces with until");
        }
        return id.flatMap(which -> until.map(at -> new Replaced(which, at)));
    }

    /**
     * The setup in a body.
     *
     * @throws Malformed when it cannot be read
     * @throws Refused with Invalid when the token is missing
     */
    public static Setup setup(Bodies.Part text) {
        var read =
                new Object() {
                    Optional<String> token = Optional.empty();
                    String name = "admin";
                };
        Bodies.read(
                text,
                body -> {
                    body.object(
                            name -> {
                                switch (name) {
                                    case "token" -> read.token = Optional.of(body.text());
                                    case "name" -> read.name = body.text();
                                    default -> throw body.unknown();
                                }
                            });
                    return read;
                });
        return new Setup(read.token.orElseThrow(() -> missing("token")), read.name);
    }

    /** Appends a token without its hash, and with its secret when that is shown. */
    public static void print(StringBuilder out, Token token, Optional<String> secret) {
        JsonOut json =
                new JsonOut(out)
                        .begin()
                        .plain("id", token.id().text())
                        .number("revision", token.revision().value())
                        .text("name", token.name())
                        .plains(
                                "scopes",
                                token.scopes().stream().map(Token.Scope::wire).sorted().toList());
        token.expires().ifPresent(at -> json.instant("expires", at));
        json.instant("created", token.stamp().created())
                .instant("updated", token.stamp().updated())
                .text("token", secret)
                .end();
    }

    private static Instant instant(String field, String text) {
        try {
            return InstantText.parse(text);
        } catch (DateTimeException e) {
            throw Refused.invalid(field, "must look like 2026-03-29T07:30:00Z");
        }
    }

    private static Refused missing(String name) {
        return Refused.invalid(name, "must be given");
    }
}
