package dev.rocket.bootstrap.vault;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The chunks of one item, encrypted and authenticated one by one.
 *
 * <p>Each is bound to its place and to whether it is the last, so that none can be left out, moved
 * or brought in from elsewhere, and to the item's header. The nonce is the place and the mark of
 * the last chunk; it never repeats under one key, since each content has a key of its own. Source:
 * Hoang, Reyhanitabar, Rogaway, Vizár, Online Authenticated-Encryption and its Nonce-Reuse
 * Misuse-Resistance, 2015 (STREAM).
 */
final class Chunks {

    /** Bytes of a chunk before it is sealed; only the last has fewer. */
    static final int PLAIN = 1 << 16;

    /** Bytes of a sealed chunk. */
    static final int SEALED = PLAIN + 16;

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final byte[] header;
    private final Cipher cipher;
    private long place;

    /** Begins at the first chunk of an item. */
    Chunks(SecretKey key, byte[] header) {
        this.key = key;
        this.header = header.clone();
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    /** Seals the next chunk. */
    byte[] seal(byte[] plain, int count, boolean last) throws GeneralSecurityException {
        return next(Cipher.ENCRYPT_MODE, plain, count, last);
    }

    /**
     * Opens the next chunk.
     *
     * @throws GeneralSecurityException when it is not the one that was sealed for this place
     */
    byte[] open(byte[] sealed, int count, boolean last) throws GeneralSecurityException {
        return next(Cipher.DECRYPT_MODE, sealed, count, last);
    }

    private byte[] next(int mode, byte[] bytes, int count, boolean last)
            throws GeneralSecurityException {
        ByteBuffer nonce = ByteBuffer.allocate(NONCE_BYTES);
        nonce.putLong(place).put((byte) (last ? 1 : 0));
        place++;
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce.array()));
        cipher.updateAAD(header);
        return cipher.doFinal(bytes, 0, count);
    }
}
