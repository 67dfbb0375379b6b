package dev.rocket.core.model;

import java.util.Optional;
import java.util.UUID;

/**
 * Who made a change.
 *
 * @param id stable: {@code token:<uuid>}, {@code system:<part>}
 * @param name what people read
 */
public record Actor(String id, String name) {

    private static final String TOKEN = "token:";

    /** Refuses unprintable or long values with IllegalArgumentException. */
    public Actor {
        if (id.isEmpty() || id.length() > 100 || name.length() > Limits.NAME_CHARS) {
            throw new IllegalArgumentException("not an actor: " + id + " " + name);
        }
    }

    /** A part of Rocket itself, such as {@code import}. */
    public static Actor system(String part) {
        return new Actor("system:" + part, part);
    }

    /** Whoever holds that token. */
    public static Actor of(Token token) {
        return new Actor(TOKEN + token.id().text(), token.name());
    }

    /** The token that it holds; empty when it is proven otherwise. */
    public Optional<Token.Id> token() {
        return id.startsWith(TOKEN)
                ? Optional.of(new Token.Id(UUID.fromString(id.substring(TOKEN.length()))))
                : Optional.empty();
    }
}
