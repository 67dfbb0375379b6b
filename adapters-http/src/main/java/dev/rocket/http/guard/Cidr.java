package dev.rocket.http.guard;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * A block of addresses, such as {@code 10.0.0.0/8} or {@code fd00::/8}.
 *
 * <p>Source: RFC 4632.
 */
public final class Cidr {

    private final byte[] network;
    private final int bits;

    private Cidr(byte[] network, int bits) {
        this.network = network;
        this.bits = bits;
    }

    /**
     * The block in a text; a bare address is a block of one.
     *
     * @throws IllegalArgumentException when it is none, or has bits set behind its length
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        byte[] network = literal(host).orElseThrow(() -> bad(text)).getAddress();
        int most = network.length * 8;
        int bits = slash < 0 ? most : bits(text, text.substring(slash + 1), most);
        for (int i = bits; i < most; i++) {
            if ((network[i / 8] >> (7 - i % 8) & 1) != 0) {
                throw bad(text);
            }
        }
        return new Cidr(network, bits);
    }

    /** Whether an address lies in it. */
    public boolean holds(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != network.length) {
            return false;
        }
        int whole = bits / 8;
        for (int i = 0; i < whole; i++) {
            if (bytes[i] != network[i]) {
                return false;
            }
        }
        int rest = bits % 8;
        return rest == 0 || ((bytes[whole] ^ network[whole]) & 0xff) >> (8 - rest) == 0;
    }

    /** The address in a text, when it is one; names are never looked up. */
    static Optional<InetAddress> literal(String text) {
        boolean six = text.indexOf(':') >= 0;
        int dots = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            boolean hex = six && ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':');
            if (!digit && !hex && c != '.') {
                return Optional.empty();
            }
            dots += c == '.' ? 1 : 0;
        }
        if (text.isEmpty() || text.length() > 45 || (!six && dots != 3)) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static int bits(String text, String number, int most) {
        try {
            int bits = Integer.parseInt(number);
            if (bits >= 0 && bits <= most) {
                return bits;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(bad(text).getMessage(), e);
        }
        throw bad(text);
    }

    private static IllegalArgumentException bad(String text) {
        return new IllegalArgumentException(
                "not a block of addresses, such as 10.0.0.0/8: '" + text + "'");
    }
}
