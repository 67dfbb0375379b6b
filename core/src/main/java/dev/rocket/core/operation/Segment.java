package dev.rocket.core.operation;

import dev.rocket.core.model.Seq;
import dev.rocket.core.port.StoreException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sealed stretch of the feed, in a file.
 *
 * <p>Its first line tells its number, the hash of the segment before and the place behind which it
 * begins. Then comes a line a change, and in the end their count, the last place and the hash. Each
 * line hashes over itself and the hash so far, beginning with the first line, and shows sixteen
 * digits of that: so a changed byte is found at its change, and a segment's hash stands for all
 * segments before it.
 *
 * @param file where it is
 * @param number counted from 1
 * @param last the place of its last change
 * @param mark the first sixteen digits of its hash
 */
record Segment(Path file, long number, Seq last, String mark) {

    /** Digits of a hash that a line and a name show. */
    static final int MARK = 16;

    /** What stands for the hash before the first segment. */
    static final String NONE = "0".repeat(64);

    private static final Pattern NAME =
            Pattern.compile("feed-(\\d{10})-(\\d{19})-([0-9a-f]{16})\\.seg");
    private static final Pattern HEADER =
            Pattern.compile("rocket feed 1 (\\d{1,10}) ([0-9a-f]{64}) (\\d{1,19})");
    private static final Pattern END =
            Pattern.compile("end (\\d{1,9}) (\\d{1,19}) ([0-9a-f]{64})\n\\z");
    private static final int END_BYTES = 160;

    /**
     * The first line.
     *
     * @param number of the segment
     * @param previous the hash of the segment before
     * @param after the place behind which it begins
     */
    record Header(long number, String previous, Seq after) {

        String print() {
            return "rocket feed 1 " + number + " " + previous + " " + after.value();
        }
    }

    /**
     * The last line.
     *
     * @param changes how many there are
     * @param last the place of the last
     * @param hash of all that was before
     */
    record End(int changes, Seq last, String hash) {

        String printed() {
            return "end " + changes + " " + last.value();
        }

        String print() {
            return printed() + " " + hash;
        }
    }

    /** The segment that a file's name tells of; empty when it is another file. */
    static Optional<Segment> of(Path file) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        if (!name.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(name.group(1));
        Seq last = new Seq(Long.parseLong(name.group(2)));
        return Optional.of(new Segment(file, number, last, name.group(3)));
    }

    /** What a sealed segment is called. */
    static String nameOf(long number, End end) {
        String mark = end.hash().substring(0, MARK);
        return "feed-%010d-%019d-%s.seg".formatted(number, end.last().value(), mark);
    }

    /** What it is called. */
    String name() {
        return String.valueOf(file.getFileName());
    }

    /** The header in a line; empty when it is none. */
    static Optional<Header> header(String line) {
        Matcher header = HEADER.matcher(line);
        return header.matches()
                ? Optional.of(
                        new Header(
                                Long.parseLong(header.group(1)),
                                header.group(2),
                                new Seq(Long.parseLong(header.group(3)))))
                : Optional.empty();
    }

    /** The end in a line, or at the end of some; empty when it is none. */
    static Optional<End> end(String text) {
        Matcher end = END.matcher(text);
        return end.find()
                ? Optional.of(
                        new End(
                                Integer.parseInt(end.group(1)),
                                new Seq(Long.parseLong(end.group(2))),
                                end.group(3)))
                : Optional.empty();
    }

    /**
     * Its hash, as its last line tells it; nothing else of it is read.
     *
     * @throws StoreException with CORRUPT when that is not the hash in its name
     */
    String hash() throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            byte[] tail = new byte[(int) Math.min(END_BYTES, in.length())];
            in.seek(in.length() - tail.length);
            in.readFully(tail);
            Optional<End> end = end(new String(tail, StandardCharsets.UTF_8));
            return end.map(End::hash)
                    .filter(hash -> hash.startsWith(mark))
                    .orElseThrow(() -> damaged("its end is not what was sealed"));
        }
    }

    /** It is not what was sealed. */
    StoreException damaged(String how) {
        return new StoreException(
                StoreException.Kind.CORRUPT,
                "The archive's segment " + name() + " is damaged: " + how + ".");
    }

    /** The hash of what was hashed before and a line. */
    static byte[] hash(byte[] before, String line) {
        MessageDigest sha = FileHash.sha256();
        sha.update(before);
        return sha.digest(line.getBytes(StandardCharsets.UTF_8));
    }

    /** A hash in digits. */
    static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}
