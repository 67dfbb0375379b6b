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
     * @param word 1 to {@link Limits#IDEMPOTENCY_KEY_CHARS} characters, and an item's number
     */
    public record Key(String caller, String word) {

        /** Before every other: no caller is without a name. */
        public static final Key START = new Key("", "0");

        private static final int ITEM_CHARS = 6;

        /** Refuses an empty, long or unprintable word. */
        public Key {
            int most = Limits.IDEMPOTENCY_KEY_CHARS + ITEM_CHARS;
            word = Text.line("Idempotency-Key", word, most);
        }

        /**
         * The key of a whole request.
         *
         * @throws Refused with {@link Refusal.Invalid} for an empty, long or unprintable word
         */
        public static Key of(String caller, String word) {
            String line = Text.line("Idempotency-Key", word, Limits.IDEMPOTENCY_KEY_CHARS);
            return new Key(caller, line);
        }

        /** The key of one item of the same request, counted from 0. */
        public Key item(int index) {
            return new Key(caller, word + "/" + index);
        }
    }
}
