package dev.rocket.core.operation;

import dev.rocket.core.model.Seq;
import dev.rocket.core.port.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands for all segments up to one.
 *
 * <p>When the oldest ones are let go it is kept in their place, and the first one left must follow
 * it. Its text ends with a mark of its own, so that no byte of it changes unseen.
 *
 * @param number of the last of them
 * @param last its last place
 * @param hash its hash
 */
record Anchor(long number, Seq last, String hash) {

    /** Before the first segment. */
    static final Anchor START = new Anchor(0, Seq.START, Segment.NONE);

    private static final Pattern TEXT =
            Pattern.compile("(\\d{1,10}) (\\d{1,19}) ([0-9a-f]{64}) [0-9a-f]{16}\n");

    /** What stands for all up to a segment, as its name and its last line tell it. */
    static Anchor at(Segment segment) throws IOException {
        return new Anchor(segment.number(), segment.last(), segment.hash());
    }

    /** The text that {@link #parse} reads back: one line. */
    String print() {
        String line = number + " " + last.value() + " " + hash;
        String mark = Segment.hex(Segment.hash(new byte[0], line)).substring(0, Segment.MARK);
        return line + " " + mark + "\n";
    }

    /** Reads an anchor; empty when a byte of it is not as it was written. */
    static Optional<Anchor> parse(String text) {
        Matcher anchor = TEXT.matcher(text);
        if (!anchor.matches()) {
            return Optional.empty();
        }
        Seq last = new Seq(Long.parseLong(anchor.group(2)));
        Anchor read = new Anchor(Long.parseLong(anchor.group(1)), last, anchor.group(3));
        return Optional.of(read).filter(found -> found.print().equals(text));
    }

    /**
     * The anchor in a file.
     *
     * @param name what to call the file in a failure
     * @throws StoreException with CORRUPT when it is damaged
     */
    static Anchor read(Path file, String name) throws IOException {
        return parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
                .orElseThrow(
                        () ->
                                new StoreException(
                                        StoreException.Kind.CORRUPT,
                                        name
                                                + " is damaged, so the oldest segment cannot be"
                                                + " proven to be the first."));
    }

    /** Whether a segment with that first line is the next one. */
    boolean precedes(Segment.Header header) {
        return header.number() == number + 1
                && header.after().equals(last)
                && header.previous().equals(hash);
    }
}
