package dev.rocket.core.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What proves a caller; only its hash is kept.
 *
 * @param id for ever
 * @param revision its changes so far
 * @param name what its owner calls it
 * @param hash SHA-256 of the secret, 64 hexadecimal digits; the secret has 256 random bits, so a
 *     slow password hash would add nothing
 * @param scopes what it allows
 * @param expires from then on it is refused
 * @param stamp made and last changed
 */
public record Token(
        Id id,
        Revision revision,
        String name,
        String hash,
        Set<Scope> scopes,
        Optional<Instant> expires,
        Stamp stamp)
        implements Image {

    /** The id of a token. */
    public record Id(UUID value) implements Image.Id<Token> {
        @Override
        public Kind kind() {
            return Kind.TOKEN;
        }

        @Override
        public Class<Token> type() {
            return Token.class;
        }
    }

    /** What a token may allow. */
    public enum Scope {
        /** See tasks and follow changes. */
        READ,
        /** Change tasks and catalogs; includes READ. */
        WRITE,
        /** Manage tokens and the server; includes WRITE. */
        ADMIN;

        private final String wire = name().toLowerCase(java.util.Locale.ROOT);

        /** The lower-case name on the network. */
        public String wire() {
            return wire;
        }

        /** The scope of that name. Refuses others with {@link Refusal.Invalid}. */
        public static Scope parse(String wire) {
            for (Scope scope : values()) {
                if (scope.wire.equals(wire)) {
                    return scope;
                }
            }
            throw Refused.invalid("scopes", "must be read, write or admin, not '" + wire + "'");
        }
    }

    /** Copies the scopes; refuses an empty set and a bad name. */
    public Token {
        name = Text.line("name", name, Limits.NAME_CHARS);
        scopes = Set.copyOf(scopes);
        if (scopes.isEmpty()) {
            throw Refused.invalid("scopes", "must name at least one of read, write, admin");
        }
    }

    /** The same, refused from an instant on, or from when it was before if that is sooner. */
    public Token until(Instant end, Instant now) {
        Instant sooner = expires.filter(at -> at.isBefore(end)).orElse(end);
        return new Token(
                id, revision.next(), name, hash, scopes, Optional.of(sooner), stamp.touched(now));
    }

    /** Whether it allows {@code needed}, by itself or by a wider scope. */
    public boolean allows(Scope needed) {
        return allows(scopes, needed);
    }

    /** Whether a set of scopes allows {@code needed}. */
    public static boolean allows(Set<Scope> scopes, Scope needed) {
        for (Scope scope : scopes) {
            if (scope.compareTo(needed) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** The SHA-256 of a secret in hexadecimal digits. */
    public static String hash(String secret) {
        try {
            byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public Optional<String> uniqueKey() {
        return Optional.of(hash);
    }
}
