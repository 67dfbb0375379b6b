package dev.rocket.bootstrap.exchange;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The lines of a file, of bounded length, with their numbers.
 *
 * <p>Unfolding works on bytes, since older calendar programs fold in the middle of a character.
 */
final class Lines {

    /** Bytes of one line that are kept. */
    static final int LINE_BYTES = 4 * 1024 * 1024;

    /**
     * One line without its end.
     *
     * @param number from 1; of the first when several were folded into one
     * @param text what it says
     * @param flaw a clause on what could not be read; empty when all is well
     */
    record Line(long number, String text, String flaw) {}

    private static final byte[] BOM = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final InputStream in;
    private final boolean unfold;
    private byte[] bytes = new byte[512];
    private int size;
    private long number;

    /**
     * Reads lines.
     *
     * @param unfold whether a line that begins with a blank goes on with the one before
     */
    Lines(InputStream in, boolean unfold) {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.unfold = unfold;
    }

    /** The next line; empty at the end. */
    Optional<Line> next() throws IOException {
        int b = in.read();
        if (b < 0) {
            return Optional.empty();
        }
        size = 0;
        long first = number + 1;
        boolean whole = true;
        while (b >= 0) {
            if (b == '\n') {
                number++;
                if (!goesOn()) {
                    break;
                }
            } else {
                whole &= keep((byte) b);
            }
            b = in.read();
        }
        if (b < 0) {
            number++;
        }
        return Optional.of(line(first, whole));
    }

    private boolean goesOn() throws IOException {
        if (!unfold) {
            return false;
        }
        in.mark(1);
        int b = in.read();
        if (b == ' ' || b == '\t') {
            trimEnd();
            return true;
        }
        in.reset();
        return false;
    }

    private boolean keep(byte b) {
        if (size == LINE_BYTES) {
            return false;
        }
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(2 * size, LINE_BYTES));
        }
        bytes[size++] = b;
        return true;
    }

    private void trimEnd() {
        if (size > 0 && bytes[size - 1] == '\r') {
            size--;
        }
    }

    private Line line(long first, boolean whole) {
        trimEnd();
        int from = first == 1 && startsWithMark() ? BOM.length : 0;
        String text;
        String flaw = "";
        if (whole) {
            try {
                ByteBuffer all = ByteBuffer.wrap(bytes, from, size - from);
                text = StandardCharsets.UTF_8.newDecoder().decode(all).toString();
            } catch (CharacterCodingException e) {
                text = new String(bytes, from, size - from, StandardCharsets.ISO_8859_1);
                flaw = "is not UTF-8; read as Latin-1";
            }
        } else {
            text = new String(bytes, from, size - from, StandardCharsets.UTF_8);
            flaw = "is longer than " + LINE_BYTES + " bytes; the rest is left out";
        }
        return new Line(first, text, flaw);
    }

    private boolean startsWithMark() {
        return size >= BOM.length && Arrays.equals(bytes, 0, BOM.length, BOM, 0, BOM.length);
    }
}
