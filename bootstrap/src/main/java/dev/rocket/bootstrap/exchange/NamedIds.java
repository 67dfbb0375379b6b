package dev.rocket.bootstrap.exchange;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;

/**
 * The giver of ids that follow from names: the same name always gets the same id.
 *
 * <p>Source: RFC 9562, section 5.8 and appendix B.2: UUIDs of version 8 with the first bits of a
 * SHA-256.
 */
final class NamedIds {

    private NamedIds() {}

    /** The id of a name in a room of names. */
    static UUID of(String room, String name) {
        ByteBuffer hash = hash(room, name);
        return id(hash.getLong(), hash.getLong());
    }

    /**
     * The id of a name at an instant; ids ascend with the instant, as those of version 7 do.
     *
     * @param index orders those of one instant; 12 bits count
     */
    static UUID at(Instant at, int index, String name) {
        long millis = Math.max(0, at.toEpochMilli());
        return id((millis << 16) | (index & 0xfff), hash("at", name).getLong());
    }

    /** The first 64 bits of the hash of a name. */
    static long bits(String name) {
        return hash("bits", name).getLong();
    }

    private static UUID id(long high, long low) {
        return new UUID(
                (high & 0xffff_ffff_ffff_0fffL) | 0x8000L,
                (low & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L);
    }

    private static ByteBuffer hash(String room, String name) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(("rocket:" + room + "\0").getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(sha.digest(name.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
