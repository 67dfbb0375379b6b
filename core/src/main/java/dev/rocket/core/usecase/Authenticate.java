package dev.rocket.core.usecase;

import dev.rocket.core.model.Image;
import dev.rocket.core.model.Refusal;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Token;
import dev.rocket.core.port.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Telling who a secret belongs to.
 *
 * <p>Known secrets are remembered for {@link #MEMORY}, at most {@link #REMEMBERED} of them, under
 * their own text, so the hot path hashes nothing and reads nothing. Revoking through the same use
 * cases forgets at once; another server on the same store forgets within that time.
 *
 * <p>A proof counts the revocations that were known before the store was asked. Any later one makes
 * it worthless, also while it is on its way into the memory. Safe from any thread.
 */
public final class Authenticate {

    /** How long a proof is believed without asking the store again. */
    public static final Duration MEMORY = Duration.ofSeconds(10);

    /** How many proofs are remembered. */
    public static final int REMEMBERED = 10_000;

    /** The most characters of a secret. */
    public static final int MAX_SECRET = 200;

    private record Proof(Token token, Caller caller, Instant asked, long revocations) {

        boolean holds(Instant now, long currentRevocations) {
            return revocations == currentRevocations && !asked.plus(MEMORY).isBefore(now);
        }
    }

    private final Store store;
    private final InstantSource clock;
    private final Map<String, Proof> proofs = new ConcurrentHashMap<>();
    private final AtomicLong revocations = new AtomicLong();

    /** Looks tokens up in a store. */
    public Authenticate(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * The caller that a secret proves.
     *
     * @throws Refused with Unauthenticated when it proves nothing, or did until it expired
     */
    public Caller caller(String secret) {
        Instant now = clock.instant();
        Proof proof = proofs.get(secret);
        if (proof == null || !proof.holds(now, revocations.get())) {
            proof = ask(secret, now);
        }
        Optional<Instant> expires = proof.token().expires();
        if (expires.isPresent() && !now.isBefore(expires.get())) {
            throw no("The token has expired.");
        }
        return proof.caller();
    }

    /**
     * Whether a caller that was proven some time ago still would be; asks the store. Callers that
     * no token proved always are.
     */
    public boolean holds(Caller caller) {
        Optional<Token.Id> id = caller.actor().token();
        if (id.isEmpty()) {
            return true;
        }
        Optional<Token> token = store.read(s -> s.find(id.get()));
        Instant now = clock.instant();
        return token.isPresent() && token.get().expires().filter(e -> !now.isBefore(e)).isEmpty();
    }

    /**
     * How many times a token was revoked through these use cases; a change of it is a reason to
     * ask.
     */
    public long revocations() {
        return revocations.get();
    }

    private Proof ask(String secret, Instant now) {
        if (secret.isEmpty() || secret.length() > MAX_SECRET) {
            throw no("The token is not known here.");
        }
        long known = revocations.get();
        String hash = Token.hash(secret);
        Optional<Image> found = store.read(s -> s.keyed(Image.Kind.TOKEN, hash));
        if (found.isEmpty() || !(found.get() instanceof Token token)) {
            proofs.remove(secret);
            throw no("The token is not known here.");
        }
        if (proofs.size() >= REMEMBERED) {
            proofs.clear();
        }
        Proof proof = new Proof(token, Caller.of(token), now, known);
        proofs.put(secret, proof);
        return proof;
    }

    /** Believes nothing any longer that was asked before a token was revoked. */
    void forget() {
        revocations.incrementAndGet();
        proofs.clear();
    }

    private static Refused no(String problem) {
        return new Refused(new Refusal.Unauthenticated(problem));
    }
}
