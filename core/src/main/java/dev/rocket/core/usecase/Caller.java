package dev.rocket.core.usecase;

import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Receipt;
import dev.rocket.core.model.Refusal;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Token;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who asks now, and what they may do.
 *
 * @param actor whose name goes on the changes
 * @param scopes what they may do
 * @param once what makes a repeated request harmless
 */
public record Caller(Actor actor, Set<Token.Scope> scopes, Optional<Once.Key> once) {

    /** Copies the scopes. */
    public Caller {
        scopes = Set.copyOf(scopes);
    }

    /** A program that embeds Rocket, or a part of Rocket: may do everything. */
    public static Caller system(String part) {
        Set<Token.Scope> all = EnumSet.allOf(Token.Scope.class);
        return new Caller(Actor.system(part), all, Optional.empty());
    }

    /** Whoever holds a token. */
    public static Caller of(Token token) {
        return new Caller(Actor.of(token), token.scopes(), Optional.empty());
    }

    /**
     * The same caller with an idempotency key.
     *
     * @param word the key, 1 to {@link dev.rocket.core.model.Limits#IDEMPOTENCY_KEY_CHARS}
     * @param fingerprint a digest of the request
     * @throws Refused with Invalid for a word out of bounds
     */
    public Caller once(String word, String fingerprint) {
        Receipt.Key key = Receipt.Key.of(actor.id(), word);
        return new Caller(actor, scopes, Optional.of(new Once.Key(key, fingerprint)));
    }

    /**
     * Refuses unless a scope is held.
     *
     * @throws Refused with Forbidden
     */
    public void require(Token.Scope needed) {
        if (!Token.allows(scopes, needed)) {
            throw new Refused(new Refusal.Forbidden(needed));
        }
    }
}
