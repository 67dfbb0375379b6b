package dev.rocket.bootstrap.vault;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret that copies are sealed with: 256 random bits.
 *
 * <p>It encrypts nothing itself. What it is used for gets a key of its own, by HMAC-SHA-256 over a
 * word for the use and what it is about.
 */
public final class SealKey {

    /** Bytes of an id. */
    static final int ID_BYTES = 8;

    private static final int BYTES = 32;
    private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{64}");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{43}=?");
    private static final String MAC = "HmacSHA256";

    private final SecretKey secret;

    private SealKey(byte[] secret) {
        this.secret = new SecretKeySpec(secret, MAC);
    }

    /**
     * Reads a key.
     *
     * @param text 32 bytes in base64 or in hexadecimal digits
     * @throws IllegalArgumentException when it is none; the message does not show it
     */
    static SealKey parse(String text) {
        byte[] secret = new byte[0];
        if (HEX.matcher(text).matches()) {
            secret = HexFormat.of().parseHex(text);
        } else if (BASE64.matcher(text).matches()) {
            secret = Base64.getDecoder().decode(text);
        }
        if (secret.length != BYTES) {
            throw new IllegalArgumentException(
                    "must be 32 random bytes in base64 or hexadecimal digits; make them by"
                            + " `openssl rand -base64 32`, and keep a copy away from this machine");
        }
        return new SealKey(secret);
    }

    /** What names it without telling anything about it. */
    byte[] id() {
        return Arrays.copyOf(mac("id", "", new byte[0]), ID_BYTES);
    }

    /** A salt that only the same content under the same name gets again. */
    byte[] salt(String name, byte[] contentHash) {
        return mac("salt", name, contentHash);
    }

    /** The key of one item. */
    SecretKey of(String name, byte[] salt) {
        return new SecretKeySpec(mac("item", name, salt), "AES");
    }

    private byte[] mac(String use, String name, byte[] more) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(secret);
            String about = "rocket seal " + use + "\n" + name + "\n";
            mac.update(about.getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(more);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + MAC, e);
        }
    }

    @Override
    public String toString() {
        return "key " + HexFormat.of().formatHex(id());
    }
}
