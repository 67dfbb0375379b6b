package dev.rocket.core.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A fingerprint of a set of images, whatever their order.
 *
 * <p>The sum, word by word modulo 2^64, of the SHA-256 of each image's kind and canonical text.
 * Digests of parts add up to the digest of the whole.
 *
 * @param a the first word
 * @param b the second
 * @param c the third
 * @param d the fourth
 * @param count how many images
 */
public record Digest(long a, long b, long c, long d, long count) {

    /** The digest of nothing. */
    public static final Digest EMPTY = new Digest(0, 0, 0, 0, 0);

    /** The digest of one image. */
    public static Digest of(Image image) {
        String text = image.id().kind().wire() + ImageText.print(image);
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            ByteBuffer hash = ByteBuffer.wrap(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
            return new Digest(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong(), 1);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The digest of two disjoint sets together. */
    public Digest plus(Digest other) {
        return new Digest(a + other.a, b + other.b, c + other.c, d + other.d, count + other.count);
    }

    /** The digest of this set without a part of it. */
    public Digest minus(Digest part) {
        return new Digest(a - part.a, b - part.b, c - part.c, d - part.d, count - part.count);
    }

    /**
     * The digest that {@link #print} gave. Refuses what it cannot have given with
     * IllegalArgumentException.
     */
    public static Digest parse(String hex, long count) {
        if (hex.length() != 64) {
            throw new IllegalArgumentException("a digest has 64 digits, not " + hex.length());
        }
        return new Digest(word(hex, 0), word(hex, 16), word(hex, 32), word(hex, 48), count);
    }

    private static long word(String hex, int from) {
        return Long.parseUnsignedLong(hex, from, from + 16, 16);
    }

    /** 64 hexadecimal digits. */
    public String print() {
        return String.format("%016x%016x%016x%016x", a, b, c, d);
    }
}
