package dev.rocket.core.model;

import java.time.Instant;
import java.util.List;

/**
 * The remembered answer to an idempotency key.
 *
 * <p>The answer itself stays in the feed; the receipt knows where.
 *
 * @param key whose key
 * @param fingerprint a digest of the request; another request under the same key is refused
 * @param at when it was given
 * @param changes the places of the changes it led to, in order
 */
public record Receipt(Key key, String fingerprint, Instant at, List<Seq> changes) {

    /** Copies the list. */
    public Receipt {
        changes = List.copyOf(changes);
    }

    /**
     * A caller's own word for one request.
     *
     * @param caller the actor's id
     * @param word 1 to {@link Limits#IDEMPOTENCY_KEY_CHARS} characters
     */
    public record Key(String caller, String word) {
        /** Refuses an empty, long or unprintable word. */
        public Key {
            word = Text.line("Idempotency-Key", word, Limits.IDEMPOTENCY_KEY_CHARS);
        }
    }
}
