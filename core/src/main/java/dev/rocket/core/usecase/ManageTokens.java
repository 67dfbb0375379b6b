package dev.rocket.core.usecase;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Refusal;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Revision;
import dev.rocket.core.model.Stamp;
import dev.rocket.core.model.Token;
import dev.rocket.core.port.Snapshot;
import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Giving out and taking back what proves a caller. */
public final class ManageTokens {

    /** How every secret begins, so that people and scanners recognise one. */
    public static final String PREFIX = "rkt_";

    /** The fewest characters of a secret that an operator chooses. */
    public static final int MIN_SECRET = 20;

    private static final int SECRET_BITS = 256;

    private final Once once;
    private final InstantSource clock;
    private final Births births;
    private final RandomGenerator secrets;
    private final Authenticate authenticate;

    /**
     * Writes through {@code once}.
     *
     * @param secrets must be cryptographically strong
     * @param authenticate forgets what is revoked
     */
    public ManageTokens(
            Once once,
            InstantSource clock,
            Births births,
            RandomGenerator secrets,
            Authenticate authenticate) {
        this.once = once;
        this.clock = clock;
        this.births = births;
        this.secrets = secrets;
        this.authenticate = authenticate;
    }

    /**
     * A token and its secret.
     *
     * <p>The secret is shown this once and kept nowhere.
     *
     * @param token as stored
     * @param secret what the caller sends
     */
    public record Issued(Token token, String secret) {}

    /**
     * What a new token shall be.
     *
     * @param name what its owner calls it
     * @param scopes what it allows
     * @param expires from then on it is refused
     */
    public record Wish(String name, Set<Token.Scope> scopes, Optional<Instant> expires) {}

    /**
     * Issues a token; durable on return. An idempotency key is not honoured, since the secret could
     * not be shown again.
     *
     * @throws Refused with Forbidden (no ADMIN) or Invalid
     */
    public Issued create(Caller caller, Wish wish) {
        caller.require(Token.Scope.ADMIN);
        return issue(caller, wish, randomSecret(), false);
    }

    /**
     * Issues a token in place of another, which stays good until an instant; both in one durable
     * step. An idempotency key is not honoured, since the secret could not be shown again.
     *
     * @throws Refused with Forbidden (no ADMIN) or Invalid (also when there is no such token)
     */
    public Issued replace(Caller caller, Wish wish, Token.Id old, Instant until) {
        caller.require(Token.Scope.ADMIN);
        Instant now = clock.instant();
        String secret = randomSecret();
        Token token = token(wish, secret, now);
        Plan plan =
                new Plan(
                        "token.rotate",
                        snapshot ->
                                List.of(
                                        token,
                                        snapshot.find(old)
                                                .orElseThrow(ManageTokens::noSuchToken)
                                                .until(until, now)));
        once.change(new Caller(caller.actor(), caller.scopes(), Optional.empty()), plan);
        authenticate.forget();
        return new Issued(token, secret);
    }

    private static Refused noSuchToken() {
        return Refused.invalid("replaces", "must be the id of a token");
    }

    private Token token(Wish wish, String secret, Instant now) {
        return new Token(
                new Token.Id(births.id()),
                Revision.FIRST,
                wish.name(),
                Token.hash(secret),
                wish.scopes(),
                wish.expires(),
                Stamp.born(now));
    }

    /**
     * Issues the first token of a store that has none; durable on return.
     *
     * @throws Refused with AlreadySetUp or Invalid
     */
    public Issued setUp(String name) {
        return setUp(name, randomSecret());
    }

    /**
     * Stores a secret that the operator chose as the first token of a store that has none.
     *
     * @throws Refused with AlreadySetUp or Invalid (a secret shorter than {@link #MIN_SECRET} or
     *     longer than {@link Authenticate#MAX_SECRET} characters)
     */
    public Issued setUp(String name, String secret) {
        if (secret.length() < MIN_SECRET || secret.length() > Authenticate.MAX_SECRET) {
            throw Refused.invalid(
                    "ROCKET_ADMIN_TOKEN",
                    "must have " + MIN_SECRET + " to " + Authenticate.MAX_SECRET + " characters");
        }
        Wish wish = new Wish(name, Set.of(Token.Scope.ADMIN), Optional.empty());
        return issue(Caller.system("setup"), wish, secret, true);
    }

    private Issued issue(Caller caller, Wish wish, String secret, boolean first) {
        Token token = token(wish, secret, clock.instant());
        Plan plan =
                new Plan(
                        "token.create",
                        snapshot -> {
                            if (first && any(snapshot)) {
                                throw new Refused(new Refusal.AlreadySetUp());
                            }
                            return List.of(token);
                        });
        once.change(new Caller(caller.actor(), caller.scopes(), Optional.empty()), plan);
        return new Issued(token, secret);
    }

    /** Whether a store holds any token, so that it is set up. */
    public static boolean any(Snapshot snapshot) {
        Listing<Token> listing = new Listing.All<>(Token.class, Image.Kind.TOKEN, Cursor.START, 1);
        return !snapshot.page(listing).items().isEmpty();
    }

    /**
     * Takes a token back; from its return on, nobody gets in with it.
     *
     * @throws Refused with Forbidden (no ADMIN) or NotFound
     */
    public Change revoke(Caller caller, Token.Id id) {
        caller.require(Token.Scope.ADMIN);
        Plan plan =
                new Plan(
                        "token.revoke",
                        snapshot -> {
                            Token token = Expected.find(snapshot, id, Optional.empty());
                            return List.of(new Image.Gone(id, token.revision().next()));
                        });
        Change change = once.change(caller, plan);
        authenticate.forget();
        return change;
    }

    private String randomSecret() {
        byte[] bytes = new byte[SECRET_BITS / 8];
        secrets.nextBytes(bytes);
        return PREFIX + new BigInteger(1, bytes).toString(36);
    }
}
