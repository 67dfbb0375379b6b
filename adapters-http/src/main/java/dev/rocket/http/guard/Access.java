package dev.rocket.http.guard;

import dev.rocket.core.model.Token;
import java.util.Optional;

/** What a route demands of its caller. */
public enum Access {
    /** Nothing. */
    OPEN(Optional.empty()),
    /** READ, unless the peer is this machine itself and no proxy stands between. */
    LOCAL_OR_READ(Optional.of(Token.Scope.READ)),
    /** A token that may read. */
    READ(Optional.of(Token.Scope.READ)),
    /** A token that may write. */
    WRITE(Optional.of(Token.Scope.WRITE)),
    /** A token that may administer. */
    ADMIN(Optional.of(Token.Scope.ADMIN));

    private final Optional<Token.Scope> scope;

    Access(Optional<Token.Scope> scope) {
        this.scope = scope;
    }

    /** The scope that is needed; empty where nobody is asked. */
    public Optional<Token.Scope> scope() {
        return scope;
    }
}
